package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// createPolicy replays CREATE POLICY.
func (r *replay) createPolicy(n *pg.CreatePolicyStmt) *sqlError {
	p := &catalog.Policy{
		Name: n.PolicyName, Command: catalog.Command(n.CmdName), Permissive: n.Permissive,
		Origin: r.at, UsingAt: r.at, CheckAt: r.at, RolesAt: r.at, Platform: r.platform,
	}
	switch {
	case n.WithCheck != nil && (p.Command == catalog.ForSelect || p.Command == catalog.ForDelete):
		return errf("42601", "WITH CHECK cannot be applied to SELECT or DELETE")
	case n.Qual != nil && p.Command == catalog.ForInsert:
		return errf("42601", "only WITH CHECK expression allowed for INSERT")
	}
	var err *sqlError
	if p.Roles, err = r.policyRoles(n.Roles); err != nil {
		return err
	}
	t, err := r.policyTable(n.Table)
	if err != nil {
		return err
	}
	p.Table = t.Name
	using, err := r.rowExpr(n.Qual, inPolicy, "POLICY", t.Name)
	if err != nil {
		return err.about(p.Ref())
	}
	check, err := r.rowExpr(n.WithCheck, inPolicy, "POLICY", t.Name)
	if err != nil {
		return err.about(p.Ref())
	}
	if _, exists := t.Policy(p.Name); exists {
		return errf("42710", "policy %q for table %q already exists", p.Name, n.Table.Relname).about(p.Ref())
	}
	p.Using = expr.NewIn(n.Qual, r.exprScope(t.Name))
	p.Check = expr.NewIn(n.WithCheck, r.exprScope(t.Name))
	t, _ = r.cat.EditTable(t.Name)
	t.PutPolicy(p)
	r.depend(policyObject(p), union(using, check))
	r.change(p.Ref(), catalog.WhatCreated, "", "")
	return nil
}

func policyObject(p *catalog.Policy) object {
	return object{class: aPolicy, name: p.Table, sub: p.Name}
}

// union joins lists of objects.
func union(lists ...[]object) []object {
	all := slices.Concat(lists...)
	slices.SortFunc(all, compareObjects)
	return slices.Compact(all)
}

// policyRoles is the roles that a policy is for, sorted. With PUBLIC among
// them the others are ignored.
func (r *replay) policyRoles(list []*pg.Node) ([]string, *sqlError) {
	for i, n := range list { // what stands behind PUBLIC is not looked at
		if n.GetRoleSpec().GetRoletype() == pg.RoleSpecType_ROLESPEC_PUBLIC {
			list = list[:i+1]
			break
		}
	}
	roles, err := r.roles(list, true)
	if err != nil {
		return nil, err
	}
	if len(roles) == 0 || slices.Contains(roles, catalog.Public) {
		return []string{catalog.Public}, nil
	}
	slices.Sort(roles)
	return slices.Compact(roles), nil
}

// policyTable finds the table of a policy.
func (r *replay) policyTable(v *pg.RangeVar) (*catalog.Table, *sqlError) {
	if r.isSystemRelation(v) {
		return nil, errf("42501", "must be owner of table %s", v.Relname)
	}
	rel, err := r.open(v)
	if err != nil {
		return nil, err
	}
	t, ok := r.cat.Tables.Get(rel.Name)
	if ok && !r.ownsPolicies(t.Owner) {
		return nil, errf("42501", "must be owner of table %s", v.Relname).about(t.Ref())
	}
	if other, found := r.relationTarget(rel.Name); found && !ok && !r.has(other.owner) {
		return nil, errf("42501", "must be owner of %s %s", other.word, v.Relname)
	}
	if !ok || t.Kind == catalog.Foreign {
		return nil, errf("42809", "%q is not a table", v.Relname)
	}
	return t, nil
}

// alterPolicy replays ALTER POLICY with roles and expressions.
func (r *replay) alterPolicy(n *pg.AlterPolicyStmt) *sqlError {
	roles, err := r.policyRoles(n.Roles)
	if err != nil {
		return err
	}
	t, err := r.policyTable(n.Table)
	if err != nil {
		return err
	}
	using, err := r.rowExpr(n.Qual, inPolicy, "POLICY", t.Name)
	if err != nil {
		return err
	}
	check, err := r.rowExpr(n.WithCheck, inPolicy, "POLICY", t.Name)
	if err != nil {
		return err
	}
	t, _ = r.cat.Tables.Edit(t.Name)
	p, ok := t.Policy(n.PolicyName)
	if !ok {
		return r.missingPolicy(t, n)
	}
	switch {
	case n.WithCheck != nil && (p.Command == catalog.ForSelect || p.Command == catalog.ForDelete):
		return errf("42601", "only USING expression allowed for SELECT, DELETE")
	case n.Qual != nil && p.Command == catalog.ForInsert:
		return errf("42601", "only WITH CHECK expression allowed for INSERT")
	}
	q := *p
	if len(n.Roles) > 0 {
		q.Roles, q.RolesAt = roles, r.at
	}
	kept := []expr.Expr{}
	if n.Qual != nil {
		q.Using, q.UsingAt = expr.NewIn(n.Qual, r.exprScope(t.Name)), r.at
	} else {
		kept = append(kept, q.Using)
	}
	if n.WithCheck != nil {
		q.Check, q.CheckAt = expr.NewIn(n.WithCheck, r.exprScope(t.Name)), r.at
	} else {
		kept = append(kept, q.Check)
	}
	t.PutPolicy(&q)
	if n.Qual != nil || n.WithCheck != nil {
		o := policyObject(&q)
		old := slices.DeleteFunc(slices.Clone(r.deps.uses[o]), func(x object) bool { return !mentionedBy(kept, x) })
		r.depend(o, union(old, using, check))
	}
	return nil
}

// missingPolicy is the refusal of a policy that is not there.
func (r *replay) missingPolicy(t *catalog.Table, n *pg.AlterPolicyStmt) *sqlError {
	if t.Assumed || t.Unsure.Any(catalog.Policies) {
		return nil
	}
	ref := (&catalog.Policy{Name: n.PolicyName, Table: t.Name}).Ref()
	return errf("42704", "policy %q for table %q does not exist", n.PolicyName, n.Table.Relname).about(ref)
}

// mentionedBy reports whether any of the expressions names the object.
func mentionedBy(list []expr.Expr, o object) bool {
	for _, e := range list {
		if e == nil {
			continue
		}
		refs := expr.RefsOf(e)
		switch o.class {
		case aFunction:
			if slices.ContainsFunc(refs.Functions, func(f string) bool { return catalog.ParseName(f).Name == o.name.Name }) {
				return true
			}
		case aType:
			if slices.ContainsFunc(refs.Types, func(t string) bool { return catalog.ParseName(t).Name == o.name.Name }) {
				return true
			}
		default:
			if o.sub != "" {
				if slices.ContainsFunc(refs.Columns, func(c expr.RefColumn) bool { return c.Name == o.sub }) {
					return true
				}
			} else if slices.ContainsFunc(refs.Relations, func(s string) bool { return catalog.ParseName(s).Name == o.name.Name }) {
				return true
			}
		}
	}
	return false
}
