package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// mayActFor is the refusal to handle what another role owns.
func (r *replay) mayActFor(roles []string) *sqlError {
	for _, role := range roles {
		if !r.has(role) {
			return errf("42501", "permission denied to drop objects")
		}
	}
	return nil
}

// reassignOwned replays REASSIGN OWNED.
func (r *replay) reassignOwned(n *pg.ReassignOwnedStmt) *sqlError {
	from, err := r.roles(n.Roles, false)
	if err != nil {
		return err
	}
	if err := r.mayActFor(from); err != nil {
		return errf("42501", "permission denied to reassign objects")
	}
	to, err := r.role(n.Newrole)
	if err != nil {
		return err
	}
	if !r.has(to) {
		return errf("42501", "permission denied to reassign objects")
	}
	for _, h := range r.holdings() {
		if !h.owner.Known || !slices.Contains(from, h.owner.Value) {
			continue
		}
		switch {
		case h.kind == pg.ObjectType_OBJECT_SCHEMA && !h.column:
			if err := r.ownSchema(h.name[0], to); err != nil {
				return err
			}
			continue
		case h.fn != nil && !slices.Contains(from, platform.Migrator): // with whom the database goes
			if err := r.mayGive(h.owner, to, "function", h.fn.Name.Name, h.fn.Name.Schema); err != nil {
				return err
			}
		}
		owner, acl := h.edit()
		acl.Rename(h.owner.Value, to)
		if owner != nil {
			*owner = catalog.Of(to, r.at)
		}
	}
	for _, name := range r.publicationsOf(from) {
		if err := r.ownPublication(name, to); err != nil {
			return err
		}
	}
	return nil
}

func (r *replay) publicationsOf(roles []string) []string {
	var out []string
	for p := range r.cat.Publications.All() {
		if p.Owner.Known && slices.Contains(roles, p.Owner.Value) {
			out = append(out, p.Name)
		}
	}
	return out
}

// dropOwned replays DROP OWNED: what the roles own goes, and so does what was
// granted to them.
func (r *replay) dropOwned(n *pg.DropOwnedStmt) *sqlError {
	roles, err := r.roles(n.Roles, false)
	if err != nil {
		return err
	}
	if err := r.mayActFor(roles); err != nil {
		return err
	}
	if err := r.revokeFrom(roles); err != nil {
		return err
	}
	// All go at once: what they owe to one another stands in nobody's way.
	var roots []object
	add := func(kind pg.ObjectType, name *pg.Node) *sqlError {
		found, err := r.dropTarget(&pg.DropStmt{RemoveType: kind, MissingOk: true}, name)
		if found != nil {
			roots = append(roots, *found)
		}
		return err
	}
	for _, h := range r.holdings() {
		if h.column || !h.owner.Known || !slices.Contains(roles, h.owner.Value) || r.ofIdentity(h) {
			continue
		}
		if err := add(h.kind, h.dropName()); err != nil {
			return err
		}
	}
	for _, name := range r.publicationsOf(roles) {
		if err := add(pg.ObjectType_OBJECT_PUBLICATION, stringNode(name)); err != nil {
			return err
		}
	}
	if len(roots) == 0 {
		return nil
	}
	return r.remove(roots, n.Behavior == pg.DropBehavior_DROP_CASCADE)
}

// ofIdentity reports whether it is the sequence of an identity column, which
// goes with the column.
func (r *replay) ofIdentity(h holding) bool {
	if h.kind != pg.ObjectType_OBJECT_SEQUENCE {
		return false
	}
	s, ok := r.cat.Sequences.Get(catalog.Name{Schema: h.name[0], Name: h.name[1]})
	return ok && s.Identity
}

