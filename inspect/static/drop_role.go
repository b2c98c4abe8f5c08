package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// dropRole replays DROP ROLE, USER and GROUP. Roles that own something, or are
// named by a privilege or a policy, stay.
func (r *replay) dropRole(n *pg.DropRoleStmt) *sqlError {
	if !r.mayCreateRoles() {
		return errf("42501", "permission denied to drop role")
	}
	for _, item := range n.Roles {
		spec := item.GetRoleSpec()
		name, err := r.role(spec)
		if err != nil {
			if n.MissingOk && err.state == "42704" {
				continue
			}
			return err
		}
		switch {
		case name == r.user:
			return errf("55006", "current user cannot be dropped")
		case name == r.login:
			return errf("55006", "session user cannot be dropped")
		case r.cat.IsSuperuser(name) && !r.superuser():
			return errf("42501", "must be superuser to drop superusers")
		case r.roleInUse(name):
			return errf("2BP01", "role %q cannot be dropped because some objects depend on it", name).about(catalog.Ref{Kind: "role", Name: name})
		case !r.cat.Roles.Has(name):
			return errf("2BP01", "cannot drop role %s because it is required by the database system", name)
		}
		r.forgetRole(name)
	}
	return nil
}

// forgetRole removes a role, its memberships and its settings.
func (r *replay) forgetRole(name string) {
	role, _ := r.cat.Roles.Get(name)
	ref := role.Ref()
	r.cat.Roles.Delete(name)
	var members []string
	for m := range r.cat.Roles.All() {
		if _, ok := m.MemberOf[name]; ok {
			members = append(members, m.Name)
		}
	}
	for _, m := range members {
		role, _ := r.cat.Roles.Edit(m)
		delete(role.MemberOf, name)
	}
	var settings []catalog.SettingKey
	for s := range r.cat.Settings.All() {
		if s.Key.Role == name {
			settings = append(settings, s.Key)
		}
	}
	for _, k := range settings {
		r.cat.Settings.Delete(k)
	}
	r.change(ref, catalog.WhatDropped, "", "")
}

// roleInUse reports whether anything refers to the role.
func (r *replay) roleInUse(name string) bool {
	used := false
	for _, h := range r.holdings() {
		used = used || h.owner.Is(name) || mentions(h.acl, name)
	}
	for d := range r.cat.Defaults.All() {
		used = used || d.Key.Role == name || mentions(&d.Grants, name)
	}
	for p := range r.cat.Publications.All() {
		used = used || p.Owner.Is(name)
	}
	for t := range r.cat.Tables.All() {
		for p := range t.Policies() {
			used = used || slices.Contains(p.Roles, name)
		}
	}
	return used
}

// mentions reports whether a list has the role on either side.
func mentions(acl *catalog.ACL, role string) bool {
	return slices.ContainsFunc(acl.Grants(), func(g catalog.Grant) bool { return g.Grantee == role || g.Grantor == role })
}
