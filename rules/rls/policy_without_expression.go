package rls

import "policylint/rules"

var _ = rules.Register(&rules.Rule{
	ID:       "policy-without-expression",
	Title:    "Policy without an expression lets nothing through",
	Category: rules.CategoryCorrectness,
	Severity: rules.Warning,
	Why: `
A policy with neither USING nor WITH CHECK is accepted and allows no row at all:
PostgreSQL treats the missing expression as one that is never true.`,
	Fix: `
` + "```sql" + `
drop policy "notes are read" on public.notes;
create policy "notes are read" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-createpolicy.html"},
	Check: func(p *rules.Pass) {
		for _, pol := range p.Policies() {
			if pol.Using == nil && pol.Check == nil && pol.Unsure == 0 {
				p.Report(pol, pol.Origin, pol.Ref().String()+" has neither USING nor WITH CHECK and allows nothing")
			}
		}
	},
})
