package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// drop replays DROP of every kind of object but roles.
func (r *replay) drop(n *pg.DropStmt) *sqlError {
	if n.RemoveType == pg.ObjectType_OBJECT_INDEX && n.Concurrent {
		if r.inBlock() {
			return errf("25001", "DROP INDEX CONCURRENTLY cannot run inside a transaction block")
		}
		if len(n.Objects) > 1 {
			return errf("0A000", "DROP INDEX CONCURRENTLY does not support dropping multiple objects")
		}
		if n.Behavior == pg.DropBehavior_DROP_CASCADE {
			return errf("0A000", "DROP INDEX CONCURRENTLY does not support CASCADE")
		}
	}
	var roots []object
	for _, o := range n.Objects {
		found, err := r.dropTarget(n, o)
		if err != nil {
			return err
		}
		if found != nil {
			roots = append(roots, *found)
		}
	}
	if len(roots) == 0 {
		return nil
	}
	return r.remove(roots, n.Behavior == pg.DropBehavior_DROP_CASCADE)
}

// dropTarget finds what a DROP names. It is nil without an error when there is
// nothing to do: IF EXISTS, or a kind of object that no catalog holds.
func (r *replay) dropTarget(n *pg.DropStmt, o *pg.Node) (*object, *sqlError) {
	switch n.RemoveType {
	case pg.ObjectType_OBJECT_TABLE, pg.ObjectType_OBJECT_VIEW, pg.ObjectType_OBJECT_SEQUENCE, pg.ObjectType_OBJECT_INDEX,
		pg.ObjectType_OBJECT_MATVIEW, pg.ObjectType_OBJECT_FOREIGN_TABLE:
		return r.dropRelation(n, names(o.GetList().GetItems()))
	case pg.ObjectType_OBJECT_TYPE, pg.ObjectType_OBJECT_DOMAIN:
		return r.dropType(n, o.GetTypeName())
	case pg.ObjectType_OBJECT_FUNCTION, pg.ObjectType_OBJECT_PROCEDURE, pg.ObjectType_OBJECT_ROUTINE, pg.ObjectType_OBJECT_AGGREGATE:
		return r.dropFunction(n, o.GetObjectWithArgs())
	case pg.ObjectType_OBJECT_POLICY, pg.ObjectType_OBJECT_TRIGGER, pg.ObjectType_OBJECT_RULE:
		return r.dropOfRelation(n, names(o.GetList().GetItems()))
	case pg.ObjectType_OBJECT_SCHEMA:
		return r.dropSchema(n, o.GetString_().GetSval())
	case pg.ObjectType_OBJECT_PUBLICATION:
		return r.dropPublication(n, o.GetString_().GetSval())
	case pg.ObjectType_OBJECT_FOREIGN_SERVER:
		found := serverObject(o.GetString_().GetSval())
		return &found, nil
	case pg.ObjectType_OBJECT_FDW:
		found := wrapperObject(o.GetString_().GetSval())
		return &found, nil
	case pg.ObjectType_OBJECT_EVENT_TRIGGER:
		return r.dropEventTrigger(n, o.GetString_().GetSval())
	case pg.ObjectType_OBJECT_EXTENSION:
		return r.dropExtension(n, o.GetString_().GetSval())
	}
	return nil, nil
}

// dropKinds is what messages call what DROP does not find.
var dropKinds = map[pg.ObjectType]struct {
	word, state string
	kind        relationKind
}{
	pg.ObjectType_OBJECT_TABLE:         {"table", "42P01", plainTable},
	pg.ObjectType_OBJECT_VIEW:          {"view", "42P01", plainView},
	pg.ObjectType_OBJECT_SEQUENCE:      {"sequence", "42P01", plainSequence},
	pg.ObjectType_OBJECT_INDEX:         {"index", "42704", plainIndex},
	pg.ObjectType_OBJECT_MATVIEW:       {"materialized view", "42P01", materialized},
	pg.ObjectType_OBJECT_FOREIGN_TABLE: {"foreign table", "42P01", foreignTable},
}

// dropRelation finds a table, view, sequence or index to be dropped.
func (r *replay) dropRelation(n *pg.DropStmt, parts []string) (*object, *sqlError) {
	v := &pg.RangeVar{Relname: parts[len(parts)-1]}
	if len(parts) > 1 {
		v.Schemaname = parts[len(parts)-2]
	}
	want := dropKinds[n.RemoveType]
	rel, name, ok := r.relation(v)
	if !ok {
		return nil, r.missingDrop(n, v, name, want.word, want.state)
	}
	if v.Schemaname != "" && v.Schemaname != "pg_temp" {
		if err := r.mayUse(v.Schemaname); err != nil {
			return nil, err
		}
	}
	if t, ok := r.cat.Tables.Get(rel.Name); ok && t.Assumed {
		return &object{aRelation, rel.Name, ""}, nil
	}
	kind := r.kindOf(rel)
	if kind != want.kind {
		return nil, errf("42809", "%q is not %s", v.Relname, withArticle(want.word))
	}
	if !r.owns(r.relationOwner(rel)) && !r.ownsSchema(rel.Name.Schema) {
		return nil, errf("42501", "must be owner of %s %s", want.word, v.Relname)
	}
	if kind == plainIndex {
		return r.dropIndex(n, rel)
	}
	if s, ok := r.cat.Sequences.Get(rel.Name); ok && s.Identity {
		return nil, errf("2BP01", "cannot drop sequence %s because column %s of table %s requires it", rel.Name.Name, s.OwnedColumn, s.OwnedBy.Name)
	}
	return &object{aRelation, rel.Name, ""}, r.ofExtension(rel)
}

