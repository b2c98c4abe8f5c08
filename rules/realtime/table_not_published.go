package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "table-not-published",
	Title:    "Expected table is not in the Realtime publication",
	Severity: rules.Error,
	Why: `
A client that subscribes to a table outside the publication is told SUBSCRIBED
and never receives a row. Often the table was switched on in the dashboard of
one machine: localhost works, production does not.

Which tables are expected is said by ` + "`realtime.tables`" + ` in rules.yaml. Without it the
tables that are published are the expected ones, and this rule has nothing to
compare them with.`,
	Fix: `
Publish the table in a migration, in a way that can be run again:

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
	Refs: []string{"https://supabase.com/docs/guides/realtime/postgres-changes"},
	Check: func(p *rules.Pass) {
		pub, ok := p.Publication()
		if !ok {
			return // publication-missing says it
		}
		left := lost(p, pub.Name)
		for _, e := range p.ExpectedTables() {
			ref := catalog.Ref{Kind: "table", Name: e.Table.String()}
			t, ok := p.Tables.Get(e.Table)
			switch {
			case !ok && p.Views.Has(e.Table):
				// relation-not-publishable says it
			case !ok:
				p.ReportRef(ref, e.Origin, e.Table.String()+" is expected in publication "+pub.Name+", but there is no such table")
			case t.Persistence.IsNot(catalog.Permanent) || t.Kind == catalog.Foreign:
				// relation-not-publishable says it
			case p.Publishes(pub, t).Is(false):
				if _, ok := left[ref]; ok {
					continue // publication-membership-lost says where
				}
				f := p.Report(t, t.Origin, t.Name.String()+" is expected in publication "+pub.Name+" and is not in it")
				f.Fix = addTable(pub.Name, t.Name)
				f.Related = []rules.Related{{Origin: e.Origin, Message: "expected here"}}
			}
		}
	},
})
