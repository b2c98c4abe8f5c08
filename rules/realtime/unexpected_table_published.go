package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "unexpected-table-published",
	Title:    "Table in the Realtime publication that the configuration does not list",
	Severity: rules.Warning,
	Why: `
Every change of a published table is decoded, and checked against the policies
for each subscriber; its DELETE events go to everyone who subscribes. A table
that nobody meant to publish costs and exposes for nothing.

Which tables are expected is said by ` + "`realtime.tables`" + ` in rules.yaml; without it
the rule has nothing to compare with.`,
	Fix: `
Take the table out, or add it to ` + "`realtime.tables`" + `:

` + "```sql" + `
alter publication supabase_realtime drop table public.audit_log;
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/realtime/postgres-changes"},
	Check: func(p *rules.Pass) {
		pub, ok := p.Publication()
		if !ok || !listed(p) {
			return
		}
		for t := range published(p) {
			if expects(p, t.Name) {
				continue
			}
			f := p.Report(t, p.MemberAt(t), t.Name.String()+" is in publication "+pub.Name+" and is not expected there")
			if _, listed := pub.Member(t.Name); listed {
				f.Fix = dropTable(pub.Name, t.Name)
			}
		}
	},
})

// dropTable is SQL that takes a table out of a publication and can be run
// again.
func dropTable(pub string, t catalog.Name) string {
	return `do $$
begin
  if exists (
    select 1 from pg_publication_tables
    where pubname = ` + catalog.Literal(pub) + ` and schemaname = ` + catalog.Literal(t.Schema) + ` and tablename = ` + catalog.Literal(t.Name) + `
  ) then
    alter publication ` + catalog.Quote(pub) + ` drop table ` + t.SQL() + `;
  end if;
end
$$;`
}
