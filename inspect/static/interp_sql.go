package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/plpgsql"
	"policylint/inspect/static/guard"
)

// sql runs a statement of the body that is SQL as it stands.
func (i *interp) sql(s *plpgsql.SQL) *sqlError {
	tree, err := i.parsedSQL(s.Text.SQL())
	if err != nil || len(tree.Stmts) == 0 {
		return err
	}
	n := tree.Stmts[0].Stmt
	if q := n.GetSelectStmt(); q != nil && q.IntoClause == nil {
		if len(s.Into) == 0 {
			return errf("42601", "query has no destination for result data")
		}
		rows, err := i.runQuery(q)
		if err != nil {
			return err
		}
		return i.into(s.Into, rows, s.Strict)
	}
	i.text, i.base = s.Text.Text, 0
	i.at = i.span(s.Text.Offset, s.Text.End())
	err = i.embedded(n, s.Text.Text)
	if err != nil {
		return err
	}
	i.forget(s.Into)
	i.found(nil)
	return nil
}

// into stores the first row of a query; without one, nulls.
func (i *interp) into(targets []plpgsql.Target, rows *guard.Rows, strict bool) *sqlError {
	i.found(rows)
	switch {
	case rows == nil || !rows.Certain():
		i.forget(targets)
	case len(rows.Rows) == 0:
		if strict {
			return errf("P0002", "query returned no rows")
		}
		return i.assignRow(targets, rows, guard.Tuple{Values: make([]guard.Value, 0)})
	case strict && len(rows.Rows) > 1:
		return errf("P0003", "query returned more than one row")
	default:
		return i.assignRow(targets, rows, rows.Rows[0])
	}
	return nil
}

// run1 runs one statement written in the body.
func (i *interp) run1(f plpgsql.Fragment) *sqlError {
	tree, err := i.parsedSQL(f.SQL())
	if err != nil || len(tree.Stmts) == 0 {
		return err
	}
	i.text, i.base = f.Text, 0
	i.at = i.span(f.Offset, f.End())
	return i.embedded(tree.Stmts[0].Stmt, f.Text)
}

// embedded runs a statement from within code: a missing relation is an error
// there, which a handler may catch.
func (i *interp) embedded(n *pg.Node, text string) *sqlError {
	if t := n.GetTransactionStmt(); t != nil {
		return errf("0A000", "unsupported transaction command in PL/pgSQL")
	}
	outer := i.code
	i.code = i
	err := i.node(n, text)
	i.code = outer
	return err
}

// executeStmt runs EXECUTE.
func (i *interp) executeStmt(s *plpgsql.Execute) *sqlError {
	return i.executeText(s.Query, s.Using, s)
}

// executeText runs a computed text; s is the EXECUTE that wants its rows.
func (i *interp) executeText(query plpgsql.Fragment, using []plpgsql.Fragment, s *plpgsql.Execute) *sqlError {
	text, params, err := i.dynamic(query, using)
	if err != nil {
		return err
	}
	if text.Kind != guard.Text {
		i.doubtful(text.Text)
		if s != nil {
			i.forget(s.Into)
		}
		return nil
	}
	tree, err := i.parsedSQL(text.Text)
	if err != nil {
		return err
	}
	outer := i.params
	i.params = params
	defer func() { i.params = outer }()
	i.text, i.base = "", 0
	for _, raw := range tree.Stmts {
		if q := raw.Stmt.GetSelectStmt(); q != nil && q.IntoClause == nil {
			// Inside EXECUTE, names are those of the statement alone.
			rows, err := i.bare(q)
			if err != nil {
				return err
			}
			if s != nil && len(s.Into) > 0 {
				if err := i.into(s.Into, rows, s.Strict); err != nil {
					return err
				}
			}
			continue
		}
		if err := i.embedded(raw.Stmt, text.Text); err != nil {
			return err
		}
		if s != nil {
			i.forget(s.Into)
		}
	}
	return nil
}

// bare runs a query that does not see the variables of the body.
func (i *interp) bare(q *pg.SelectStmt) (*guard.Rows, *sqlError) {
	scope := i.scope
	i.scope = &plpgsql.Scope{}
	defer func() { i.scope = scope }()
	return i.runQuery(q)
}

// dynamic evaluates the text and the parameters of EXECUTE.
func (i *interp) dynamic(query plpgsql.Fragment, using []plpgsql.Fragment) (guard.Value, []guard.Value, *sqlError) {
	text, err := i.eval(query)
	if err != nil {
		return guard.Value{}, nil, err
	}
	if text.IsNull() {
		return guard.Value{}, nil, errf("22004", "query string argument of EXECUTE is null")
	}
	var params []guard.Value
	for _, u := range using {
		v, err := i.eval(u)
		if err != nil {
			return guard.Value{}, nil, err
		}
		params = append(params, v)
	}
	if s, ok := text.String(); ok {
		text = guard.Of(s)
	}
	return text, params, nil
}

// dynamicRows is the rows of FOR … IN EXECUTE; nil when they are not known.
func (i *interp) dynamicRows(query plpgsql.Fragment, using []plpgsql.Fragment) (*guard.Rows, *sqlError) {
	text, params, err := i.dynamic(query, using)
	if err != nil || text.Kind != guard.Text {
		return nil, err
	}
	tree, err := i.parsedSQL(text.Text)
	if err != nil || len(tree.Stmts) != 1 || tree.Stmts[0].Stmt.GetSelectStmt() == nil {
		return nil, err
	}
	outer := i.params
	i.params = params
	defer func() { i.params = outer }()
	return i.bare(tree.Stmts[0].Stmt.GetSelectStmt())
}

// doubtful is a statement of which the text is not known: what it may have
// touched is in doubt. pattern is what is known of it.
func (i *interp) doubtful(pattern string) {
	shown := strings.ReplaceAll(pattern, guard.Hole, "…")
	if strings.Trim(shown, "… ") == "" {
		i.gap(catalog.Ref{}, "the text that is executed is not known")
		return
	}
	if i.doubt(pattern) {
		i.gap(catalog.Ref{}, "the text that is executed is not known as a whole: %s", brief(shown))
	}
}
