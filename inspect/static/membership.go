package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// grantRole replays GRANT and REVOKE of roles.
func (r *replay) grantRole(n *pg.GrantRoleStmt) *sqlError {
	members, err := r.roles(n.GranteeRoles, false)
	if err != nil {
		return err
	}
	o := membershipOptions{behavior: n.Behavior}
	for _, opt := range n.Opt {
		d := opt.GetDefElem()
		// REVOKE ADMIN OPTION FOR carries false.
		on := !n.IsGrant || d.GetArg().GetBoolean().GetBoolval()
		switch d.Defname {
		case "admin":
			o.admin, o.only = on, !n.IsGrant
		case "inherit":
			o.inherit, o.inheritSet, o.only = on, true, !n.IsGrant
		case "set":
			o.noSet, o.only = !on, !n.IsGrant
		}
	}
	for _, item := range n.GrantedRoles {
		priv := item.GetAccessPriv()
		if priv.GetPrivName() == "" || len(priv.GetCols()) > 0 {
			return errf("0LP01", "column names cannot be included in GRANT/REVOKE ROLE")
		}
		group := priv.PrivName
		if !r.hasRole(group) {
			return missingRole(group)
		}
		for _, m := range members {
			var err *sqlError
			if n.IsGrant {
				err = r.addMember(group, m, o)
			} else {
				err = r.dropMember(group, m, o)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// membershipOptions are the options of a grant of a role. In a REVOKE with
// only, just the named option goes.
type membershipOptions struct {
	admin               bool
	inherit, inheritSet bool
	noSet               bool
	only                bool
	behavior            pg.DropBehavior
}

// mayGrantRole is what PostgreSQL 15 asks of who gives out a role: CREATEROLE
// is enough for any role but a superuser.
func (r *replay) mayGrantRole(group string) *sqlError {
	if r.superuser() {
		return nil
	}
	if r.cat.IsSuperuser(group) {
		return errf("42501", "must be superuser to alter superusers")
	}
	if r.mayCreateRoles() {
		return nil
	}
	for _, member := range r.cat.Groups(r.user, false) {
		if role, ok := r.cat.Roles.Get(member); ok && role.MemberOf[group].Admin {
			return nil
		}
	}
	return errf("42501", "must have admin option on role %q", group)
}

// addMember makes a role a member of a group.
func (r *replay) addMember(group, member string, o membershipOptions) *sqlError {
	if err := r.mayGrantRole(group); err != nil {
		return err
	}
	if group == databaseOwner {
		return errf("XX000", "role %q cannot have explicit members", group)
	}
	if slices.Contains(r.cat.Groups(group, false), member) {
		return errf("0LP01", "role %q is a member of role %q", group, member)
	}
	role, ok := r.cat.Roles.Edit(member)
	if !ok {
		return nil
	}
	m, had := role.MemberOf[group]
	if !had {
		m = catalog.Membership{Inherit: role.Inherit.Value, Set: true, Grantor: r.user, Origin: r.at}
	}
	m.Admin = m.Admin || o.admin
	if o.inheritSet {
		m.Inherit = o.inherit
	}
	m.Set = m.Set && !o.noSet
	if role.MemberOf == nil {
		role.MemberOf = map[string]catalog.Membership{}
	}
	role.MemberOf[group] = m
	if !had {
		r.cat.Changes = append(r.cat.Changes, catalog.Change{Object: catalog.Ref{Kind: "role", Name: group}, What: catalog.WhatGranted, Detail: member, Origin: r.at})
	}
	return nil
}

// dropMember ends a membership, or takes back its admin option. Revoking what
// was never granted is only worth a warning.
func (r *replay) dropMember(group, member string, o membershipOptions) *sqlError {
	if err := r.mayGrantRole(group); err != nil {
		return err
	}
	role, ok := r.cat.Roles.Edit(member)
	if !ok {
		return notice()
	}
	m, had := role.MemberOf[group]
	switch {
	case !had:
		return notice()
	case o.only:
		m.Admin = m.Admin && !o.admin
		m.Inherit = m.Inherit && !(o.inheritSet && o.inherit)
		role.MemberOf[group] = m
		return nil
	}
	delete(role.MemberOf, group)
	r.cat.Changes = append(r.cat.Changes, catalog.Change{Object: catalog.Ref{Kind: "role", Name: group}, What: catalog.WhatRevoked, Detail: member, Origin: r.at})
	return nil
}

// alterGroup replays ALTER GROUP … ADD USER and DROP USER.
func (r *replay) alterGroup(group string, list []*pg.Node, add bool) *sqlError {
	members, err := r.roles(list, false)
	if err != nil {
		return err
	}
	for _, m := range members {
		if add {
			err = r.addMember(group, m, membershipOptions{})
		} else {
			err = r.dropMember(group, m, membershipOptions{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
