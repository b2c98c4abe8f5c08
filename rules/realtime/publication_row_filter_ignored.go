package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "publication-row-filter-ignored",
	Title:    "Realtime ignores the publication's row filter",
	Severity: rules.Warning,
	Why: `
Realtime decodes the log with wal2json, which does not know row filters: rows
that the ` + "`where`" + ` of the publication leaves out are delivered all the same. Only row
level security decides who receives a row.`,
	Fix: `
Publish the whole table, and put the condition into a policy:

` + "```sql" + `
alter publication supabase_realtime drop table public.tickets;
alter publication supabase_realtime add table public.tickets;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/realtime/postgres-changes",
		"https://github.com/eulerto/wal2json",
	},
	Check: func(p *rules.Pass) {
		pub, ok := p.Publication()
		if !ok {
			return
		}
		for _, m := range pub.Members {
			if m.Where != nil {
				p.ReportRef(catalog.Ref{Kind: "table", Name: m.Table.String()}, m.Origin,
					m.Table.String()+" is published with a row filter, which Realtime ignores").
					Fix = republish(pub.Name, m.Table)
			}
		}
	},
})
