package schema

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "extension-outdated",
	Title:    "Extension in an older version than the server has",
	Category: rules.CategoryCorrectness,
	Severity: rules.Warning,
	Needs:    rules.NeedsDatabase,
	Why: `
An upgrade of the server brings newer versions of extensions, but a database
keeps the one that it had until it is told. Corrections, of security holes too,
do not reach it.`,
	Fix: `
` + "```sql" + `
alter extension pg_net update;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/sql-alterextension.html",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0022_extension_versions_outdated",
	},
	Check: func(p *rules.Pass) {
		for e := range p.Extensions.All() {
			if e.Version != "" && e.Default != "" && e.Version != e.Default {
				f := p.Report(e, e.Origin, "extension "+e.Name+" is in version "+e.Version+", the server has "+e.Default)
				f.Fix = "alter extension " + catalog.Quote(e.Name) + " update;"
			}
		}
	},
})
