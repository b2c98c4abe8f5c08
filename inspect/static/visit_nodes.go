package static

import pg "github.com/pganalyze/pg_query_go/v5"

// visitNodes visits an expression and what is below it, sub-selects aside; f
// returns whether to go down.
func visitNodes(n *pg.Node, f func(*pg.Node) bool) {
	if n == nil || !f(n) {
		return
	}
	list := func(nodes ...*pg.Node) {
		for _, x := range nodes {
			visitNodes(x, f)
		}
	}
	switch n := n.GetNode().(type) {
	case *pg.Node_List:
		list(n.List.Items...)
	case *pg.Node_AExpr:
		list(n.AExpr.Lexpr, n.AExpr.Rexpr)
	case *pg.Node_BoolExpr:
		list(n.BoolExpr.Args...)
	case *pg.Node_FuncCall:
		list(n.FuncCall.Args...)
		if w := n.FuncCall.Over; w != nil {
			list(w.PartitionClause...)
			list(w.OrderClause...)
		}
	case *pg.Node_SortBy:
		list(n.SortBy.Node)
	case *pg.Node_NamedArgExpr:
		list(n.NamedArgExpr.Arg)
	case *pg.Node_TypeCast:
		list(n.TypeCast.Arg)
	case *pg.Node_NullTest:
		list(n.NullTest.Arg)
	case *pg.Node_BooleanTest:
		list(n.BooleanTest.Arg)
	case *pg.Node_CaseExpr:
		list(n.CaseExpr.Arg)
		list(n.CaseExpr.Args...)
		list(n.CaseExpr.Defresult)
	case *pg.Node_CaseWhen:
		list(n.CaseWhen.Expr, n.CaseWhen.Result)
	case *pg.Node_CoalesceExpr:
		list(n.CoalesceExpr.Args...)
	case *pg.Node_MinMaxExpr:
		list(n.MinMaxExpr.Args...)
	case *pg.Node_RowExpr:
		list(n.RowExpr.Args...)
	case *pg.Node_AArrayExpr:
		list(n.AArrayExpr.Elements...)
	case *pg.Node_AIndirection:
		list(n.AIndirection.Arg)
		list(n.AIndirection.Indirection...)
	case *pg.Node_AIndices:
		list(n.AIndices.Lidx, n.AIndices.Uidx)
	case *pg.Node_CollateClause:
		list(n.CollateClause.Arg)
	case *pg.Node_SubLink:
		list(n.SubLink.Testexpr)
	}
}
