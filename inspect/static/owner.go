package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// alterOwner replays ALTER … OWNER TO for everything but relations, which
// ALTER TABLE is for.
func (r *replay) alterOwner(n *pg.AlterOwnerStmt) *sqlError {
	to, err := r.role(n.Newowner)
	if err != nil {
		return err
	}
	switch n.ObjectType {
	case pg.ObjectType_OBJECT_FUNCTION, pg.ObjectType_OBJECT_PROCEDURE, pg.ObjectType_OBJECT_ROUTINE, pg.ObjectType_OBJECT_AGGREGATE:
		return r.ownFunction(n, to)
	case pg.ObjectType_OBJECT_TYPE, pg.ObjectType_OBJECT_DOMAIN:
		return r.ownType(n, to)
	case pg.ObjectType_OBJECT_SCHEMA:
		return r.ownSchema(n.Object.GetString_().GetSval(), to)
	case pg.ObjectType_OBJECT_PUBLICATION:
		return r.ownPublication(n.Object.GetString_().GetSval(), to)
	case pg.ObjectType_OBJECT_EVENT_TRIGGER:
		name := n.Object.GetString_().GetSval()
		if to == platform.Admin && r.platformEvent(name) {
			return nil
		}
		if _, err := r.ownEventTrigger(name); err != nil {
			return err
		}
		// Superusers own them all, but for the migrator's.
		if to != r.user && !r.cat.IsSuperuser(to) {
			return errf("42501", "permission denied to change owner of event trigger %q", name)
		}
	}
	return nil
}

// mayGive is the refusal to give something away: the giver must own it and be
// a member of the new owner, who needs CREATE on the schema, "" for none.
func (r *replay) mayGive(owner catalog.Fact[string], to, kind, name, schema string) *sqlError {
	if r.superuser() || owner.Is(to) {
		return nil
	}
	if err := r.mustOwn(owner, kind, name); err != nil {
		return err
	}
	if !slices.Contains(r.cat.Groups(r.user, false), to) && !(to == databaseOwner && r.has(platform.Migrator)) {
		return errf("42501", "must be member of role %q", to)
	}
	if s, ok := r.cat.Schemas.Get(schema); ok && !r.roleMay(to, &s.Grants, catalog.Create) && s.Unsure == 0 {
		return errf("42501", "permission denied for schema %s", schema).about(s.Ref())
	}
	return nil
}

// roleMay reports whether a role has a privilege by the list.
func (r *replay) roleMay(role string, acl *catalog.ACL, p catalog.Privilege) bool {
	if acl.Unsure || r.cat.IsSuperuser(role) {
		return true
	}
	roles := append(r.cat.Groups(role, true), catalog.Public)
	if slices.Contains(roles, platform.Migrator) {
		roles = append(roles, databaseOwner)
	}
	return slices.ContainsFunc(roles, func(x string) bool { _, ok := acl.Find(x, p); return ok })
}

// give puts the new owner in the place of the old one, as grantee and grantor
// too.
func (r *replay) give(owner *catalog.Fact[string], acl *catalog.ACL, to string) {
	if owner.Known && owner.Value != to {
		acl.Rename(owner.Value, to)
	}
	*owner = catalog.Of(to, r.at)
}

func (r *replay) ownFunction(n *pg.AlterOwnerStmt, to string) *sqlError {
	f, err := r.findFunction(n.Object.GetObjectWithArgs(), n.ObjectType)
	if err != nil || f == nil {
		return err
	}
	word := routineWord(n.ObjectType)
	if f.fn == nil {
		return r.mustOwn(catalog.Of("", r.at), word, f.name.Name)
	}
	if err := r.mayGive(f.fn.Owner, to, word, f.name.Name, f.name.Schema); err != nil {
		return err
	}
	if fn, ok := r.cat.EditFunction(f.name, f.fn.Signature()); ok {
		r.give(&fn.Owner, &fn.Grants, to)
	}
	return nil
}

func (r *replay) ownType(n *pg.AlterOwnerStmt, to string) *sqlError {
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
	switch {
	case !listed && r.unlisted():
		return nil
	case n.ObjectType == pg.ObjectType_OBJECT_DOMAIN && (!listed || t.Kind != catalog.Domain):
		return errf("42809", "%s is not a domain", written(parts))
	case !ok:
		return r.mustOwn(catalog.Of("", r.at), "type", written(parts))
	case !listed:
		return errf("42809", "%s is a table's row type", name.Name)
	}
	if err := r.mayGive(t.Owner, to, "type", name.Name, name.Schema); err != nil {
		return err
	}
	t, _ = r.cat.Types.Edit(name)
	r.give(&t.Owner, &t.Grants, to)
	return nil
}

func (r *replay) ownSchema(name, to string) *sqlError {
	s, ok := r.cat.Schemas.Get(name)
	if !ok {
		if systemSchema(name) {
			return r.mustOwn(catalog.Of("", r.at), "schema", name)
		}
		if r.unlisted() {
			return nil
		}
		return errf("3F000", "schema %q does not exist", name)
	}
	if err := r.mayGive(s.Owner, to, "schema", name, ""); err != nil {
		return err
	}
	if !s.Owner.Is(to) && !r.has(platform.Migrator) {
		return errf("42501", "permission denied for database postgres")
	}
	s, _ = r.cat.Schemas.Edit(name)
	r.give(&s.Owner, &s.Grants, to)
	return nil
}

func (r *replay) ownPublication(name, to string) *sqlError {
	p, ok := r.cat.Publications.Get(name)
	if !ok {
		return errf("42704", "publication %q does not exist", name).about(catalog.Ref{Kind: "publication", Name: name})
	}
	if p.Owner.Is(to) {
		return nil
	}
	if err := r.mayGive(p.Owner, to, "publication", name, ""); err != nil {
		return err
	}
	super := r.cat.IsSuperuser(to)
	switch {
	case r.superuser():
	case !super && !slices.Contains(r.cat.Groups(to, true), platform.Migrator):
		return errf("42501", "permission denied for database postgres")
	case p.AllTables.Is(true) && !super, len(p.Schemas) > 0 && !super:
		return errf("42501", "permission denied to change owner of publication %q", name)
	}
	p, _ = r.cat.Publications.Edit(name)
	p.Owner = catalog.Of(to, r.at)
	return nil
}
