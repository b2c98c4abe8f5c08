package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"
)

// prepare replays PREPARE: the statement is kept for EXECUTE, as long as the
// session lasts.
func (r *replay) prepare(n *pg.PrepareStmt) *sqlError {
	if r.prepared[n.Name] != nil {
		return errf("42P05", "prepared statement %q already exists", n.Name)
	}
	if r.prepared == nil {
		r.prepared = map[string]*pg.PrepareStmt{}
	}
	r.prepared[n.Name] = n
	return nil
}

// execute replays EXECUTE: only the statement as a whole matters, not its
// parameters.
func (r *replay) execute(n *pg.ExecuteStmt) *sqlError {
	p := r.prepared[n.Name]
	if p == nil {
		return errf("26000", "prepared statement %q does not exist", n.Name)
	}
	if q := p.Query.GetSelectStmt(); q != nil && q.IntoClause == nil {
		if !r.effective(q) {
			return nil
		}
		return r.topInterp().perhapsCalled(q)
	}
	return r.node(p.Query, "")
}
