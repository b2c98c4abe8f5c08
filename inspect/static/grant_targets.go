package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// targets finds the objects that a GRANT or REVOKE names.
func (r *replay) targets(n *pg.GrantStmt) ([]target, *sqlError) {
	if n.Targtype == pg.GrantTargetType_ACL_TARGET_ALL_IN_SCHEMA {
		return r.allInSchemas(n.Objtype, names(n.Objects))
	}
	switch n.Objtype {
	case pg.ObjectType_OBJECT_TABLE, pg.ObjectType_OBJECT_SEQUENCE:
		return r.rangeTargets(n.Objects, n.Objtype == pg.ObjectType_OBJECT_SEQUENCE)
	case pg.ObjectType_OBJECT_FUNCTION, pg.ObjectType_OBJECT_PROCEDURE, pg.ObjectType_OBJECT_ROUTINE:
		return r.functionTargets(n)
	case pg.ObjectType_OBJECT_TYPE, pg.ObjectType_OBJECT_DOMAIN:
		return r.typeTargets(n)
	case pg.ObjectType_OBJECT_SCHEMA:
		var out []target
		for _, name := range names(n.Objects) {
			if !r.hasSchema(name) {
				return nil, errf("3F000", "schema %q does not exist", name)
			}
			if t, ok := r.schemaTarget(name); ok {
				out = append(out, t)
			}
		}
		return out, nil
	case pg.ObjectType_OBJECT_DATABASE:
		r.databaseGranted = r.databaseGranted || n.IsGrant
		for _, name := range names(n.Objects) {
			if err := r.database(name); err != nil {
				return nil, err
			}
		}
	case pg.ObjectType_OBJECT_LANGUAGE:
		for _, name := range names(n.Objects) {
			if !r.hasLanguage(name) {
				return nil, errf("42704", "language %q does not exist", name)
			}
		}
	case pg.ObjectType_OBJECT_PARAMETER_ACL:
		for _, name := range names(n.Objects) {
			if !r.superuser() && r.variant != platform.Postgres {
				return nil, errf("42501", "permission denied for parameter %s", name)
			}
		}
	}
	return nil, nil
}

func (r *replay) functionTargets(n *pg.GrantStmt) ([]target, *sqlError) {
	var out []target
	for _, item := range n.Objects {
		f, err := r.findFunction(item.GetObjectWithArgs(), n.Objtype)
		if err != nil && r.supports(item.GetObjectWithArgs(), err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if f != nil && f.fn != nil {
			out = append(out, r.functionTarget(f.fn))
		}
	}
	return out, nil
}

// supports reports whether a function that was not found may be one that only
// its extension calls. Migrations do not name those, but dumps grant on them.
func (r *replay) supports(o *pg.ObjectWithArgs, err *sqlError) bool {
	if err.state == "42883" && r.brought(names(o.GetObjname())) {
		return true
	}
	return err.state == "42704" && slices.ContainsFunc(o.GetObjargs(), func(a *pg.Node) bool {
		return r.brought(names(a.GetTypeName().GetNames()))
	})
}

func (r *replay) typeTargets(n *pg.GrantStmt) ([]target, *sqlError) {
	var out []target
	for _, item := range n.Objects {
		parts := names(item.GetList().GetItems())
		typ, err := r.namedType(parts)
		if err != nil && err.state == "42704" && r.brought(parts) {
			continue
		}
		if err != nil {
			return nil, err
		}
		name, ok := unprinted(typ)
		if !ok {
			continue
		}
		if _, array := elementType(typ); array {
			out = append(out, target{refused: errf("0LP01", "cannot set privileges of array types")})
			continue
		}
		t, ok := r.cat.Types.Get(name)
		if n.Objtype == pg.ObjectType_OBJECT_DOMAIN && (!ok || t.Kind != catalog.Domain) {
			out = append(out, target{refused: errf("42809", "%q is not a domain", parts[len(parts)-1])})
			continue
		}
		if target, ok := r.typeTarget(name); ok {
			out = append(out, target)
		}
	}
	return out, nil
}

// allInSchemas finds all objects of a kind in schemas.
func (r *replay) allInSchemas(kind pg.ObjectType, schemas []string) ([]target, *sqlError) {
	for _, s := range schemas {
		if !r.hasSchema(s) {
			return nil, errf("3F000", "schema %q does not exist", s)
		}
		if err := r.mayUse(s); err != nil {
			return nil, err
		}
	}
	var out []target
	in := func(n catalog.Name) bool { return slices.Contains(schemas, n.Schema) }
	relation := func(n catalog.Name) {
		if t, ok := r.relationTarget(n); ok && in(n) {
			out = append(out, t)
		}
	}
	switch kind {
	case pg.ObjectType_OBJECT_TABLE:
		for t := range r.cat.Tables.All() {
			relation(t.Name)
		}
		for v := range r.cat.Views.All() {
			relation(v.Name)
		}
	case pg.ObjectType_OBJECT_SEQUENCE:
		for s := range r.cat.Sequences.All() {
			relation(s.Name)
		}
	default:
		for o := range r.cat.Functions.All() {
			for _, f := range o.Functions {
				if in(o.Name) && (&routine{kind: f.Kind}).is(kind) {
					out = append(out, r.functionTarget(f))
				}
			}
		}
	}
	return out, nil
}
