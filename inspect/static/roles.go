package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// createRole replays CREATE ROLE, CREATE USER and CREATE GROUP.
func (r *replay) createRole(n *pg.CreateRoleStmt) *sqlError {
	role := &catalog.Role{
		Name:        n.Role,
		Superuser:   catalog.Of(false, r.at),
		BypassRLS:   catalog.Of(false, r.at),
		Inherit:     catalog.Of(true, r.at),
		Login:       catalog.Of(n.StmtType == pg.RoleStmtType_ROLESTMT_USER, r.at),
		CreateRole:  catalog.Of(false, r.at),
		CreateDB:    catalog.Of(false, r.at),
		Replication: catalog.Of(false, r.at),
		Origin:      r.at,
		Platform:    r.platform,
	}
	if err := r.roleOptions(role, n.Options); err != nil {
		return err
	}
	if err := r.mayCreateRole(role); err != nil {
		return err
	}
	if err := reservedRole(n.Role); err != nil {
		return err
	}
	if r.hasRole(n.Role) {
		return errf("42710", "role %q already exists", n.Role).about(role.Ref())
	}
	r.cat.Roles.Put(role)
	r.change(role.Ref(), catalog.WhatCreated, "", "")
	return r.newMemberships(n.Role, n.Options)
}

// newMemberships replays the IN ROLE, ROLE and ADMIN clauses of CREATE ROLE.
func (r *replay) newMemberships(role string, options []*pg.Node) *sqlError {
	for _, o := range options {
		d := o.GetDefElem()
		list := d.GetArg().GetList().GetItems()
		switch d.Defname {
		case "addroleto":
			for _, item := range list {
				group, err := r.role(item.GetRoleSpec())
				if err != nil {
					return err
				}
				if err := r.addMember(group, role, membershipOptions{}); err != nil {
					return err
				}
			}
		case "rolemembers", "adminmembers":
			members, err := r.roles(list, false)
			if err != nil {
				return err
			}
			for _, m := range members {
				if err := r.addMember(role, m, membershipOptions{admin: d.Defname == "adminmembers"}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// roleOptions sets the attributes that the options name.
func (r *replay) roleOptions(role *catalog.Role, options []*pg.Node) *sqlError {
	seen := map[string]bool{}
	for _, o := range options {
		d := o.GetDefElem()
		if seen[d.Defname] {
			return errf("42601", "conflicting or redundant options")
		}
		seen[d.Defname] = true
		on := catalog.Of(d.GetArg().GetBoolean().GetBoolval(), r.at)
		switch d.Defname {
		case "superuser":
			role.Superuser = on
		case "bypassrls":
			role.BypassRLS = on
		case "inherit":
			role.Inherit = on
		case "canlogin":
			role.Login = on
		case "createrole":
			role.CreateRole = on
		case "createdb":
			role.CreateDB = on
		case "isreplication":
			role.Replication = on
		}
	}
	return nil
}

// mayCreateRoles reports whether the session may create and change roles.
func (r *replay) mayCreateRoles() bool {
	user, ok := r.cat.Roles.Get(r.user)
	return r.superuser() || ok && (user.CreateRole.Value || !user.CreateRole.Known)
}

// alterRole replays ALTER ROLE with attributes, and ALTER GROUP … ADD and DROP
// USER.
func (r *replay) alterRole(n *pg.AlterRoleStmt) *sqlError {
	name, err := r.role(n.Role)
	if err != nil {
		return err
	}
	if list, ok := roleOption(n.Options, "rolemembers"); ok {
		return r.alterGroup(name, list.GetArg().GetList().GetItems(), n.Action > 0)
	}
	if err := r.mayAlterRole(name, n.Options); err != nil {
		return err
	}
	role, ok := r.cat.Roles.Edit(name)
	if !ok { // a predefined one that the catalog does not list
		return nil
	}
	if err := r.roleOptions(role, n.Options); err != nil {
		return err
	}
	if _, set := roleOption(n.Options, "inherit"); set {
		// Until PostgreSQL 16 the member's attribute alone decides.
		for group, m := range role.MemberOf {
			m.Inherit = role.Inherit.Value
			role.MemberOf[group] = m
		}
	}
	return nil
}

func roleOption(options []*pg.Node, name string) (*pg.DefElem, bool) {
	for _, o := range options {
		if d := o.GetDefElem(); d.GetDefname() == name {
			return d, true
		}
	}
	return nil, false
}
