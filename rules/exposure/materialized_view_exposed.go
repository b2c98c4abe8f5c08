package exposure

import "policylint/rules"

var _ = rules.Register(&rules.Rule{
	ID:       "materialized-view-exposed",
	Title:    "Materialized view that the API serves",
	Severity: rules.Warning,
	Why: `
A materialized view is a copy of rows, made with its owner's rights. Row level
security neither applied when it was filled nor can be turned on for it: whoever
may select from it sees every row.`,
	Fix: `
Keep it in a schema that the API does not serve, or take the privileges away and
offer a function that returns what each user may see:

` + "```sql" + `
revoke all on public.ticket_stats from anon, authenticated;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/rules-materializedviews.html",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0016_materialized_view_in_api",
	},
	Check: func(p *rules.Pass) {
		for v := range p.ProjectViews() {
			if !v.Materialized || !p.Exposed(v.Name.Schema) {
				continue
			}
			if who := viewers(p, v); len(who) > 0 {
				p.Report(v, v.Origin, v.Name.String()+" is a materialized view that "+and(who)+" may read, every row of it").Fix = revoke(v.Name)
			}
		}
	},
})
