package static

import "policylint/inspect/catalog"

// newACL is the privileges of an object that the owner creates in the schema
// ("" for a schema itself): what PostgreSQL gives by itself or, in its place,
// the owner's default privileges for any schema, and those for this schema on
// top (PostgreSQL docs: ALTER DEFAULT PRIVILEGES).
//
// Where nothing at all is left, PostgreSQL takes that for no entry, and the
// object has what it gives by itself (get_user_default_acl).
func (r *replay) newACL(kind catalog.ObjectKind, schema, owner string) catalog.ACL {
	acl := catalog.DefaultGrants(kind, owner, r.at)
	if global, ok := r.cat.Defaults.Get(catalog.DefaultKey{Role: owner, Kind: kind}); ok {
		acl = catalog.ACL{Unsure: global.Grants.Unsure}
		r.addDefaults(&acl, global)
	}
	if here, ok := r.cat.Defaults.Get(catalog.DefaultKey{Role: owner, Schema: schema, Kind: kind}); ok && schema != "" {
		acl.Unsure = acl.Unsure || here.Grants.Unsure
		r.addDefaults(&acl, here)
	}
	if len(acl.Grants()) == 0 {
		unsure := acl.Unsure
		acl = catalog.DefaultGrants(kind, owner, r.at)
		acl.Unsure = unsure
	}
	return acl
}

// addDefaults adds what an entry gives to a new object. It originates in the
// ALTER DEFAULT PRIVILEGES of the project, or in the present statement where
// the entry is the platform's.
func (r *replay) addDefaults(acl *catalog.ACL, d *catalog.DefaultPrivileges) {
	for _, g := range d.Grants.Grants() {
		g.Default = true
		if g.Origin.IsZero() || d.Platform {
			g.Origin = r.at
		}
		acl.Add(g)
	}
}
