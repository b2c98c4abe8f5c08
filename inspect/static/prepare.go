package static

import pg "github.com/pganalyze/pg_query_go/v5"

func (r *replay) prepare(n *pg.PrepareStmt) *sqlError { return nil }

func (r *replay) execute(n *pg.ExecuteStmt) *sqlError { return nil }
