package expr

import pg "github.com/pganalyze/pg_query_go/v5"

// numbered is the output column that GROUP BY 1 or ORDER BY 1 stands for, which
// the server writes out; what is no number stays.
func (q *Query) numbered(n *pg.Node, x Expr) Expr {
	c := n.GetAConst()
	if c == nil || c.GetIval() == nil {
		return x
	}
	if i := int(c.GetIval().GetIval()); i >= 1 && i <= len(q.Targets) {
		return q.Targets[i-1]
	}
	return x
}
