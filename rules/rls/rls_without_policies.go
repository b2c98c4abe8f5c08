package rls

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "rls-without-policies",
	Title:    "Row level security without a policy",
	Category: rules.CategoryCorrectness,
	Severity: rules.Warning,
	Why: `
With row level security on and no policy, the API roles read no row and write
none, and no error says why: queries come back empty. If that is meant, because
only the server uses the table, taking their privileges away says so, and turns
the empty answer into an error that can be understood.`,
	Fix: `
Add the policy that is missing:

` + "```sql" + `
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
` + "```" + `

or close the table for good:

` + "```sql" + `
revoke all on public.notes from anon, authenticated;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/ddl-rowsecurity.html"},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !p.Exposed(t.Name.Schema) || !t.RLS.Is(true) || t.HasPolicies() || t.Unsure.Any(catalog.Policies) || t.PartitionOf != (catalog.Name{}) {
				continue
			}
			if who := reachable(p, t, catalog.Select, catalog.Insert, catalog.Update, catalog.Delete); len(who) > 0 {
				p.Report(t, t.RLS.Origin, t.Name.String()+" has row level security on, privileges for "+and(who)+", and no policy")
			}
		}
	},
})
