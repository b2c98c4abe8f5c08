package schema

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "extension-in-public",
	Title:    "Extension in schema public",
	Category: rules.CategorySecurity,
	Severity: rules.Warning,
	Why: `
The API serves schema public: the functions of an extension that stands there can
be called by everyone who may execute them, and its tables and views are read
like the project's own.`,
	Fix: `
Create it in the schema that the platform keeps for extensions. One that can be
moved needs no new data:

` + "```sql" + `
alter extension pg_trgm set schema extensions;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/database/extensions",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0014_extension_in_public",
	},
	Check: func(p *rules.Pass) {
		if p.Source.Platform == "postgres" && !p.Config.ExposureGiven() {
			return // nothing says that there is an API, and public is where extensions go
		}
		for e := range p.Extensions.All() {
			if e.Schema == "public" && e.Name != "plpgsql" && !e.Platform && p.Exposed("public") && !e.Unsure.Any(catalog.Existence) {
				p.Report(e, e.Origin, "extension "+e.Name+" is in schema public, which the API serves")
			}
		}
	},
})
