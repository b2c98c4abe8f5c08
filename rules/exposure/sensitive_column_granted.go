package exposure

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "sensitive-column-granted",
	Title:    "Column with a secret that is granted by name",
	Severity: rules.Info,
	Why: `
Columns were granted one by one, and among them is one whose name promises a
secret. Policies choose rows, not columns: whoever may see the row may read the
secret, and a password hash or a token is of no use to a client even in its own
row.`,
	Fix: `
` + "```sql" + `
revoke select (api_key) on public.profiles from authenticated;
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/database/postgres/column-level-security"},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !p.Exposed(t.Name.Schema) || t.Unsure.Any(catalog.Columns|catalog.Grants) {
				continue
			}
			for _, c := range t.Columns {
				if !isSecret(c.Name) || c.Grants.Unsure {
					continue
				}
				for _, role := range append(catalog.APIRoles(), catalog.Public) {
					g, ok := c.Grants.Find(role, catalog.Select)
					if ok && p.MayTable(role, t, catalog.Select).Is(false) && (role == catalog.Public || !seesAll(p, t, role)) {
						p.Report(t, g.Origin, "column "+c.Name+" of "+t.Name.String()+" is granted to "+role+" by name").
							Fix = "revoke select (" + catalog.Quote(c.Name) + ") on " + t.Name.SQL() + " from " + role + ";"
						break
					}
				}
			}
		}
	},
})
