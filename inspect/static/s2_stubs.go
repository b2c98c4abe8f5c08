package static

import pg "github.com/pganalyze/pg_query_go/v5"

func (r *replay) createTable(*pg.CreateStmt) *sqlError                    { return nil }
func (r *replay) createForeignTable(*pg.CreateForeignTableStmt) *sqlError { return nil }
func (r *replay) createTableAs(*pg.CreateTableAsStmt) *sqlError           { return nil }
func (r *replay) alterTable(*pg.AlterTableStmt) *sqlError                 { return nil }
func (r *replay) createIndex(*pg.IndexStmt) *sqlError                     { return nil }
func (r *replay) createView(*pg.ViewStmt) *sqlError                       { return nil }
func (r *replay) refresh(*pg.RefreshMatViewStmt) *sqlError                { return nil }
func (r *replay) createSequence(*pg.CreateSeqStmt) *sqlError              { return nil }
func (r *replay) alterSequence(*pg.AlterSeqStmt) *sqlError                { return nil }
func (r *replay) createEnum(*pg.CreateEnumStmt) *sqlError                 { return nil }
func (r *replay) alterEnum(*pg.AlterEnumStmt) *sqlError                   { return nil }
func (r *replay) createDomain(*pg.CreateDomainStmt) *sqlError             { return nil }
func (r *replay) alterDomain(*pg.AlterDomainStmt) *sqlError               { return nil }
func (r *replay) createComposite(*pg.CompositeTypeStmt) *sqlError         { return nil }
func (r *replay) createRange(*pg.CreateRangeStmt) *sqlError               { return nil }
func (r *replay) drop(*pg.DropStmt) *sqlError                             { return nil }
func (r *replay) rename(*pg.RenameStmt) *sqlError                         { return nil }
func (r *replay) alterSchema(*pg.AlterObjectSchemaStmt) *sqlError         { return nil }
func (r *replay) alterOwner(*pg.AlterOwnerStmt) *sqlError                 { return nil }
func (r *replay) lock(*pg.LockStmt) *sqlError                             { return nil }
func (r *replay) truncate(*pg.TruncateStmt) *sqlError                     { return nil }
func (r *replay) comment(*pg.CommentStmt) *sqlError                       { return nil }
