package static

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// takeBack revokes one privilege from one grantee, as given by grantor, and
// what the grantee gave on with it: that needs CASCADE.
func (r *replay) takeBack(acl *catalog.ACL, owner, grantee string, p catalog.Privilege, grantor string, a asked) (bool, *sqlError) {
	had := slices.ContainsFunc(acl.Grants(), func(g catalog.Grant) bool {
		return g.Grantee == grantee && g.Privilege == p && g.Grantor == grantor && g.Option
	})
	took := acl.Revoke(grantee, p, grantor, a.option)
	if !had || grantee == owner || mayGrant(acl, grantee, p) {
		return took, nil
	}
	for _, g := range acl.Grants() {
		if g.Grantor != grantee || g.Privilege != p {
			continue
		}
		if !a.cascade {
			return took, errf("2BP01", "dependent privileges exist")
		}
		if _, err := r.takeBack(acl, owner, g.Grantee, p, grantee, asked{cascade: true}); err != nil {
			return took, err
		}
	}
	return took, nil
}

// circular reports whether the grantor's own grant option would go if the
// grantee's went: then it may not be given to that role.
func (r *replay) circular(acl *catalog.ACL, owner, grantee, grantor string, privileges []catalog.Privilege) bool {
	trial := catalog.ACL{}
	for _, g := range acl.Grants() {
		trial.Add(g)
	}
	for _, g := range acl.Grants() {
		if g.Grantee == grantee && g.Option && slices.Contains(privileges, g.Privilege) {
			if _, err := r.takeBack(&trial, owner, grantee, g.Privilege, g.Grantor, asked{cascade: true}); err != nil {
				return false
			}
		}
	}
	groups := r.cat.Groups(grantor, true)
	if slices.Contains(groups, owner) || owner == databaseOwner && slices.Contains(groups, platform.Migrator) {
		return false // who acts as the owner has all grant options
	}
	return slices.ContainsFunc(privileges, func(p catalog.Privilege) bool {
		return !slices.ContainsFunc(groups, func(role string) bool { return mayGrant(&trial, role, p) })
	})
}
