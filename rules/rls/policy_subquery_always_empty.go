package rls

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-subquery-always-empty",
	Title:    "Policy reads a table of which its role sees no row",
	Category: rules.CategoryCorrectness,
	Severity: rules.Error,
	Why: `
A sub-select in a policy runs with the rights of whoever asks, row level security
of the inner table included. Where no policy there is for the role, the sub-select
finds nothing: ` + "`exists (…)`" + ` is false for everybody, without any error.`,
	Fix: `
Let the role see the rows that the policy needs, or read them in a SECURITY
DEFINER function:

` + "```sql" + `
create policy "members see their memberships" on public.members
  for select to authenticated using (user_id = (select auth.uid()));
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/ddl-rowsecurity.html"},
	Check: func(p *rules.Pass) {
		for t, pol := range p.PoliciesWith(expr.HasQuery) {
			if t.RLS.Is(false) {
				continue
			}
			for _, role := range meant(p, pol) {
				if p.BypassesRLS(role) {
					continue
				}
				if n, ok := unseen(p, pol, role); ok {
					at := pol.UsingAt
					if pol.Using == nil {
						at = pol.CheckAt
					}
					p.Report(pol, at, pol.Ref().String()+" reads "+n.String()+", of which "+role+" sees no row: no policy there lets it select")
					break
				}
			}
		}
	},
})

// meant are the roles that the policy is for. One without TO is for users who
// are signed in: that others find nothing is what it asks for.
func meant(p *rules.Pass, pol *catalog.Policy) []string {
	if pol.AppliesTo(catalog.Public) && p.Roles.Has(catalog.Authenticated) {
		return []string{catalog.Authenticated}
	}
	var out []string
	for _, role := range catalog.APIRoles() {
		if pol.AppliesTo(p.Groups(role, true)...) {
			out = append(out, role)
		}
	}
	return out
}

// unseen finds a table that the policy reads with the role's own rights and of
// which the role is sure to see nothing.
func unseen(p *rules.Pass, pol *catalog.Policy, role string) (catalog.Name, bool) {
	for inner := range p.ReadsTable(pol) {
		if hides(p, inner, role) {
			return inner.Name, true
		}
	}
	return catalog.Name{}, false
}

// hides reports whether the role may select from the table, and row level
// security leaves it no row.
func hides(p *rules.Pass, t *catalog.Table, role string) bool {
	if !t.RLS.Is(true) || t.Unsure.Any(catalog.Policies) || t.Assumed || !p.MayAnyColumn(role, t, catalog.Select).Is(true) {
		return false
	}
	groups := p.Groups(role, true)
	for _, g := range groups {
		if !t.Owner.Known || t.Owner.Value == g {
			return false
		}
	}
	for pol := range t.Policies() {
		if pol.Permissive && pol.Command.Covers(catalog.ForSelect) && pol.AppliesTo(groups...) {
			return false
		}
	}
	return true
}
