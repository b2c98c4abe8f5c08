package rls

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "write-without-select-policy",
	Title:    "Rows that may be changed but not found",
	Category: rules.CategoryCorrectness,
	Severity: rules.Error,
	Why: `
An UPDATE or DELETE with a WHERE, and the API sends no other, first looks for the
rows, for which the SELECT policies count. Where none lets the role see a row, the
statement changes nothing and reports success: 0 rows.`,
	Fix: `
` + "```sql" + `
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-createpolicy.html"},
	Check: func(p *rules.Pass) {
		for t, pol := range p.Policies() {
			if !pol.Permissive || pol.Command != catalog.ForUpdate && pol.Command != catalog.ForDelete || !t.RLS.Is(true) || t.Unsure.Any(catalog.Policies) {
				continue
			}
			if who := blind(p, t, pol); len(who) > 0 {
				p.Report(pol, pol.Origin, pol.Ref().String()+" lets "+and(who)+" "+string(pol.Command)+" rows, and no policy lets them select any")
			}
		}
	},
})

// blind lists the API roles that the policy is for, if none of them may see a
// row: a policy for everyone that visitors cannot use is not their fault.
func blind(p *rules.Pass, t *catalog.Table, pol *catalog.Policy) []string {
	var out []string
	for _, role := range catalog.APIRoles() {
		if !p.Roles.Has(role) || !pol.AppliesTo(p.Groups(role, true)...) || !p.MayAnyColumn(role, t, catalog.Privilege(pol.Command)).Is(true) {
			continue
		}
		if p.BypassesRLS(role) || len(permissive(p, t, catalog.ForSelect, role)) > 0 {
			return nil
		}
		out = append(out, role)
	}
	return out
}
