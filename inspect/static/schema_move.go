package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// alterSchema replays ALTER … SET SCHEMA.
func (r *replay) alterSchema(n *pg.AlterObjectSchemaStmt) *sqlError {
	switch n.ObjectType {
	case pg.ObjectType_OBJECT_TABLE, pg.ObjectType_OBJECT_VIEW, pg.ObjectType_OBJECT_MATVIEW, pg.ObjectType_OBJECT_SEQUENCE,
		pg.ObjectType_OBJECT_FOREIGN_TABLE:
		return r.setRelationSchema(n)
	case pg.ObjectType_OBJECT_FUNCTION, pg.ObjectType_OBJECT_PROCEDURE, pg.ObjectType_OBJECT_ROUTINE, pg.ObjectType_OBJECT_AGGREGATE:
		return r.setFunctionSchema(n)
	case pg.ObjectType_OBJECT_TYPE, pg.ObjectType_OBJECT_DOMAIN:
		return r.setTypeSchema(n)
	case pg.ObjectType_OBJECT_EXTENSION:
		return r.setExtensionSchema(n)
	}
	return r.newSchema(n.Newschema)
}

// newSchema is the refusal to move something to a schema.
func (r *replay) newSchema(name string) *sqlError {
	if name == "pg_temp" {
		return errf("0A000", "cannot move objects into or out of temporary schemas")
	}
	if !r.hasSchema(name) {
		if r.unlisted() {
			return nil
		}
		return errf("3F000", "schema %q does not exist", name)
	}
	return r.mayCreateIn(name)
}

func (r *replay) setRelationSchema(n *pg.AlterObjectSchemaStmt) *sqlError {
	rel, err := r.alterable(n.Relation, n.ObjectType, n.MissingOk)
	if err != nil || rel == nil {
		return err
	}
	switch rel.Kind {
	case catalog.IndexRelation:
		return errf("42809", "cannot change schema of index %q", rel.Name.Name)
	case catalog.SequenceRelation:
		if s, ok := r.cat.Sequences.Get(rel.Name); ok && s.OwnedBy != (catalog.Name{}) {
			return errf("0A000", "cannot move an owned sequence into another schema")
		}
	}
	if err := r.newSchema(n.Newschema); err != nil {
		return err
	}
	to := catalog.Name{Schema: n.Newschema, Name: rel.Name.Name}
	if to == rel.Name {
		return nil
	}
	taken := r.taken
	if rel.Kind == catalog.SequenceRelation { // like an index, it has no row type
		taken = r.relationTaken
	}
	if err := taken(to); err != nil {
		return err
	}
	for _, x := range r.indexesOf(rel.Name) {
		if err := r.relationTaken(catalog.Name{Schema: n.Newschema, Name: x.Name}); err != nil {
			return err
		}
	}
	for _, s := range r.sequencesOf(rel.Name, "") {
		if err := r.relationTaken(catalog.Name{Schema: n.Newschema, Name: s.Name.Name}); err != nil {
			return err
		}
	}
	r.moveRelation(rel, to)
	return nil
}

func (r *replay) setFunctionSchema(n *pg.AlterObjectSchemaStmt) *sqlError {
	f, err := r.findFunction(n.Object.GetObjectWithArgs(), n.ObjectType)
	if err != nil {
		return err
	}
	if err := r.newSchema(n.Newschema); err != nil || f == nil {
		return err
	}
	word := routineWord(n.ObjectType)
	if f.fn == nil {
		return r.mustOwn(catalog.Of("", r.at), word, f.name.Name)
	}
	to := catalog.Name{Schema: n.Newschema, Name: f.name.Name}
	if to == f.name {
		return nil
	}
	if err := r.mustOwn(f.fn.Owner, word, f.name.Name); err != nil {
		return err
	}
	if _, taken := r.cat.Function(to, f.fn.Signature()); taken {
		return errf("42723", "function %s(%s) already exists in schema %q", to.Name, f.signature(), to.Schema)
	}
	r.moveFunction(f.fn, to)
	return nil
}

