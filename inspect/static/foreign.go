package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// Foreign servers and their wrappers are no part of the catalog. What is kept
// of them is which foreign tables go along when they are dropped.

func serverObject(name string) object  { return object{aServer, catalog.Name{Name: name}, ""} }
func wrapperObject(name string) object { return object{aWrapper, catalog.Name{Name: name}, ""} }

// createForeignTable replays CREATE FOREIGN TABLE.
func (r *replay) createForeignTable(n *pg.CreateForeignTableStmt) *sqlError {
	if err := r.makeTable(n.BaseStmt, catalog.Foreign); err != nil {
		return err
	}
	if rel, _, ok := r.relation(n.BaseStmt.Relation); ok {
		r.depend(object{aRelation, rel.Name, ""}, []object{serverObject(n.Servername)})
	}
	return nil
}

// createServer replays CREATE SERVER.
func (r *replay) createServer(n *pg.CreateForeignServerStmt) *sqlError {
	r.depend(serverObject(n.Servername), []object{wrapperObject(n.Fdwname)})
	return nil
}

// importSchema replays IMPORT FOREIGN SCHEMA: which tables there are on the
// other side is only known where they are named.
func (r *replay) importSchema(n *pg.ImportForeignSchemaStmt) *sqlError {
	if !r.hasSchema(n.LocalSchema) {
		return errf("3F000", "schema %q does not exist", n.LocalSchema)
	}
	if n.ListType != pg.ImportForeignSchemaType_FDW_IMPORT_SCHEMA_LIMIT_TO {
		r.gap(catalog.Ref{Kind: "schema", Name: n.LocalSchema}, "the foreign tables that are imported are not known")
		return nil
	}
	for _, v := range n.TableList {
		name := catalog.Name{Schema: n.LocalSchema, Name: v.GetRangeVar().GetRelname()}
		if _, taken := r.cat.Relation(name); taken {
			return errf("42P07", "relation %q already exists", name.Name)
		}
		t := r.blankTable(name, catalog.Foreign)
		t.Unsure = catalog.Columns
		r.put(t)
		r.depend(object{aRelation, name, ""}, []object{serverObject(n.ServerName)})
	}
	return nil
}
