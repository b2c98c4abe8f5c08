package static

import (
	"slices"

	"policylint/inspect/catalog"
)

// renameRole replays ALTER ROLE … RENAME TO: whatever the role owns, is
// granted or is named in follows.
func (r *replay) renameRole(from, to string) *sqlError {
	role, ok := r.cat.Roles.Edit(from)
	switch {
	case !ok && !r.hasRole(from):
		return missingRole(from)
	case from == r.user || from == r.login:
		return errf("0A000", "session user cannot be renamed")
	}
	for _, name := range []string{from, to} {
		if err := reservedRole(name); err != nil {
			return err
		}
	}
	if r.hasRole(to) {
		return errf("42710", "role %q already exists", to)
	}
	if !ok {
		return nil
	}
	if role.Superuser.Is(true) && !r.superuser() {
		return errf("42501", "must be superuser to rename superusers")
	}
	if !r.mayCreateRoles() {
		return errf("42501", "permission denied to rename role")
	}
	moved := *role
	moved.Name = to
	r.cat.Roles.Delete(from)
	r.cat.Roles.Put(&moved)
	for x := range r.cat.Roles.All() {
		if m, ok := x.MemberOf[from]; ok {
			x, _ = r.cat.Roles.Edit(x.Name)
			delete(x.MemberOf, from)
			x.MemberOf[to] = m
		}
		for g, m := range x.MemberOf {
			if m.Grantor == from {
				x, _ = r.cat.Roles.Edit(x.Name)
				m.Grantor = to
				x.MemberOf[g] = m
			}
		}
	}
	r.renameOwner(from, to)
	r.renameInDefaults(from, to)
	r.change(moved.Ref(), catalog.WhatRenamed, from, to)
	return nil
}

// renameOwner follows a role's new name through owners, grants and policies.
func (r *replay) renameOwner(from, to string) {
	follow := func(owner *catalog.Fact[string], acl *catalog.ACL) {
		if owner != nil && owner.Is(from) {
			owner.Value = to
		}
		if acl != nil {
			acl.Rename(from, to)
		}
	}
	for _, s := range slices.Collect(r.cat.Schemas.All()) {
		s, _ = r.cat.Schemas.Edit(s.Name)
		follow(&s.Owner, &s.Grants)
	}
	for _, t := range slices.Collect(r.cat.Tables.All()) {
		t, _ = r.cat.Tables.Edit(t.Name)
		follow(&t.Owner, &t.Grants)
		for _, c := range t.Columns {
			follow(nil, &c.Grants)
		}
		for p := range t.Policies() {
			if i := slices.Index(p.Roles, from); i >= 0 {
				p.Roles = slices.Clone(p.Roles)
				p.Roles[i] = to
				slices.Sort(p.Roles)
			}
		}
	}
	for _, v := range slices.Collect(r.cat.Views.All()) {
		v, _ = r.cat.Views.Edit(v.Name)
		follow(&v.Owner, &v.Grants)
		for i := range v.Columns {
			follow(nil, &v.Columns[i].Grants)
		}
	}
	for _, s := range slices.Collect(r.cat.Sequences.All()) {
		s, _ = r.cat.Sequences.Edit(s.Name)
		follow(&s.Owner, &s.Grants)
	}
	for _, o := range slices.Collect(r.cat.Functions.All()) {
		o, _ = r.cat.Functions.Edit(o.Name)
		for _, f := range o.Functions {
			follow(&f.Owner, &f.Grants)
		}
	}
	for _, t := range slices.Collect(r.cat.Types.All()) {
		t, _ = r.cat.Types.Edit(t.Name)
		follow(&t.Owner, &t.Grants)
	}
	for _, p := range slices.Collect(r.cat.Publications.All()) {
		p, _ = r.cat.Publications.Edit(p.Name)
		follow(&p.Owner, nil)
	}
}

// renameInDefaults follows a role's new name through default privileges and
// settings, which are kept by role.
func (r *replay) renameInDefaults(from, to string) {
	for _, d := range slices.Collect(r.cat.Defaults.All()) {
		d, _ = r.cat.Defaults.Edit(d.Key)
		d.Grants.Rename(from, to)
		if d.Key.Role == from {
			moved := *d
			r.cat.Defaults.Delete(d.Key)
			moved.Key.Role = to
			r.cat.Defaults.Put(&moved)
		}
	}
	for _, s := range slices.Collect(r.cat.Settings.All()) {
		if s.Key.Role == from {
			moved := *s
			r.cat.Settings.Delete(s.Key)
			moved.Key.Role = to
			r.cat.Settings.Put(&moved)
		}
	}
}
