package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "published-no-select-policy",
	Title:    "Published table that no subscriber can read",
	Severity: rules.Error,
	Why: `
Realtime delivers an INSERT or UPDATE only to subscribers who pass a SELECT
policy. Without a permissive one nobody receives anything but DELETE events,
which are never filtered. The subscription itself succeeds, so nothing points to
the cause.`,
	Fix: `
` + "```sql" + `
create policy "tickets are read by their owner" on public.tickets
  for select to authenticated using (owner_id = (select auth.uid()));
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/realtime/postgres-changes"},
	Check: func(p *rules.Pass) {
		if len(subscribers(p)) == 0 {
			return
		}
		for t := range published(p) {
			if t.RLS.Is(true) && !t.Unsure.Any(catalog.Policies) && len(audience(p, t)) == 0 && t.Kind != catalog.Partitioned {
				p.Report(t, memberAt(p, t), t.Name.String()+" is published with row level security on and has no SELECT policy for a subscriber's role")
			}
		}
	},
})

// audience lists the roles of subscribers that a permissive SELECT policy of
// the table is for: the API roles, and any other role that a token may name.
func audience(p *rules.Pass, t *catalog.Table) []string {
	var out []string
	for _, role := range subscribers(p) {
		groups := p.Groups(role, false)
		for pol := range t.Policies() {
			if pol.Permissive && pol.Command.Covers(catalog.ForSelect) && pol.AppliesTo(groups...) {
				out = append(out, role)
				break
			}
		}
	}
	return out
}
