package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/static/source"
)

func (r *replay) data(d *source.Data) *sqlError { return nil }

func (r *replay) insert(n *pg.InsertStmt) *sqlError { return nil }

func (r *replay) update(n *pg.UpdateStmt) *sqlError { return nil }

func (r *replay) deleteStmt(n *pg.DeleteStmt) *sqlError { return nil }

func (r *replay) merge(n *pg.MergeStmt) *sqlError { return nil }

func (r *replay) copy(n *pg.CopyStmt) *sqlError { return nil }
