package guard

import (
	pg "github.com/pganalyze/pg_query_go/v5"
)

// Visit calls f for an expression and everything below it, until f returns
// false.
func Visit(n *pg.Node, f func(*pg.Node) bool) {
	if n == nil || !f(n) {
		return
	}
	all := func(list []*pg.Node) {
		for _, x := range list {
			Visit(x, f)
		}
	}
	switch n := n.GetNode().(type) {
	case *pg.Node_ResTarget:
		Visit(n.ResTarget.Val, f)
	case *pg.Node_TypeCast:
		Visit(n.TypeCast.Arg, f)
	case *pg.Node_BoolExpr:
		all(n.BoolExpr.Args)
	case *pg.Node_AExpr:
		Visit(n.AExpr.Lexpr, f)
		Visit(n.AExpr.Rexpr, f)
	case *pg.Node_List:
		all(n.List.Items)
	case *pg.Node_NullTest:
		Visit(n.NullTest.Arg, f)
	case *pg.Node_BooleanTest:
		Visit(n.BooleanTest.Arg, f)
	case *pg.Node_CaseExpr:
		Visit(n.CaseExpr.Arg, f)
		all(n.CaseExpr.Args)
		Visit(n.CaseExpr.Defresult, f)
	case *pg.Node_CaseWhen:
		Visit(n.CaseWhen.Expr, f)
		Visit(n.CaseWhen.Result, f)
	case *pg.Node_CoalesceExpr:
		all(n.CoalesceExpr.Args)
	case *pg.Node_MinMaxExpr:
		all(n.MinMaxExpr.Args)
	case *pg.Node_AArrayExpr:
		all(n.AArrayExpr.Elements)
	case *pg.Node_RowExpr:
		all(n.RowExpr.Args)
	case *pg.Node_FuncCall:
		all(n.FuncCall.Args)
	case *pg.Node_NamedArgExpr:
		Visit(n.NamedArgExpr.Arg, f)
	case *pg.Node_CollateClause:
		Visit(n.CollateClause.Arg, f)
	case *pg.Node_AIndirection:
		Visit(n.AIndirection.Arg, f)
	case *pg.Node_SubLink:
		Visit(n.SubLink.Testexpr, f)
	}
}
