package expr

import (
	"encoding/json"
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/expr/parse"
)

// query is the body as one select over the function's parameters, a fresh copy
// for every call; false when it is not of that shape.
func (f Body) query(name string) (*Query, bool) {
	s := f.Scope
	s.Params, s.Func, s.Table = f.Args, name, ""
	switch strings.ToLower(f.Language) {
	case "sql":
		return sqlBody(f.Source, s)
	case "plpgsql":
		return plpgsqlBody(f.Source, s)
	}
	return nil, false
}

func sqlBody(source string, s Scope) (*Query, bool) {
	text := strings.TrimSpace(source)
	first, _, _ := strings.Cut(strings.ToLower(text)+" ", " ")
	switch first, _, _ = strings.Cut(first, "\n"); first {
	case "begin", "return":
		return standardBody(text, s)
	}
	tree, err := parse.SQL(text)
	if err != nil {
		return nil, false
	}
	sel := single(tree)
	if sel == nil || sel.IntoClause != nil {
		return nil, false
	}
	return selected(sel, s), true
}

// standardBody reads RETURN … and BEGIN ATOMIC … END (PostgreSQL docs, CREATE
// FUNCTION, sql_body).
func standardBody(text string, s Scope) (*Query, bool) {
	tree, err := parse.SQL("create function f() returns int language sql " + text)
	if err != nil || len(tree.Stmts) != 1 {
		return nil, false
	}
	body := tree.Stmts[0].Stmt.GetCreateFunctionStmt().GetSqlBody()
	if r := body.GetReturnStmt(); r != nil {
		return value(NewIn(r.Returnval, s)), true
	}
	var stmts []*pg.Node
	for _, n := range body.GetList().GetItems() {
		stmts = append(stmts, n.GetList().GetItems()...)
	}
	if len(stmts) != 1 || stmts[0].GetSelectStmt() == nil {
		return nil, false
	}
	return selected(stmts[0].GetSelectStmt(), s), true
}

// value is an expression as a select of one row.
func value(e Expr) *Query { return &Query{Kind: Scalar, Targets: []Expr{e}, Cached: true} }

func selected(sel *pg.SelectStmt, s Scope) *Query {
	q, f := newBuilder(s).query(sel, Scalar)
	q.Cached = !f.outer
	return q
}

// The part of the parser's JSON that a straight-line function needs.
type (
	plFunction struct {
		Function struct {
			Datums []struct {
				Var *plVar `json:"PLpgSQL_var"`
			} `json:"datums"`
			Action struct {
				Block *plBlock `json:"PLpgSQL_stmt_block"`
			} `json:"action"`
		} `json:"PLpgSQL_function"`
	}
	plVar struct {
		Name    string  `json:"refname"`
		Line    int     `json:"lineno"`
		Default *plExpr `json:"default_val"`
	}
	plBlock struct {
		Body       []map[string]plStmt `json:"body"`
		Exceptions json.RawMessage     `json:"exceptions"`
	}
	plStmt struct {
		Varno  int     `json:"varno"`
		Expr   *plExpr `json:"expr"`
		SQL    *plExpr `json:"sqlstmt"`
		Into   bool    `json:"into"`
		Target struct {
			Row struct {
				Fields []struct {
					Name  string `json:"name"`
					Varno int    `json:"varno"`
				} `json:"fields"`
			} `json:"PLpgSQL_row"`
		} `json:"target"`
	}
	plExpr struct {
		Expr struct {
			Query string `json:"query"`
		} `json:"PLpgSQL_expr"`
	}
)

// A run follows a straight-line PL/pgSQL function: each variable is what it
// holds so far.
type run struct {
	scope  Scope // Params: the arguments, then the variables by datum number
	values []Expr
	nargs  int
}

