package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// maxInlined is how deep functions that call functions are looked into.
const maxInlined = 4

// mutableBody reports whether a call of a function in SQL that is not declared
// immutable certainly is not. The planner puts the body in the place of the
// call where it is a plain expression, and then asks of that.
func (a *analysis) mutableBody(f *catalog.Function) bool {
	if f.StandardBody || !f.Body.Known || a.inlined >= maxInlined {
		return false
	}
	for _, p := range f.Args {
		if isPolymorphic(p.Type) {
			return false
		}
	}
	if f.SecurityDefiner.Is(true) || len(f.Config) > 0 || f.ReturnsSet {
		return true
	}
	tree, err := a.r.parsedSQL(f.Body.Value)
	if err != nil || len(tree.Stmts) == 0 {
		return false
	}
	value := plainExpression(tree.Stmts[0].Stmt.GetSelectStmt())
	if len(tree.Stmts) > 1 || value == nil {
		return true
	}
	in := *a.place
	in.noColumn, in.noQuery, in.noCalls, in.immutable = false, false, false, true
	b := a.r.analysis(&in)
	b.params, b.fname, b.inlined = inputs(f), f.Name.Name, a.inlined+1
	if _, err := b.expr(value, &scope{}); err != nil {
		return false
	}
	return b.mutable
}

// plainExpression is the one value of a SELECT that does nothing else, nil for
// any other statement.
func plainExpression(q *pg.SelectStmt) *pg.Node {
	if q == nil || q.Op != pg.SetOperation_SETOP_NONE || len(q.TargetList) != 1 || len(q.FromClause) > 0 || q.WhereClause != nil ||
		len(q.GroupClause) > 0 || q.HavingClause != nil || len(q.WindowClause) > 0 || q.WithClause != nil || q.LimitCount != nil ||
		q.LimitOffset != nil || len(q.SortClause) > 0 || len(q.DistinctClause) > 0 || len(q.ValuesLists) > 0 || len(q.LockingClause) > 0 {
		return nil
	}
	value := q.TargetList[0].GetResTarget().GetVal()
	plain := true
	visitNodes(value, func(n *pg.Node) bool {
		if n.GetSubLink() != nil {
			plain = false
		}
		return plain
	})
	if !plain {
		return nil
	}
	return value
}
