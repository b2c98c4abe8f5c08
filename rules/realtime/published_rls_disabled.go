package realtime

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "published-rls-disabled",
	Title:    "Published table without row level security",
	Category: rules.CategorySecurity,
	Severity: rules.Error,
	Why: `
Realtime delivers the rows of a table without row level security to everyone
whose role may select it. With the public key that is everyone: every insert,
update and delete, with all columns.`,
	Fix: `
` + "```sql" + `
alter table public.tickets enable row level security;
create policy "tickets are read by their owner" on public.tickets
  for select to authenticated using (owner_id = (select auth.uid()));
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/realtime/postgres-changes"},
	Check: func(p *rules.Pass) {
		for t := range published(p) {
			if !t.RLS.Is(false) {
				continue
			}
			if who := readers(p, t); len(who) > 0 {
				p.Report(t, t.RLS.Origin, t.Name.String()+" is published with row level security off: "+strings.Join(who, " and ")+" receive every row").
					Fix = "alter table " + t.Name.SQL() + " enable row level security;"
			}
		}
	},
})

// readers lists the API roles that are known to have SELECT on something of
// the table.
func readers(p *rules.Pass, t *catalog.Table) []string {
	var who []string
	for _, role := range catalog.APIRoles() {
		if p.MayAnyColumn(role, t, catalog.Select).Is(true) {
			who = append(who, role)
		}
	}
	return who
}
