package realtime

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "add-table-not-idempotent",
	Title:    "Table is added to the publication a second time without a guard",
	Severity: rules.Warning,
	Needs:    rules.NeedsHistory,
	Why: `
` + "`alter publication … add table`" + ` has no IF NOT EXISTS: for a table that is already in
the publication it fails with 42710, and a reset or push of the migrations stops
there. When more than one migration adds the same table, each but the first
needs a guard.`,
	Fix: `
` + "```sql" + `
do $$
begin
  if not exists (
    select 1 from pg_publication_tables
    where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'tickets'
  ) then
    alter publication supabase_realtime add table public.tickets;
  end if;
end
$$;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-alterpublication.html"},
	Check: func(p *rules.Pass) {
		for _, f := range p.Failures {
			if f.SQLState != "42710" || f.Object.Kind != "table" || !strings.Contains(f.Message, "publication") {
				continue
			}
			r := p.ReportRef(f.Object, f.Origin, f.Object.Name+" is added to a publication that it is already in")
			first := slices.IndexFunc(p.Changes, func(c catalog.Change) bool { return c.Object == f.Object && c.What == catalog.WhatPublished })
			if first >= 0 {
				r.Related = []rules.Related{{Origin: p.Changes[first].Origin, Message: "added here before"}}
			}
		}
	},
})
