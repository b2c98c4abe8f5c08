package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "publication-missing",
	Title:    "The publication that Realtime reads does not exist",
	Severity: rules.Error,
	Why: `
Realtime reads the changes of one publication, ` + "`supabase_realtime`" + ` unless the
project says otherwise. Without it every subscription to database changes is
accepted and then stays silent.`,
	Fix: `
Create the publication again, and add every table that clients subscribe to:

` + "```sql" + `
create publication supabase_realtime;
alter publication supabase_realtime add table public.tickets;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/realtime/postgres-changes",
		"https://www.postgresql.org/docs/current/sql-createpublication.html",
	},
	Check: func(p *rules.Pass) {
		name := p.PublicationName()
		if p.Publications.Has(name) || p.Source.Platform == "postgres" && !listed(p) {
			return
		}
		ref := catalog.Ref{Kind: "publication", Name: name}
		at, said := catalog.Origin{}, "does not exist"
		for _, c := range p.Changes {
			if c.Object == ref && c.What == catalog.WhatDropped {
				at, said = c.Origin, "is dropped and never created again"
			}
		}
		p.ReportRef(ref, at, "publication "+name+" "+said).Fix = createPublication(name)
	},
})

// createPublication is SQL that can be run again.
func createPublication(name string) string {
	return `do $$
begin
  if not exists (select 1 from pg_publication where pubname = ` + catalog.Literal(name) + `) then
    create publication ` + catalog.Quote(name) + `;
  end if;
end
$$;`
}
