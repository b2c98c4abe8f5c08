package identity

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "full-without-rls",
	Title:    "Whole old rows are sent to everyone",
	Category: rules.CategorySecurity,
	Severity: rules.Error,
	Why: `
With full replica identity and without row level security, every UPDATE and
DELETE carries all columns of the old row, to every subscriber whose role may
select the table.`,
	Fix: `
` + "```sql" + `
alter table public.tickets enable row level security;
create policy "tickets are read by their owner" on public.tickets
  for select to authenticated using (owner_id = (select auth.uid()));
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		for t := range published(p) {
			if !t.RLS.Is(false) || !t.Identity.Is(catalog.Identity{Kind: catalog.IdentityFull}) {
				continue
			}
			for _, role := range catalog.APIRoles() {
				if p.MayAnyColumn(role, t, catalog.Select).Is(true) {
					p.Report(t, t.Identity.Origin, t.Name.String()+" has full replica identity and no row level security: "+role+" receives whole old rows").
						Fix = "alter table " + t.Name.SQL() + " enable row level security;"
					break
				}
			}
		}
	},
})
