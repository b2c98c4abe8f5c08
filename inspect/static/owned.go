package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
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
		owner, acl := h.edit()
		acl.Rename(owner.Value, to)
		*owner = catalog.Of(to, r.at)
	}
	for _, name := range r.publicationsOf(from) {
		p, _ := r.cat.Publications.Edit(name)
		p.Owner = catalog.Of(to, r.at)
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
	r.revokeFrom(roles)
	for _, h := range r.holdings() {
		if !h.owner.Known || !slices.Contains(roles, h.owner.Value) {
			continue
		}
		if err := r.drop(&pg.DropStmt{Objects: []*pg.Node{h.dropName()}, RemoveType: h.kind, Behavior: n.Behavior, MissingOk: true}); err != nil {
			return err
		}
	}
	for _, name := range r.publicationsOf(roles) {
		if err := r.drop(&pg.DropStmt{Objects: []*pg.Node{stringNode(name)}, RemoveType: pg.ObjectType_OBJECT_PUBLICATION, MissingOk: true}); err != nil {
			return err
		}
	}
	return nil
}

// revokeFrom takes out all privileges, default privileges and policies of
// roles.
func (r *replay) revokeFrom(roles []string) {
	for _, h := range r.holdings() {
		if h.owner.Known && slices.Contains(roles, h.owner.Value) {
			continue
		}
		if slices.ContainsFunc(roles, func(role string) bool { return mentions(h.acl, role) }) {
			_, acl := h.edit()
			acl.Remove(func(g catalog.Grant) bool {
				return slices.Contains(roles, g.Grantee) || slices.Contains(roles, g.Grantor)
			})
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
		d, _ := r.cat.Defaults.Edit(k)
		d.Grants.Remove(func(g catalog.Grant) bool { return slices.Contains(roles, g.Grantee) })
	}
	r.dropRolesOfPolicies(roles)
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
