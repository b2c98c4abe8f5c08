package static

import pg "github.com/pganalyze/pg_query_go/v5"

// other takes every statement that dispatch does not name.
func (r *replay) other(n *pg.Node) *sqlError { return nil }
