package grants

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "relies-on-default-privileges",
	Title:    "Table that clients reach only by the platform's default privileges",
	Category: rules.CategoryMigration,
	Severity: rules.Warning,
	Needs:    rules.NeedsHistory,
	Why: `
Older Supabase projects grant every new table of schema public to anon,
authenticated and service_role by themselves. Newer ones do not: there the same
migrations leave a table that clients may not read, and of which Realtime delivers
nothing but Error 401.

On a project that grants by itself the tables work, so that the finding is info,
but for tables that rules.yaml lists under ` + "`realtime.tables`" + `. With
` + "`auto_expose_new_tables: false`" + ` in rules.yaml the migrations are judged as a newer
project runs them: what is missing is then reported where it is needed.`,
	Fix: `
Say what you mean; it is the same on both:

` + "```sql" + `
grant select, insert, update on public.tickets to authenticated;
` + "```",
	Refs: []string{"https://github.com/orgs/supabase/discussions/45329"},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !p.Exposed(t.Name.Schema) || t.PartitionOf != (catalog.Name{}) || t.Unsure.Any(catalog.Grants) || t.Grants.Unsure {
				continue
			}
			reaches := func(byDefault bool) bool {
				return t.Grants.Any(func(g catalog.Grant) bool {
					return slices.Contains(catalog.APIRoles(), g.Grantee) && g.Privilege == catalog.Select && g.Default == byDefault
				})
			}
			if reaches(true) && !reaches(false) {
				f := p.Report(t, t.Origin, t.Name.String()+" is granted to the API's roles by default privileges alone")
				if e, ok := p.Expects(t.Name); !ok || !e.Configured {
					p.Soften(f, rules.Info)
				}
			}
		}
	},
})
