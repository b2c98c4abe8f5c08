package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// with analyses the queries of WITH and lets s see them.
func (a *analysis) with(n *pg.WithClause, s *scope) *sqlError {
	if n.GetRecursive() { // one may read those behind it, of which nothing is known yet
		s.ctes = slices.Clone(s.ctes)
		for _, x := range n.GetCtes() {
			s.ctes = append(s.ctes, &row{alias: x.GetCommonTableExpr().Ctename})
		}
	}
	for _, x := range n.GetCtes() {
		cte := x.GetCommonTableExpr()
		q := cte.GetCtequery().GetSelectStmt()
		inner := &scope{outer: s.outer, ctes: s.ctes}
		w := &row{}
		if n.Recursive && q != nil && q.Larg != nil {
			// What stands before the UNION says which columns there are.
			above := &scope{outer: s.outer, ctes: append([]*row{{alias: cte.Ctename}}, s.ctes...)}
			if err := a.with(q.WithClause, above); err != nil {
				return err
			}
			first, err := a.selectStmt(q.Larg, above)
			if err != nil {
				return err
			}
			if cte.CycleClause != nil || cte.SearchClause != nil {
				first.complete = false // they add columns
			}
			first.columns = computed(first.columns)
			if err := first.rename(&pg.Alias{Aliasname: cte.Ctename, Colnames: cte.Aliascolnames}); err != nil {
				return err
			}
			inner.ctes = append(append([]*row(nil), s.ctes...), first)
		}
		out, err := a.statement(cte.GetCtequery(), inner)
		if err != nil {
			return err
		}
		w.columns, w.complete = computed(out.columns), out.complete
		if cte.SearchClause != nil || cte.CycleClause != nil {
			w.complete = false
		}
		if err := w.rename(&pg.Alias{Aliasname: cte.Ctename, Colnames: cte.Aliascolnames}); err != nil {
			return err
		}
		s.ctes = append(append([]*row(nil), s.ctes...), w)
	}
	return nil
}
