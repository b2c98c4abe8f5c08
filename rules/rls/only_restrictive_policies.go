package rls

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "only-restrictive-policies",
	Title:    "Policy that restricts what nothing allows",
	Category: rules.CategoryCorrectness,
	Severity: rules.Error,
	Why: `
A restrictive policy only takes away from what permissive policies give. Without
a permissive one for the same role and command nobody gets a row, whatever the
restrictive policy says.`,
	Fix: `
Add what allows, or drop AS RESTRICTIVE:

` + "```sql" + `
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-createpolicy.html"},
	Check: func(p *rules.Pass) {
		for t, pol := range p.Policies() {
			if pol.Permissive || !t.RLS.Is(true) || t.Unsure.Any(catalog.Policies) || denies(pol) {
				continue
			}
			if who := denied(p, t, pol); len(who) > 0 {
				p.Report(pol, pol.Origin, pol.Ref().String()+" is restrictive, and no policy allows "+and(who)+" anything that it could restrict")
			}
		}
	},
})

// denied lists the API roles that the policy restricts, if nothing allows any
// of them any of its commands.
func denied(p *rules.Pass, t *catalog.Table, pol *catalog.Policy) []string {
	var out []string
	for _, role := range catalog.APIRoles() {
		if !p.Roles.Has(role) || p.BypassesRLS(role) || !pol.AppliesTo(p.Groups(role, true)...) {
			continue
		}
		may := false
		for _, c := range catalog.Commands() {
			if !pol.Command.Covers(c) {
				continue
			}
			if len(permissive(p, t, c, role)) > 0 {
				return nil
			}
			may = may || p.MayAnyColumn(role, t, c.Privilege()).Is(true)
		}
		if may {
			out = append(out, role)
		}
	}
	return out
}

// denies reports whether the policy means to let nobody through.
func denies(pol *catalog.Policy) bool {
	return pol.CheckOrUsing() == nil || expr.AlwaysFalse(pol.CheckOrUsing(), nil)
}
