package expr

import (
	"errors"
	"fmt"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/expr/parse"
)

// Parse parses the text of one expression, as a configuration or pg_get_expr
// gives it. Text of nothing but blanks gives nil.
func Parse(text string) (Expr, error) { return ParseIn(text, Scope{}) }

// ParseIn is Parse with names resolved in a scope.
func ParseIn(text string, s Scope) (Expr, error) { return parseIn(text, s, nil) }

// parseIn notes in row, unless nil, what was looked up among the columns of the
// policy's table.
func parseIn(text string, s Scope, row *[]asked) (Expr, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	tree, err := parse.SQL("SELECT " + text)
	if err != nil {
		return nil, fmt.Errorf("parse expression: %w", err)
	}
	sel := single(tree)
	if sel == nil || len(sel.TargetList) != 1 || len(sel.FromClause) > 0 || sel.WhereClause != nil || len(sel.ValuesLists) > 0 ||
		sel.IntoClause != nil || sel.Larg != nil || len(sel.GroupClause) > 0 || len(sel.SortClause) > 0 || sel.LimitCount != nil ||
		sel.LimitOffset != nil || sel.HavingClause != nil || len(sel.DistinctClause) > 0 || len(sel.LockingClause) > 0 ||
		len(sel.WindowClause) > 0 {
		return nil, errors.New("parse expression: text is not one expression")
	}
	n := sel.TargetList[0].GetResTarget().GetVal()
	if n.GetNode() == nil {
		return nil, nil
	}
	b := newBuilder(s)
	b.asked = row
	return b.node(n), nil
}

func single(tree *pg.ParseResult) *pg.SelectStmt {
	if len(tree.Stmts) != 1 {
		return nil
	}
	return tree.Stmts[0].Stmt.GetSelectStmt()
}

// New normalises a parsed expression; a nil node gives nil.
func New(n *pg.Node) Expr { return NewIn(n, Scope{}) }

// NewIn is New with names resolved in a scope.
func NewIn(n *pg.Node, s Scope) Expr {
	if n.GetNode() == nil {
		return nil
	}
	return newBuilder(s).node(n)
}

// ParseQuery parses the text of one SELECT, such as a view's definition. The
// result is a *Query of kind Statement.
func ParseQuery(text string) (Expr, error) { return ParseQueryIn(text, Scope{}) }

// ParseQueryIn is ParseQuery with names resolved in a scope.
func ParseQueryIn(text string, s Scope) (Expr, error) {
	tree, err := parse.SQL(text)
	if err != nil {
		return nil, fmt.Errorf("parse query: %w", err)
	}
	sel := single(tree)
	if sel == nil {
		return nil, errors.New("parse query: text is not one select")
	}
	return NewQueryIn(sel, s), nil
}

// NewQuery normalises a parsed SELECT; nil gives nil.
func NewQuery(n *pg.SelectStmt) Expr { return NewQueryIn(n, Scope{}) }

// NewQueryIn is NewQuery with names resolved in a scope.
func NewQueryIn(n *pg.SelectStmt, s Scope) Expr {
	if n == nil {
		return nil
	}
	return newBuilder(s).statement(n)
}
