package schema

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "table-without-primary-key",
	Title:    "Table without a primary key",
	Severity: rules.Info,
	Why: `
Rows that nothing identifies cannot be addressed by a client, two equal ones
cannot be told apart, and Realtime does not deliver changes of the table. For a
table that is published, ` + "`published-without-primary-key`" + ` says so as an error.`,
	Fix: `
Give it one, of a column that is there or of a new one:

` + "```sql" + `
alter table public.visits add column id bigint generated always as identity primary key;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-PRIMARY-KEYS",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0004_no_primary_key",
	},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if t.Kind == catalog.Foreign || t.PrimaryKey != nil || t.PartitionOf != (catalog.Name{}) || t.Unsure.Any(catalog.Keys) || p.IsPublished(t).Is(true) {
				continue
			}
			p.Report(t, t.Origin, t.Name.String()+" has no primary key")
		}
	},
})
