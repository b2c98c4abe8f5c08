package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/static/guard"
)

// selectStmt replays a SELECT: it is analysed, and run when it calls functions
// that change something.
func (r *replay) selectStmt(n *pg.SelectStmt) *sqlError {
	if n.IntoClause != nil {
		return r.selectInto(n)
	}
	if r.code != nil {
		_, err := r.code.runQuery(n)
		return err
	}
	if _, _, err := r.query(n, nil, ""); err != nil {
		return err
	}
	if !r.effective(n) {
		return nil
	}
	e := r.guardEnv()
	e.Call = r.topCall
	rows, err := e.Query(n)
	if err != nil {
		return r.refused(err)
	}
	if rows.Open {
		return r.topInterp().perhapsCalled(n)
	}
	return nil
}

// selectInto replays SELECT … INTO, another spelling of CREATE TABLE AS.
func (r *replay) selectInto(n *pg.SelectStmt) *sqlError {
	into := n.IntoClause
	n.IntoClause = nil
	err := r.createTableAs(&pg.CreateTableAsStmt{
		Query: &pg.Node{Node: &pg.Node_SelectStmt{SelectStmt: n}},
		Into:  into, Objtype: pg.ObjectType_OBJECT_TABLE, IsSelectInto: true,
	})
	n.IntoClause = into
	return err
}

// effective reports whether a query calls, anywhere, a function that replay
// follows.
func (r *replay) effective(q *pg.SelectStmt) bool {
	found := false
	see := func(n *pg.Node) bool {
		if f := n.GetFuncCall(); f != nil {
			found = found || r.follows(f)
		}
		if l := n.GetSubLink(); l != nil {
			found = found || r.effective(l.GetSubselect().GetSelectStmt())
		}
		return !found
	}
	if q == nil {
		return false
	}
	for _, c := range q.WithClause.GetCtes() {
		if s := c.GetCommonTableExpr().GetCtequery().GetSelectStmt(); s != nil && r.effective(s) {
			return true
		}
	}
	for _, t := range q.TargetList {
		guard.Visit(t, see)
	}
	guard.Visit(q.WhereClause, see)
	for _, f := range q.FromClause {
		found = found || r.effectiveFrom(f, see)
	}
	for _, l := range q.ValuesLists {
		guard.Visit(l, see)
	}
	return found || q.Larg != nil && (r.effective(q.Larg) || r.effective(q.Rarg))
}

func (r *replay) effectiveFrom(n *pg.Node, see func(*pg.Node) bool) bool {
	switch n := n.GetNode().(type) {
	case *pg.Node_JoinExpr:
		return r.effectiveFrom(n.JoinExpr.Larg, see) || r.effectiveFrom(n.JoinExpr.Rarg, see)
	case *pg.Node_RangeSubselect:
		return r.effective(n.RangeSubselect.Subquery.GetSelectStmt())
	case *pg.Node_RangeFunction:
		found := false
		for _, f := range n.RangeFunction.Functions {
			guard.Visit(f.GetList().GetItems()[0], func(n *pg.Node) bool {
				if f := n.GetFuncCall(); f != nil {
					found = found || r.follows(f)
				}
				return true
			})
		}
		return found
	}
	return false
}
