package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// alterDefaultPrivileges replays ALTER DEFAULT PRIVILEGES.
func (r *replay) alterDefaultPrivileges(n *pg.AlterDefaultPrivilegesStmt) *sqlError {
	roles, schemas := []string{r.user}, []string(nil)
	for _, o := range n.Options {
		d := o.GetDefElem()
		items := d.GetArg().GetList().GetItems()
		switch d.Defname {
		case "roles":
			var err *sqlError
			if roles, err = r.roles(items, false); err != nil {
				return err
			}
		case "schemas":
			schemas = names(items)
		}
	}
	word, kind := defaultWord(n.Action.GetObjtype())
	if kind == "" {
		return nil
	}
	a, err := r.ask(n.Action, word, kind)
	if err != nil {
		return err
	}
	for _, role := range roles {
		if !r.superuser() && !slices.Contains(append(r.cat.Groups(r.user, false), r.actsAs()...), role) {
			return errf("42501", "must be member of role %q", role)
		}
	}
	for _, s := range schemas {
		switch {
		case !r.hasSchema(s):
			return errf("3F000", "schema %q does not exist", s)
		case kind == catalog.OnSchemas:
			return errf("0LP01", "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS")
		}
	}
	if len(schemas) == 0 {
		schemas = []string{""}
	}
	for _, role := range roles {
		for _, schema := range schemas {
			if err := r.mergeDefaults(catalog.DefaultKey{Role: role, Schema: schema, Kind: kind}, a); err != nil {
				return err
			}
		}
	}
	return nil
}

func defaultWord(t pg.ObjectType) (string, catalog.ObjectKind) {
	switch t {
	case pg.ObjectType_OBJECT_TABLE:
		return "relation", catalog.OnTables
	case pg.ObjectType_OBJECT_SEQUENCE:
		return "sequence", catalog.OnSequences
	case pg.ObjectType_OBJECT_FUNCTION:
		return "function", catalog.OnFunctions
	case pg.ObjectType_OBJECT_TYPE:
		return "type", catalog.OnTypes
	case pg.ObjectType_OBJECT_SCHEMA:
		return "schema", catalog.OnSchemas
	}
	return "", ""
}

// mergeDefaults changes one entry. An entry without a schema begins with what
// PostgreSQL gives by itself, one with a schema empty; one that ends up as it
// would begin is no entry at all.
func (r *replay) mergeDefaults(key catalog.DefaultKey, a asked) *sqlError {
	start := catalog.ACL{}
	if key.Schema == "" {
		start = catalog.DefaultGrants(key.Kind, key.Role, r.at)
	}
	d, had := r.cat.Defaults.Edit(key)
	if !had {
		d = &catalog.DefaultPrivileges{Key: key, Platform: r.platform}
		for _, g := range start.Grants() {
			d.Grants.Add(g)
		}
	}
	d.Origin = r.at
	d.Platform = d.Platform && r.platform
	need := a.whole
	if a.all {
		need = catalog.AllPrivileges(key.Kind)
	}
	if err := r.mergeAs(&d.Grants, key.Role, key.Role, need, a); err != nil {
		return err
	}
	switch same := sameGrants(start, d.Grants); {
	case same && had:
		r.cat.Defaults.Delete(key)
	case !same && !had:
		r.cat.Defaults.Put(d)
	}
	return nil
}

// mergeAs changes a list in the name of a grantor.
func (r *replay) mergeAs(acl *catalog.ACL, owner, grantor string, privileges []catalog.Privilege, a asked) *sqlError {
	for _, grantee := range a.grantees {
		if err := a.publicOption(grantee); err != nil {
			return err
		}
		for _, p := range privileges {
			if a.grant {
				acl.Add(catalog.Grant{Grantee: grantee, Privilege: p, Option: a.option, Grantor: grantor, Origin: r.at})
			} else if _, err := r.takeBack(acl, owner, grantee, p, grantor, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// sameGrants reports whether two lists give the same.
func sameGrants(x, y catalog.ACL) bool {
	return slices.EqualFunc(x.Grants(), y.Grants(), func(a, b catalog.Grant) bool {
		return a.Grantee == b.Grantee && a.Privilege == b.Privilege && a.Option == b.Option && a.Grantor == b.Grantor
	})
}
