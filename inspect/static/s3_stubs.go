package static

import pg "github.com/pganalyze/pg_query_go/v5"

func (r *replay) dropRole(n *pg.DropRoleStmt) *sqlError                             { return nil }
func (r *replay) dropOwned(n *pg.DropOwnedStmt) *sqlError                           { return nil }
func (r *replay) reassignOwned(n *pg.ReassignOwnedStmt) *sqlError                   { return nil }
func (r *replay) createFunction(n *pg.CreateFunctionStmt) *sqlError                 { return nil }
func (r *replay) alterFunction(n *pg.AlterFunctionStmt) *sqlError                   { return nil }
func (r *replay) define(n *pg.DefineStmt) *sqlError                                 { return nil }
func (r *replay) createTrigger(n *pg.CreateTrigStmt) *sqlError                      { return nil }
func (r *replay) createPolicy(n *pg.CreatePolicyStmt) *sqlError                     { return nil }
func (r *replay) alterPolicy(n *pg.AlterPolicyStmt) *sqlError                       { return nil }
func (r *replay) createPublication(n *pg.CreatePublicationStmt) *sqlError           { return nil }
func (r *replay) alterPublication(n *pg.AlterPublicationStmt) *sqlError             { return nil }