// revokeFrom takes out all privileges, default privileges and policies of
// roles.
func (r *replay) revokeFrom(roles []string) *sqlError {
	for _, h := range r.holdings() {
		if h.owner.Known && slices.Contains(roles, h.owner.Value) {
			continue
		}
		for _, role := range roles {
			if !mentions(h.acl, role) {
				continue
			}
			if err := r.revokeAll(h, role); err != nil {
				return err
			}
		}
	}
	var keys []catalog.DefaultKey
	for d := range r.cat.Defaults.All() {
		keys = append(keys, d.Key)
	}
	for _, k := range keys {
		if slices.Contains(roles, k.Role) {
			r.cat.Defaults.Delete(k)
			continue
		}
		d, _ := r.cat.Defaults.Get(k)
		for _, role := range roles {
			if !mentions(&d.Grants, role) {
				continue
			}
			if err := r.mergeDefaults(k, asked{all: true, cascade: true, grantees: []string{role}}); err != nil {
				return err
			}
		}
	}
	r.dropRolesOfPolicies(roles)
	return nil
}

// revokeAll is REVOKE ALL … FROM role CASCADE, by the session's own right.
func (r *replay) revokeAll(h holding, role string) *sqlError {
	_, acl := h.edit()
	kind := catalog.ObjectKind(h.ref.Kind)
	switch kind {
	case catalog.OnFunctions, catalog.OnSchemas, catalog.OnTypes, catalog.OnSequences:
	default:
		kind = catalog.OnTables
	}
	need := catalog.AllPrivileges(kind)
	if h.column {
		need = catalog.ColumnPrivileges()
	}
	return r.mergeGrants(h.ref, acl, r.ownerName(h.owner), need, asked{cascade: true, grantees: []string{role}})
}

// dropRolesOfPolicies takes roles out of policies; a policy that was for them
// alone goes.
func (r *replay) dropRolesOfPolicies(roles []string) {
	var tables []catalog.Name
	for t := range r.cat.Tables.All() {
		if t.HasPolicies() {
			tables = append(tables, t.Name)
		}
	}
	for _, n := range tables {
		t, _ := r.cat.Tables.Edit(n)
		for _, p := range slices.Collect(t.Policies()) {
			left := slices.DeleteFunc(slices.Clone(p.Roles), func(role string) bool { return slices.Contains(roles, role) })
			switch {
			case len(left) == len(p.Roles):
			case len(left) == 0:
				t.DeletePolicy(p.Name)
				r.forget(policyObject(p))
				r.change(p.Ref(), catalog.WhatDropped, "", "")
			default:
				q := *p
				q.Roles, q.RolesAt = left, r.at
				t.PutPolicy(&q)
			}
		}
	}
}

// dropName is the name of an object as DROP takes it.
func (h holding) dropName() *pg.Node {
	var list []*pg.Node
	for _, s := range h.name {
		list = append(list, stringNode(s))
	}
	switch {
	case h.kind == pg.ObjectType_OBJECT_SCHEMA:
		return list[0]
	case h.fn != nil:
		o := &pg.ObjectWithArgs{Objname: list}
		for _, a := range inputs(h.fn) {
			if t := typeNode(a.Type); t != nil {
				o.Objargs = append(o.Objargs, t)
			}
		}
		return &pg.Node{Node: &pg.Node_ObjectWithArgs{ObjectWithArgs: o}}
	case h.kind == pg.ObjectType_OBJECT_TYPE:
		return &pg.Node{Node: &pg.Node_TypeName{TypeName: &pg.TypeName{Names: list}}}
	}
	return &pg.Node{Node: &pg.Node_List{List: &pg.List{Items: list}}}
}

func stringNode(s string) *pg.Node {
	return &pg.Node{Node: &pg.Node_String_{String_: &pg.String{Sval: s}}}
}

// typeNode parses the printed name of a type.
func typeNode(printed string) *pg.Node {
	tree, err := pg.Parse("select null::" + printed)
	if err != nil || len(tree.Stmts) != 1 {
		return nil
	}
	targets := tree.Stmts[0].Stmt.GetSelectStmt().GetTargetList()
	if len(targets) != 1 {
		return nil
	}
	return &pg.Node{Node: &pg.Node_TypeName{TypeName: targets[0].GetResTarget().GetVal().GetTypeCast().GetTypeName()}}
}
