package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/static/source"
)

// run replays one statement that the parser took. Every kind of statement is
// handled here, listed as irrelevant to the catalog, or becomes a gap.
func (r *replay) run(s source.Statement) *sqlError {
	if s.Data != nil {
		return r.data(s.Data)
	}
	return r.node(s.Node, s.SQL)
}

// node replays a parsed statement, and what event triggers do behind it. sql is
// its text, "" where it was made up.
func (r *replay) node(n *pg.Node, sql string) *sqlError {
	err := r.command(n, sql)
	if err == nil && len(r.events) > 0 {
		err = r.fire(n)
	}
	return err
}

func (r *replay) command(n *pg.Node, sql string) *sqlError {
	switch n := n.GetNode().(type) {
	// tables.go, columns.go, constraints.go, indexes.go and their like
	case *pg.Node_CreateStmt:
		return r.createTable(n.CreateStmt)
	case *pg.Node_CreateForeignTableStmt:
		return r.createForeignTable(n.CreateForeignTableStmt)
	case *pg.Node_CreateForeignServerStmt:
		return r.createServer(n.CreateForeignServerStmt)
	case *pg.Node_ImportForeignSchemaStmt:
		return r.importSchema(n.ImportForeignSchemaStmt)
	case *pg.Node_CreateTableAsStmt:
		return r.createTableAs(n.CreateTableAsStmt)
	case *pg.Node_AlterTableStmt:
		return r.alterTable(n.AlterTableStmt)
	case *pg.Node_IndexStmt:
		return r.createIndex(n.IndexStmt)
	case *pg.Node_ViewStmt:
		return r.createView(n.ViewStmt)
	case *pg.Node_RefreshMatViewStmt:
		return r.refresh(n.RefreshMatViewStmt)
	case *pg.Node_CreateSeqStmt:
		return r.createSequence(n.CreateSeqStmt)
	case *pg.Node_AlterSeqStmt:
		return r.alterSequence(n.AlterSeqStmt)
	case *pg.Node_CreateEnumStmt:
		return r.createEnum(n.CreateEnumStmt)
	case *pg.Node_AlterEnumStmt:
		return r.alterEnum(n.AlterEnumStmt)
	case *pg.Node_CreateDomainStmt:
		return r.createDomain(n.CreateDomainStmt)
	case *pg.Node_AlterDomainStmt:
		return r.alterDomain(n.AlterDomainStmt)
	case *pg.Node_CompositeTypeStmt:
		return r.createComposite(n.CompositeTypeStmt)
	case *pg.Node_CreateRangeStmt:
		return r.createRange(n.CreateRangeStmt)
	case *pg.Node_DropStmt:
		return r.drop(n.DropStmt)
	case *pg.Node_RenameStmt:
		return r.rename(n.RenameStmt)
	case *pg.Node_AlterObjectSchemaStmt:
		return r.alterSchema(n.AlterObjectSchemaStmt)
	case *pg.Node_AlterOwnerStmt:
		return r.alterOwner(n.AlterOwnerStmt)
	case *pg.Node_LockStmt:
		return r.lock(n.LockStmt)
	case *pg.Node_TruncateStmt:
		return r.truncate(n.TruncateStmt)
	case *pg.Node_CommentStmt:
		return r.comment(n.CommentStmt)

	// roles, privileges, functions, policies, publications and their like
	case *pg.Node_CreateSchemaStmt:
		return r.createSchema(n.CreateSchemaStmt)
	case *pg.Node_CreateExtensionStmt:
		return r.createExtension(n.CreateExtensionStmt)
	case *pg.Node_AlterExtensionStmt:
		return r.alterExtension(n.AlterExtensionStmt)
	case *pg.Node_CreateRoleStmt:
		return r.createRole(n.CreateRoleStmt)
	case *pg.Node_AlterRoleStmt:
		return r.alterRole(n.AlterRoleStmt)
	case *pg.Node_AlterRoleSetStmt:
		return r.alterRoleSet(n.AlterRoleSetStmt)
	case *pg.Node_AlterDatabaseSetStmt:
		return r.alterDatabaseSet(n.AlterDatabaseSetStmt)
	case *pg.Node_DropRoleStmt:
		return r.dropRole(n.DropRoleStmt)
	case *pg.Node_GrantStmt:
		return r.grant(n.GrantStmt)
	case *pg.Node_GrantRoleStmt:
		return r.grantRole(n.GrantRoleStmt)
	case *pg.Node_AlterDefaultPrivilegesStmt:
		return r.alterDefaultPrivileges(n.AlterDefaultPrivilegesStmt)
	case *pg.Node_DropOwnedStmt:
		return r.dropOwned(n.DropOwnedStmt)
	case *pg.Node_ReassignOwnedStmt:
		return r.reassignOwned(n.ReassignOwnedStmt)
	case *pg.Node_CreateFunctionStmt:
		return r.createFunction(n.CreateFunctionStmt)
	case *pg.Node_AlterFunctionStmt:
		return r.alterFunction(n.AlterFunctionStmt)
	case *pg.Node_DefineStmt:
		return r.define(n.DefineStmt)
	case *pg.Node_CreateTrigStmt:
		return r.createTrigger(n.CreateTrigStmt)
	case *pg.Node_CreateEventTrigStmt:
		return r.createEventTrigger(n.CreateEventTrigStmt)
	case *pg.Node_AlterEventTrigStmt:
		return r.alterEventTrigger(n.AlterEventTrigStmt)
	case *pg.Node_CreatePolicyStmt:
		return r.createPolicy(n.CreatePolicyStmt)
	case *pg.Node_AlterPolicyStmt:
		return r.alterPolicy(n.AlterPolicyStmt)
	case *pg.Node_CreatePublicationStmt:
		return r.createPublication(n.CreatePublicationStmt)
	case *pg.Node_AlterPublicationStmt:
		return r.alterPublication(n.AlterPublicationStmt)
	case *pg.Node_VariableSetStmt:
		return r.set(n.VariableSetStmt)
	case *pg.Node_DiscardStmt:
		return r.discard(n.DiscardStmt)

	// what runs code, reads or writes rows, or frames a transaction
	case *pg.Node_DoStmt:
		return r.do(n.DoStmt)
	case *pg.Node_CallStmt:
		return r.call(n.CallStmt)
	case *pg.Node_SelectStmt:
		return r.selectStmt(n.SelectStmt)
	case *pg.Node_InsertStmt:
		return r.insert(n.InsertStmt)
	case *pg.Node_UpdateStmt:
		return r.update(n.UpdateStmt)
	case *pg.Node_DeleteStmt:
		return r.deleteStmt(n.DeleteStmt)
	case *pg.Node_MergeStmt:
		return r.merge(n.MergeStmt)
	case *pg.Node_CopyStmt:
		return r.copy(n.CopyStmt)
	case *pg.Node_TransactionStmt:
		return r.transaction(n.TransactionStmt)
	case *pg.Node_PrepareStmt:
		return r.prepare(n.PrepareStmt)
	case *pg.Node_ExecuteStmt:
		return r.execute(n.ExecuteStmt)
	}
	return r.other(n)
}
