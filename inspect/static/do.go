package static

import pg "github.com/pganalyze/pg_query_go/v5"

type interp struct{}

func (r *replay) do(n *pg.DoStmt) *sqlError { return nil }

func (r *replay) call(n *pg.CallStmt) *sqlError { return nil }