// ofExtension refuses to drop what an extension brought without it.
func (r *replay) ofExtension(rel *catalog.Relation) *sqlError {
	ext := ""
	if t, ok := r.cat.Tables.Get(rel.Name); ok {
		ext = t.Extension
	} else if v, ok := r.cat.Views.Get(rel.Name); ok {
		ext = v.Extension
	}
	if ext == "" {
		return nil
	}
	return errf("2BP01", "cannot drop %s because extension %s requires it", rel.Name.Name, ext)
}

// missingDrop is what the server says of a relation to be dropped that is not
// there.
func (r *replay) missingDrop(n *pg.DropStmt, v *pg.RangeVar, name catalog.Name, word, state string) *sqlError {
	if err := r.mayLook(v); err != nil {
		return err
	}
	if n.MissingOk {
		return notice()
	}
	if r.isSystemRelation(v) {
		return errf("42501", "permission denied: %q is a system catalog", v.Relname)
	}
	if v.Schemaname != "" && !r.hasSchema(v.Schemaname) {
		return errf("3F000", "schema %q does not exist", v.Schemaname)
	}
	if r.unlisted() {
		return nil
	}
	return errf(state, "%s %q does not exist", word, v.Relname).about(catalog.Ref{Kind: word, Name: name.String()})
}

func (r *replay) ownsSchema(name string) bool {
	s, ok := r.cat.Schemas.Get(name)
	return ok && s.Owner.Known && r.owns(s.Owner)
}

// dropIndex refuses the index of a constraint, and one that a partition has
// from the table above.
func (r *replay) dropIndex(n *pg.DropStmt, rel *catalog.Relation) (*object, *sqlError) {
	o := object{aRelation, rel.Name, ""}
	t, ok := r.cat.Tables.Get(rel.Table)
	if !ok {
		return &o, nil
	}
	if n.Concurrent && t.Kind == catalog.Partitioned {
		return nil, errf("0A000", "cannot drop partitioned index %q concurrently", rel.Name.Name)
	}
	if x, ok := t.Index(rel.Name.Name); ok && x.Constraint != "" {
		return nil, errf("2BP01", "cannot drop index %s because constraint %s on table %s requires it", x.Name, x.Constraint, t.Name.Name)
	}
	for _, above := range r.deps.uses[o] {
		if x, ok := r.cat.Relation(above.name); ok && above.sub == "" && x.Kind == catalog.IndexRelation {
			return nil, errf("2BP01", "cannot drop index %s because index %s requires it", rel.Name.Name, above.name.Name)
		}
	}
	return &o, nil
}

// dropType finds a type to be dropped.
func (r *replay) dropType(n *pg.DropStmt, tn *pg.TypeName) (*object, *sqlError) {
	parts := names(tn.GetNames())
	if len(parts) > 1 && !r.hasSchema(parts[len(parts)-2]) && n.MissingOk {
		return nil, notice()
	}
	printed, err := r.namedType(parts)
	if err != nil {
		if n.MissingOk && (err.state == "42704" || err.state == "3F000") {
			return nil, notice()
		}
		return nil, err
	}
	domain := n.RemoveType == pg.ObjectType_OBJECT_DOMAIN
	name, ok := unprinted(printed)
	if !ok {
		switch {
		case r.unlisted():
			return nil, nil
		case domain:
			return nil, errf("42809", "%q is not a domain", written(parts))
		case !r.superuser():
			return nil, errf("42501", "must be owner of type %s", written(parts))
		}
		return nil, errf("2BP01", "cannot drop type %s because it is required by the database system", printed)
	}
	t, ok := r.cat.Types.Get(name)
	switch {
	case !ok && r.cat.Tables.Has(name), !ok && r.cat.Views.Has(name):
		return nil, errf("2BP01", "cannot drop type %s because table %s requires it", name.Name, name.Name)
	case !ok:
		return nil, nil
	case domain && t.Kind != catalog.Domain:
		return nil, errf("42809", "%q is not a domain", written(parts))
	case !r.owns(t.Owner) && !r.ownsSchema(name.Schema):
		return nil, errf("42501", "must be owner of type %s", written(parts))
	case t.Extension != "":
		return nil, errf("2BP01", "cannot drop type %s because extension %s requires it", name.Name, t.Extension)
	}
	return &object{aType, name, ""}, nil
}

// dropFunction finds a function to be dropped.
func (r *replay) dropFunction(n *pg.DropStmt, o *pg.ObjectWithArgs) (*object, *sqlError) {
	f, err := r.findFunction(o, n.RemoveType)
	if err != nil {
		if n.MissingOk && slices.Contains([]string{"42883", "42704", "3F000"}, err.state) {
			return nil, notice()
		}
		return nil, err
	}
	switch {
	case f == nil:
		return nil, nil
	case f.fn == nil && !r.superuser():
		return nil, errf("42501", "must be owner of %s %s", routineWord(n.RemoveType), f.name.Name)
	case f.fn == nil:
		return nil, errf("2BP01", "cannot drop function %s because it is required by the database system", f.name.Name)
	case !r.owns(f.fn.Owner) && !r.ownsSchema(f.name.Schema):
		return nil, errf("42501", "must be owner of %s %s", routineWord(n.RemoveType), f.name.Name).about(f.fn.Ref())
	case f.fn.Extension != "":
		return nil, errf("2BP01", "cannot drop function %s because extension %s requires it", f.name.Name, f.fn.Extension)
	}
	return &object{aFunction, f.name, f.fn.Signature()}, nil
}
