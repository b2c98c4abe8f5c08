package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// commandTag is the tag of a statement that fires event triggers, such as
// CREATE TABLE; "" for one that does not (PostgreSQL docs 40.2). Statements on
// what all databases share, and on event triggers, fire none.
func commandTag(n *pg.Node) string {
	switch n := n.GetNode().(type) {
	case *pg.Node_CreateStmt:
		return "CREATE TABLE"
	case *pg.Node_CreateForeignTableStmt:
		return "CREATE FOREIGN TABLE"
	case *pg.Node_CreateTableAsStmt:
		switch {
		case n.CreateTableAsStmt.Objtype == pg.ObjectType_OBJECT_MATVIEW:
			return "CREATE MATERIALIZED VIEW"
		case n.CreateTableAsStmt.IsSelectInto:
			return "SELECT INTO"
		}
		return "CREATE TABLE AS"
	case *pg.Node_SelectStmt:
		if n.SelectStmt.IntoClause != nil {
			return "SELECT INTO"
		}
	case *pg.Node_AlterTableStmt:
		return "ALTER " + objectWord(n.AlterTableStmt.Objtype)
	case *pg.Node_IndexStmt:
		return "CREATE INDEX"
	case *pg.Node_ViewStmt:
		return "CREATE VIEW"
	case *pg.Node_RefreshMatViewStmt:
		return "REFRESH MATERIALIZED VIEW"
	case *pg.Node_CreateSeqStmt:
		return "CREATE SEQUENCE"
	case *pg.Node_AlterSeqStmt:
		return "ALTER SEQUENCE"
	case *pg.Node_CreateEnumStmt, *pg.Node_CompositeTypeStmt, *pg.Node_CreateRangeStmt:
		return "CREATE TYPE"
	case *pg.Node_AlterEnumStmt:
		return "ALTER TYPE"
	case *pg.Node_CreateDomainStmt:
		return "CREATE DOMAIN"
	case *pg.Node_AlterDomainStmt:
		return "ALTER DOMAIN"
	case *pg.Node_CreateSchemaStmt:
		return "CREATE SCHEMA"
	case *pg.Node_CreateExtensionStmt:
		return "CREATE EXTENSION"
	case *pg.Node_AlterExtensionStmt, *pg.Node_AlterExtensionContentsStmt:
		return "ALTER EXTENSION"
	case *pg.Node_CreateFunctionStmt:
		if n.CreateFunctionStmt.IsProcedure {
			return "CREATE PROCEDURE"
		}
		return "CREATE FUNCTION"
	case *pg.Node_AlterFunctionStmt:
		return "ALTER " + objectWord(n.AlterFunctionStmt.Objtype)
	case *pg.Node_DefineStmt:
		return "CREATE " + objectWord(n.DefineStmt.Kind)
	case *pg.Node_CreateTrigStmt:
		return "CREATE TRIGGER"
	case *pg.Node_RuleStmt:
		return "CREATE RULE"
	case *pg.Node_CreatePolicyStmt:
		return "CREATE POLICY"
	case *pg.Node_AlterPolicyStmt:
		return "ALTER POLICY"
	case *pg.Node_CreatePublicationStmt:
		return "CREATE PUBLICATION"
	case *pg.Node_AlterPublicationStmt:
		return "ALTER PUBLICATION"
	case *pg.Node_CommentStmt:
		return shared("COMMENT", n.CommentStmt.Objtype)
	case *pg.Node_GrantStmt:
		if n.GrantStmt.IsGrant {
			return shared("GRANT", n.GrantStmt.Objtype)
		}
		return shared("REVOKE", n.GrantStmt.Objtype)
	case *pg.Node_AlterDefaultPrivilegesStmt:
		return "ALTER DEFAULT PRIVILEGES"
	case *pg.Node_DropStmt:
		return shared("DROP "+objectWord(n.DropStmt.RemoveType), n.DropStmt.RemoveType)
	case *pg.Node_DropOwnedStmt:
		return "DROP OWNED"
	case *pg.Node_RenameStmt:
		if t := n.RenameStmt.RenameType; t == pg.ObjectType_OBJECT_COLUMN || t == pg.ObjectType_OBJECT_TABCONSTRAINT {
			return "ALTER " + objectWord(n.RenameStmt.RelationType)
		}
		return shared("ALTER "+objectWord(n.RenameStmt.RenameType), n.RenameStmt.RenameType)
	case *pg.Node_AlterObjectSchemaStmt:
		return "ALTER " + objectWord(n.AlterObjectSchemaStmt.ObjectType)
	case *pg.Node_AlterOwnerStmt:
		return shared("ALTER "+objectWord(n.AlterOwnerStmt.ObjectType), n.AlterOwnerStmt.ObjectType)
	case *pg.Node_CreateForeignServerStmt:
		return "CREATE SERVER"
	case *pg.Node_CreateFdwStmt:
		return "CREATE FOREIGN DATA WRAPPER"
	case *pg.Node_ImportForeignSchemaStmt:
		return "IMPORT FOREIGN SCHEMA"
	}
	return ""
}

// shared is the tag of a statement on an object of that kind, "" where it
// fires nothing.
func shared(tag string, t pg.ObjectType) string {
	switch t {
	case pg.ObjectType_OBJECT_ROLE, pg.ObjectType_OBJECT_DATABASE, pg.ObjectType_OBJECT_TABLESPACE,
		pg.ObjectType_OBJECT_EVENT_TRIGGER, pg.ObjectType_OBJECT_PARAMETER_ACL:
		return ""
	}
	return tag
}

// objectWord is what tags call a kind of object.
func objectWord(t pg.ObjectType) string {
	switch t {
	case pg.ObjectType_OBJECT_MATVIEW:
		return "MATERIALIZED VIEW"
	case pg.ObjectType_OBJECT_FOREIGN_SERVER:
		return "SERVER"
	case pg.ObjectType_OBJECT_ATTRIBUTE:
		return "TYPE"
	case pg.ObjectType_OBJECT_DOMCONSTRAINT:
		return "DOMAIN"
	case pg.ObjectType_OBJECT_TSCONFIGURATION:
		return "TEXT SEARCH CONFIGURATION"
	case pg.ObjectType_OBJECT_TSDICTIONARY:
		return "TEXT SEARCH DICTIONARY"
	}
	return strings.ReplaceAll(strings.TrimPrefix(t.String(), "OBJECT_"), "_", " ")
}
