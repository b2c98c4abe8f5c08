package static

import (
	"errors"
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/plpgsql"
	"policylint/inspect/static/guard"
	"policylint/inspect/static/platform"
)

// env is what expressions of the body are evaluated in.
func (i *interp) env() *guard.Env {
	e := i.guardEnv()
	e.Params = i.params
	e.Var = i.variable
	e.Call = i.callFunction
	return e
}

// guardEnv is what expressions are evaluated in outside of a body.
func (r *replay) guardEnv() *guard.Env {
	return &guard.Env{
		Cat: r.cat, Path: r.searchPath(), Temporary: r.deps.temporary, User: r.user, Login: r.login, Database: r.databaseName(), Commands: r.commands, EventTriggers: r.guardEvents(),
		Setting: func(name string) (guard.Value, bool) {
			switch name {
			case "search_path":
				return guard.Value{}, true
			case "role":
				if r.user == r.login {
					return guard.Of("none"), true
				}
				return guard.Of(r.user), true
			}
			v, ok := r.vars[name]
			return guard.Of(v), ok
		},
	}
}

// databaseName is the name of the database where the platform gives it.
func (r *replay) databaseName() string {
	if r.variant == platform.Postgres {
		return ""
	}
	return "postgres"
}

// variable finds a variable, or a field of one.
func (i *interp) variable(parts []string) (guard.Value, bool) {
	d, fields := i.scope.Lookup(parts...)
	if d == nil {
		return guard.Value{}, false
	}
	v := i.vars[d.Resolve()]
	for _, f := range fields {
		v, _ = v.Field(f)
	}
	return v, true
}

// parsedSQL parses a text of a body. The same text is parsed once.
func (r *replay) parsedSQL(text string) (*pg.ParseResult, *sqlError) {
	if tree, ok := r.parsed[text]; ok {
		return tree, nil
	}
	tree, err := r.parsedText(text)
	if err != nil {
		return nil, errf("42601", "%s", err.Error())
	}
	if r.parsed == nil || len(r.parsed) > 500 {
		r.parsed = map[string]*pg.ParseResult{}
	}
	r.parsed[text] = tree
	return tree, nil
}

// query is the SELECT that a fragment stands for, nil for anything else.
func (i *interp) query(f plpgsql.Fragment) (*pg.SelectStmt, *sqlError) {
	text := f.SQL()
	if f.Form == plpgsql.Select {
		text = "SELECT " + f.Text
	}
	tree, err := i.parsedSQL(text)
	if err != nil || len(tree.Stmts) != 1 {
		return nil, err
	}
	return tree.Stmts[0].Stmt.GetSelectStmt(), nil
}

// eval evaluates an expression.
func (i *interp) eval(f plpgsql.Fragment) (guard.Value, *sqlError) {
	q, err := i.query(f)
	if err != nil || q == nil {
		return guard.Value{}, err
	}
	if len(q.FromClause) == 0 && len(q.TargetList) == 1 && q.WhereClause == nil && q.Op == pg.SetOperation_SETOP_NONE {
		v, e := i.env().Eval(q.TargetList[0].GetResTarget().Val)
		return v, i.refused(e)
	}
	rows, err := i.runQuery(q)
	switch {
	case err != nil || !rows.Certain() || len(rows.Rows) > 0 && len(rows.Rows[0].Values) == 0:
		return guard.Value{}, err
	case len(rows.Rows) == 0:
		return guard.Value{Kind: guard.Null}, nil
	}
	return rows.Rows[0].Values[0], nil
}

// rows runs a query.
func (i *interp) rows(f plpgsql.Fragment) (*guard.Rows, *sqlError) {
	q, err := i.query(f)
	if err != nil || q == nil {
		return nil, err
	}
	return i.runQuery(q)
}

func (i *interp) runQuery(q *pg.SelectStmt) (*guard.Rows, *sqlError) {
	for _, c := range q.WithClause.GetCtes() {
		if n := c.GetCommonTableExpr().GetCtequery(); n.GetSelectStmt() == nil {
			if err := i.embedded(n, ""); err != nil {
				return nil, err
			}
		}
	}
	rows, err := i.env().Query(q)
	if err != nil {
		return nil, i.refused(err)
	}
	if rows.Open {
		if err := i.perhapsCalled(q); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// refused is an error of an evaluation as one of replay.
func (r *replay) refused(err error) *sqlError {
	if err == nil {
		return nil
	}
	var g *guard.Error
	if errors.As(err, &g) {
		e := errf(g.State, "%s", g.Message)
		if g.Relation != (catalog.Name{}) {
			e = e.about(catalog.Ref{Kind: "table", Name: g.Relation.String()})
		}
		return e
	}
	var s *sqlError
	if errors.As(err, &s) {
		return s
	}
	return errf("XX000", "%s", err.Error())
}

func (i *interp) castTo(v guard.Value, typ string) (guard.Value, *sqlError) {
	v, err := i.env().Cast(v, typ)
	return v, i.refused(err)
}

// store gives a variable a value, in the variable's type.
func (i *interp) store(d *plpgsql.Decl, v guard.Value) *sqlError {
	d = d.Resolve()
	if d.Kind == plpgsql.Var && d.Type != "" && v.Kind != guard.Row && !strings.Contains(d.Type, "%") {
		c, err := i.castTo(v, d.Type)
		if err != nil {
			return err
		}
		v = c
	}
	i.vars[d] = v
	return nil
}

// assign writes a variable or a part of one.
func (i *interp) assign(t plpgsql.Target, v guard.Value) *sqlError {
	if t.Decl == nil {
		return nil
	}
	d := t.Decl.Resolve()
	if len(t.Path) == 0 {
		return i.store(d, v)
	}
	old := i.vars[d]
	if len(t.Path) == 1 && t.Path[0].Field != "" && old.Kind == guard.Row {
		if k := slices.Index(old.Names, t.Path[0].Field); k >= 0 {
			old.Items = slices.Clone(old.Items)
			old.Items[k] = v
			i.vars[d] = old
			return nil
		}
	}
	i.vars[d] = guard.Value{}
	return nil
}

// assignRow writes the columns of a row to the variables of INTO or FOR.
func (i *interp) assignRow(targets []plpgsql.Target, rows *guard.Rows, t guard.Tuple) *sqlError {
	if len(targets) == 1 && targets[0].Decl != nil && len(targets[0].Path) == 0 {
		d := targets[0].Decl.Resolve()
		if d.Kind == plpgsql.Record || d.Kind == plpgsql.Row || len(rows.Cols) > 1 {
			i.vars[d] = rows.Value(t)
			return nil
		}
	}
	for k, target := range targets {
		v := guard.Value{Kind: guard.Null}
		if k < len(t.Values) {
			v = t.Values[k]
		}
		if err := i.assign(target, v); err != nil {
			return err
		}
	}
	return nil
}

// forget makes variables unknown.
func (i *interp) forget(targets []plpgsql.Target) {
	for _, t := range targets {
		if t.Decl != nil {
			i.vars[t.Decl.Resolve()] = guard.Value{}
		}
	}
}

// found sets FOUND by the rows of a query; nil when they are not known.
func (i *interp) found(rows *guard.Rows) {
	d, _ := i.scope.Lookup("found")
	if d == nil {
		return
	}
	i.vars[d] = guard.Value{}
	if rows != nil {
		i.vars[d] = rows.Exists()
	}
}

// brief is a text short enough for a message.
func brief(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 60 {
		text = string(r[:59]) + "…"
	}
	return "`" + text + "`"
}
