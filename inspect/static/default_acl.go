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
	key := aclKey{kind, schema, owner, r.cat.Defaults.Version()}
	acl, ok := r.acls[key]
	if !ok {
		acl = r.defaultACL(kind, schema, owner)
		if r.acls == nil {
			r.acls = map[aclKey]catalog.ACL{}
		}
		r.acls[key] = acl
	}
	return acl.At(r.at)
}

// An aclKey is what the privileges of a new object hang on: the version of all
// default privileges too.
type aclKey struct {
	kind          catalog.ObjectKind
	schema, owner string
	version       int
}

// defaultACL is newACL without the origin of what the present statement gives.
func (r *replay) defaultACL(kind catalog.ObjectKind, schema, owner string) catalog.ACL {
	acl := catalog.DefaultGrants(kind, owner, catalog.Origin{})
	if r.noDefaults {
		return acl
	}
	if global, ok := r.cat.Defaults.Get(catalog.DefaultKey{Role: owner, Kind: kind}); ok {
		acl = catalog.ACL{Unsure: global.Grants.Unsure}
		addDefaults(&acl, global)
	}
	if here, ok := r.cat.Defaults.Get(catalog.DefaultKey{Role: owner, Schema: schema, Kind: kind}); ok && schema != "" {
		acl.Unsure = acl.Unsure || here.Grants.Unsure
		addDefaults(&acl, here)
	}
	if acl.Empty() {
		unsure := acl.Unsure
		acl = catalog.DefaultGrants(kind, owner, catalog.Origin{})
		acl.Unsure = unsure
	}
	return acl
}

// addDefaults adds what an entry gives to a new object. It originates in the
// ALTER DEFAULT PRIVILEGES of the project, or in the present statement where
// the entry is the platform's.
func addDefaults(acl *catalog.ACL, d *catalog.DefaultPrivileges) {
	for _, g := range d.Grants.Grants() {
		g.Default = true
		if d.Platform {
			g.Origin = catalog.Origin{}
		}
		acl.Add(g)
	}
}
