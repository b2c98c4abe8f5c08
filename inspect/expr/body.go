package expr

import (
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
