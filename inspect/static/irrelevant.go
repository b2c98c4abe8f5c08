package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// other takes every statement that dispatch does not name: some change nothing
// that the catalog has, some are gaps. A test holds both lists, and dispatch,
// against what the parser knows.
func (r *replay) other(n *pg.Node) *sqlError {
	switch n := n.GetNode().(type) {
	case *pg.Node_VacuumStmt:
		if n.VacuumStmt.IsVacuumcmd {
			return r.outside("VACUUM")
		}
	case *pg.Node_CreatedbStmt:
		return r.outside("CREATE DATABASE")
	case *pg.Node_DropdbStmt:
		return r.outside("DROP DATABASE")
	case *pg.Node_ReindexStmt:
		for _, p := range n.ReindexStmt.Params {
			if p.GetDefElem().GetDefname() == "concurrently" {
				return r.outside("REINDEX CONCURRENTLY")
			}
		}
	case *pg.Node_AlterSystemStmt:
		if err := r.outside("ALTER SYSTEM"); err != nil {
			return err
		}
		return r.onlySuperuser("permission denied to execute ALTER SYSTEM command")
	case *pg.Node_CreateTableSpaceStmt:
		return r.onlySuperuser("permission denied to create tablespace %q", n.CreateTableSpaceStmt.Tablespacename)
	case *pg.Node_CheckPointStmt:
		if !slices.Contains(r.actsAs(), "pg_checkpoint") {
			return r.onlySuperuser("must be superuser or have privileges of pg_checkpoint to do CHECKPOINT")
		}
	case *pg.Node_DeclareCursorStmt:
		if !r.inBlock() && n.DeclareCursorStmt.Options&cursorHold == 0 {
			return errf("25P01", "DECLARE CURSOR can only be used in transaction blocks")
		}
	case *pg.Node_SecLabelStmt:
		return errf("22023", "no security label providers have been loaded")
	case *pg.Node_DeallocateStmt:
		return r.deallocate(n.DeallocateStmt)
	case *pg.Node_CreateStatsStmt:
		return r.createStatistics(n.CreateStatsStmt)
	case *pg.Node_CreateOpClassStmt:
		list := names(n.CreateOpClassStmt.Opclassname)
		r.ownOperator("opclass " + list[len(list)-1])
	case *pg.Node_RuleStmt:
		rel, err := r.open(n.RuleStmt.Relation)
		if err != nil {
			return err
		}
		r.deps.rules = true
		r.gap(catalog.Ref{Kind: string(rel.Kind), Name: rel.Name.String()}, "rule %q is not modelled", n.RuleStmt.Rulename)
	default:
		r.outOfSight(n)
	}
	return nil
}

// cursorHold is WITH HOLD among the options of a cursor (PostgreSQL source:
// parsenodes.h, CURSOR_OPT_HOLD).
const cursorHold = 0x20

// outside refuses what cannot run inside a transaction block.
func (r *replay) outside(statement string) *sqlError {
	if r.inBlock() || r.code != nil {
		return errf("25001", "%s cannot run inside a transaction block", statement)
	}
	return nil
}

func (r *replay) onlySuperuser(format string, args ...any) *sqlError {
	if r.superuser() {
		return nil
	}
	return errf("42501", format, args...)
}

func (r *replay) deallocate(n *pg.DeallocateStmt) *sqlError {
	if n.Name == "" {
		r.prepared = nil
		return nil
	}
	if r.prepared[n.Name] == nil {
		return errf("26000", "prepared statement %q does not exist", n.Name)
	}
	delete(r.prepared, n.Name)
	return nil
}

// outOfSight makes gaps of what may change more than the model has.
func (r *replay) outOfSight(node any) {
	what := ""
	var about catalog.Ref
	switch n := node.(type) {
	case *pg.Node_CreateSubscriptionStmt, *pg.Node_AlterSubscriptionStmt, *pg.Node_DropSubscriptionStmt:
		what = "subscriptions are not modelled"
	case *pg.Node_AlterExtensionContentsStmt:
		about = catalog.Ref{Kind: "extension", Name: n.AlterExtensionContentsStmt.Extname}
		what = "what is added to the extension, or taken from it, is not modelled"
	case *pg.Node_CreatePlangStmt:
		what = "languages are not modelled"
	case *pg.Node_CreateCastStmt, *pg.Node_CreateTransformStmt:
		what = "casts of the migrations' own are not modelled"
	case *pg.Node_CreateAmStmt:
		what = "access methods are not modelled"
	case *pg.Node_CreateFdwStmt, *pg.Node_AlterFdwStmt, *pg.Node_AlterForeignServerStmt,
		*pg.Node_CreateUserMappingStmt, *pg.Node_AlterUserMappingStmt, *pg.Node_DropUserMappingStmt,
		*pg.Node_AlterDatabaseStmt, *pg.Node_AlterDatabaseRefreshCollStmt,
		*pg.Node_AlterCollationStmt, *pg.Node_AlterObjectDependsStmt,
		*pg.Node_AlterOpFamilyStmt, *pg.Node_AlterOperatorStmt, *pg.Node_AlterStatsStmt, *pg.Node_AlterTableMoveAllStmt,
		*pg.Node_AlterTableSpaceOptionsStmt, *pg.Node_AlterTsconfigurationStmt, *pg.Node_AlterTsdictionaryStmt,
		*pg.Node_AlterTypeStmt, *pg.Node_ClosePortalStmt, *pg.Node_ClusterStmt,
		*pg.Node_ConstraintsSetStmt, *pg.Node_CreateConversionStmt, *pg.Node_CreateOpFamilyStmt,
		*pg.Node_DropTableSpaceStmt, *pg.Node_ExplainStmt, *pg.Node_FetchStmt,
		*pg.Node_ListenStmt, *pg.Node_LoadStmt, *pg.Node_NotifyStmt, *pg.Node_UnlistenStmt, *pg.Node_VariableShowStmt:
		return // nothing of it is in the catalog
	case *pg.Node_PlassignStmt, *pg.Node_RawStmt, *pg.Node_ReplicaIdentityStmt, *pg.Node_ReturnStmt, *pg.Node_SetOperationStmt:
		return // parts of other statements, which never stand alone
	default:
		what = "a kind of statement that is not known"
	}
	r.gap(about, "%s", what)
}
