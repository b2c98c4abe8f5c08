package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// dropOfRelation finds a policy, trigger or rule to be dropped.
func (r *replay) dropOfRelation(n *pg.DropStmt, parts []string) (*object, *sqlError) {
	name := parts[len(parts)-1]
	v := &pg.RangeVar{Relname: parts[len(parts)-2]}
	if len(parts) > 2 {
		v.Schemaname = parts[len(parts)-3]
	}
	if err := r.mayLook(v); err != nil {
		return nil, err
	}
	if _, _, ok := r.relation(v); !ok {
		if n.MissingOk {
			return nil, notice()
		}
		if r.isSystemRelation(v) {
			return nil, errf("42704", "%q for table %q does not exist", name, v.Relname)
		}
	}
	rel, err := r.open(v)
	if err != nil {
		return nil, err
	}
	kind := r.kindOf(rel)
	if kind == plainIndex || kind == compositeRecord {
		return nil, errf("42809", "%q is %s", v.Relname, withArticle(string(kind)))
	}
	t, isTable := r.cat.Tables.Get(rel.Name)
	unsure := isTable && (t.Assumed || t.Unsure.Any(catalog.Policies))
	class := aTrigger
	found := false
	var g *catalog.Trigger
	switch n.RemoveType {
	case pg.ObjectType_OBJECT_POLICY:
		class = aPolicy
		if isTable {
			_, found = t.Policy(name)
		}
	case pg.ObjectType_OBJECT_TRIGGER:
		g, found = r.findTrigger(rel.Name, name)
	default: // rules are not in the catalog
		return nil, nil
	}
	switch {
	case !found && (n.MissingOk || unsure):
		return nil, notice()
	case !found:
		return nil, errf("42704", "%s %q for table %q does not exist", class, name, v.Relname).
			about(catalog.Ref{Kind: string(class), Name: rel.Name.String() + "/" + name})
	case !r.ownsPolicies(r.relationOwner(rel)):
		return nil, errf("42501", "must be owner of %s %s", kind, v.Relname)
	case g != nil && g.Inherited:
		return nil, errf("2BP01", "cannot drop trigger %s on table %s because a trigger on its parent requires it", name, v.Relname)
	}
	return &object{class, rel.Name, name}, nil
}

// dropSchema finds a schema to be dropped.
func (r *replay) dropSchema(n *pg.DropStmt, name string) (*object, *sqlError) {
	s, ok := r.cat.Schemas.Get(name)
	switch {
	case !ok && n.MissingOk:
		return nil, notice()
	case !ok && systemSchema(name):
		return nil, errf("2BP01", "cannot drop schema %s because it is required by the database system", name)
	case !ok && r.unlisted():
		return nil, nil
	case !ok:
		return nil, errf("3F000", "schema %q does not exist", name).about(catalog.Ref{Kind: "schema", Name: name})
	case !r.owns(s.Owner):
		return nil, errf("42501", "must be owner of schema %s", name).about(s.Ref())
	}
	return &object{aSchema, catalog.Name{Name: name}, ""}, nil
}

// dropPublication finds a publication to be dropped.
func (r *replay) dropPublication(n *pg.DropStmt, name string) (*object, *sqlError) {
	p, ok := r.cat.Publications.Get(name)
	switch {
	case !ok && n.MissingOk:
		return nil, notice()
	case !ok:
		return nil, errf("42704", "publication %q does not exist", name).about(catalog.Ref{Kind: "publication", Name: name})
	case !r.owns(p.Owner):
		return nil, errf("42501", "must be owner of publication %s", name).about(p.Ref())
	}
	return &object{aPublication, catalog.Name{Name: name}, ""}, nil
}

// dropExtension finds an extension to be dropped.
func (r *replay) dropExtension(n *pg.DropStmt, name string) (*object, *sqlError) {
	if !r.cat.Extensions.Has(name) {
		if n.MissingOk {
			return nil, notice()
		}
		return nil, errf("42704", "extension %q does not exist", name).about(catalog.Ref{Kind: "extension", Name: name})
	}
	return &object{aExtension, catalog.Name{Name: name}, ""}, nil
}