func (r *replay) setTypeSchema(n *pg.AlterObjectSchemaStmt) *sqlError {
	parts := names(n.Object.GetList().GetItems())
	if t := n.Object.GetTypeName(); t != nil {
		parts = names(t.Names)
	}
	printed, err := r.namedType(parts)
	if err != nil {
		return err
	}
	name, ok := unprinted(printed)
	t, listed := r.cat.Types.Get(name)
	if n.ObjectType == pg.ObjectType_OBJECT_DOMAIN && (!listed || t.Kind != catalog.Domain) && !r.unlisted() {
		return errf("42809", "%s is not a domain", written(parts))
	}
	if err := r.newSchema(n.Newschema); err != nil {
		return err
	}
	switch {
	case !listed && r.unlisted():
		return nil
	case !ok:
		return r.mustOwn(catalog.Of("", r.at), "type", written(parts))
	case !listed:
		return errf("42809", "%s is a table's row type", name.Name)
	}
	if err := r.mustOwn(t.Owner, "type", name.Name); err != nil {
		return err
	}
	to := catalog.Name{Schema: n.Newschema, Name: name.Name}
	if to == name {
		return nil
	}
	if err := r.typeTaken(to); err != nil {
		return err
	}
	if _, taken := r.cat.Relation(to); taken && t.Kind == catalog.Composite {
		return errf("42P07", "relation %q already exists in schema %q", to.Name, to.Schema)
	}
	r.moveType(t, to)
	return nil
}

// fixedExtensions cannot be moved to another schema (their control files say
// relocatable = false).
var fixedExtensions = []string{
	"pg_cron", "pg_graphql", "pg_net", "pg_repack", "pgsodium", "plpgsql", "plv8", "postgis", "postgis_raster",
	"postgis_tiger_geocoder", "postgis_topology", "supabase_vault", "timescaledb", "pgtap", "wrappers", "plpgsql_check",
	"pg_partman", "pgmq",
}

// setExtensionSchema moves an extension with all it brought.
func (r *replay) setExtensionSchema(n *pg.AlterObjectSchemaStmt) *sqlError {
	name := n.Object.GetString_().GetSval()
	e, ok := r.cat.Extensions.Get(name)
	if !ok {
		return errf("42704", "extension %q does not exist", name).about(catalog.Ref{Kind: "extension", Name: name})
	}
	if err := r.newSchema(n.Newschema); err != nil {
		return err
	}
	if e.Schema == n.Newschema {
		return nil
	}
	if slices.Contains(fixedExtensions, name) {
		return errf("0A000", "extension %q does not support SET SCHEMA", name)
	}
	from := e.Schema
	e, _ = r.cat.Extensions.Edit(name)
	e.Schema = n.Newschema
	all, own := r.schemaMoves(from, n.Newschema), &moves{
		relations: map[catalog.Name]catalog.Name{}, types: map[catalog.Name]catalog.Name{}, functions: map[signed]catalog.Name{},
	}
	for x, to := range all.relations {
		if r.extensionOf(x) == name {
			own.relations[x] = to
		}
	}
	for x, to := range all.types {
		if t, ok := r.cat.Types.Get(x); ok && t.Extension == name {
			own.types[x] = to
		}
	}
	for x, to := range all.functions {
		if f, ok := r.cat.Function(x.name, x.signature); ok && f.Extension == name {
			own.functions[x] = to
		}
	}
	r.move(own)
	return nil
}

// extensionOf is the extension that a relation belongs to, "" if none.
func (r *replay) extensionOf(n catalog.Name) string {
	if rel, ok := r.cat.Relation(n); ok && rel.Kind == catalog.IndexRelation {
		n = rel.Table
	}
	if t, ok := r.cat.Tables.Get(n); ok {
		return t.Extension
	}
	if v, ok := r.cat.Views.Get(n); ok {
		return v.Extension
	}
	if s, ok := r.cat.Sequences.Get(n); ok {
		return s.Extension
	}
	return ""
}
