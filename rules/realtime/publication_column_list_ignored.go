package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "publication-column-list-ignored",
	Title:    "Realtime ignores the publication's column list",
	Severity: rules.Warning,
	Why: `
Realtime decodes the log with wal2json, which does not know column lists: every
column that the subscriber's role may select is delivered, listed or not. The
list looks like protection and is none.`,
	Fix: `
Publish the whole table, and say with column privileges who may read what:
Realtime honours those.

` + "```sql" + `
revoke select on public.tickets from authenticated;
grant select (id, subject, status) on public.tickets to authenticated;
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
			if m.Columns != nil {
				p.ReportRef(catalog.Ref{Kind: "table", Name: m.Table.String()}, m.Origin,
					m.Table.String()+" is published with a column list, which Realtime ignores").
					Fix = republish(pub.Name, m.Table)
			}
		}
	},
})
