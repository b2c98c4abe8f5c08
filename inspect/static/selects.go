package static

import pg "github.com/pganalyze/pg_query_go/v5"

func (r *replay) selectStmt(n *pg.SelectStmt) *sqlError { return nil }
