package exposure

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "foreign-table-exposed",
	Title:    "Foreign table that the API serves",
	Severity: rules.Warning,
	Why: `
A foreign table cannot have row level security: whoever may select from it reads
all that the user mapping's account may read on the other server.`,
	Fix: `
Keep foreign tables in a schema that the API does not serve, or take the
privileges away and offer a function:

` + "```sql" + `
revoke all on public.remote_orders from anon, authenticated;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/database/extensions/wrappers/overview",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0017_foreign_table_in_api",
	},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if t.Kind != catalog.Foreign || !p.Exposed(t.Name.Schema) || t.Unsure.Any(catalog.Grants) {
				continue
			}
			if who := tableReaders(p, t); len(who) > 0 {
				p.Report(t, t.Origin, t.Name.String()+" is a foreign table that "+and(who)+" may read, every row of it").Fix = revoke(t.Name)
			}
		}
	},
})
