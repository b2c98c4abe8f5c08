package grants

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "schema-usage-missing",
	Title:    "Published table in a schema that its readers may not use",
	Category: rules.CategoryRealtime,
	Severity: rules.Error,
	Why: `
To read a table a role needs USAGE on its schema as well. Realtime checks policies
in the subscriber's role: without USAGE that check ends with 42501, and with it the
batch of changes of the whole project.`,
	Fix: `
` + "```sql" + `
grant usage on schema support to authenticated;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/ddl-priv.html",
		"https://github.com/supabase/realtime/issues/2093",
	},
	Check: func(p *rules.Pass) {
		for t, published := range p.Published() {
			if !t.RLS.Is(true) {
				continue
			}
			for _, role := range catalog.APIRoles() {
				if !p.MayAnyColumn(role, t, catalog.Select).Is(true) || !p.MayUseSchema(role, t.Name.Schema).IsNot(true) {
					continue
				}
				f := p.Report(t, t.Origin, role+" may select from "+t.Name.String()+", which is published, but may not use schema "+t.Name.Schema)
				f.Fix = "grant usage on schema " + catalog.Quote(t.Name.Schema) + " to " + catalog.Quote(role) + ";"
				if !published.IsZero() {
					f.Related = []rules.Related{{Origin: published, Message: "it is published here"}}
				}
				break
			}
		}
	},
})