func plpgsqlBody(source string, s Scope) (*Query, bool) {
	decl := make([]string, len(s.Params))
	for i, p := range s.Params {
		decl[i] = quoteIdent(p.Name) + " text"
		if p.Name == "" {
			decl[i] = "text"
		}
	}
	tag := "$body$"
	for strings.Contains(source, tag) {
		tag = tag[:len(tag)-1] + "_$"
	}
	text, err := pg.ParsePlPgSqlToJSON("create function f(" + strings.Join(decl, ", ") + ") returns text language plpgsql as " + tag + source + tag)
	if err != nil {
		return nil, false
	}
	var fns []plFunction
	if json.Unmarshal([]byte(text), &fns) != nil || len(fns) != 1 {
		return nil, false
	}
	fn := fns[0].Function
	if fn.Action.Block == nil || len(fn.Action.Block.Exceptions) > 0 {
		return nil, false
	}
	r := &run{scope: s, nargs: len(s.Params)}
	r.scope.Params = nil
	for i, d := range fn.Datums {
		arg, v := Arg{}, Expr(nil)
		if d.Var != nil {
			arg.Name = d.Var.Name
			switch {
			case i < r.nargs:
				v = &Param{Name: arg.Name, Index: i + 1}
			case d.Var.Default != nil:
				var ok bool
				if v, ok = r.eval(d.Var.Default); !ok {
					return nil, false
				}
			case d.Var.Name != "found":
				v = &Const{Null: true}
			}
		}
		// a variable hides an argument or an outer variable of its name
		for j := range r.scope.Params {
			if r.scope.Params[j].Name == arg.Name {
				r.scope.Params[j].Name = ""
			}
		}
		r.scope.Params = append(r.scope.Params, arg)
		r.values = append(r.values, v)
	}
	return r.block(fn.Action.Block)
}

func (r *run) block(b *plBlock) (*Query, bool) {
	for _, kinds := range b.Body {
		for kind, stmt := range kinds {
			switch kind {
			case "PLpgSQL_stmt_assign":
				v, ok := r.assigned(stmt.Expr)
				if !ok || stmt.Varno < 0 || stmt.Varno >= len(r.values) {
					return nil, false
				}
				r.values[stmt.Varno] = v
			case "PLpgSQL_stmt_execsql":
				if !stmt.Into || !r.into(stmt) {
					return nil, false
				}
			case "PLpgSQL_stmt_return":
				v, ok := r.eval(stmt.Expr)
				if !ok {
					return nil, false
				}
				if q, ok := v.(*Query); ok && q.Kind == Scalar {
					return q, true
				}
				return value(v), true
			case "PLpgSQL_stmt_return_query":
				return nil, false
			default:
				return nil, false
			}
		}
	}
	return nil, false
}

// eval reads an expression with the variables' values in it.
func (r *run) eval(e *plExpr) (Expr, bool) {
	if e == nil {
		return nil, false
	}
	v, err := ParseIn(e.Expr.Query, r.scope)
	if err != nil || v == nil {
		return nil, false
	}
	out, ok := substitute(value(v), r.values)
	if !ok || len(out.Targets) != 1 {
		return nil, false
	}
	return out.Targets[0], true
}

// target is the left side of an assignment to a whole variable.
var target = lazy(`^\s*(?:"(?:[^"]|"")+"|[\pL\pN_$]+)\s*:?=`)

func (r *run) assigned(e *plExpr) (Expr, bool) {
	if e == nil {
		return nil, false
	}
	at := target().FindStringIndex(e.Expr.Query)
	if at == nil {
		return nil, false
	}
	right := *e
	right.Expr.Query = e.Expr.Query[at[1]:]
	return r.eval(&right)
}

// into is select … into a, b: each variable becomes a select of its own.
func (r *run) into(stmt plStmt) bool {
	if stmt.SQL == nil {
		return false
	}
	tree, err := parse.SQL(stmt.SQL.Expr.Query)
	if err != nil || single(tree) == nil {
		return false
	}
	fields := stmt.Target.Row.Fields
	next := slices.Clone(r.values)
	for i, f := range fields {
		q, ok := substitute(selected(single(tree), r.scope), r.values)
		if !ok || len(q.Targets) != len(fields) || f.Varno < 0 || f.Varno >= len(next) {
			return false
		}
		q.Targets = q.Targets[i : i+1]
		if len(q.Names) > i {
			q.Names = q.Names[i : i+1]
		}
		next[f.Varno] = scalar(q)
	}
	r.values = next
	return len(fields) > 0
}
