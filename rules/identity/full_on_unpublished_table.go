package identity

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "full-on-unpublished-table",
	Title:    "Full replica identity on a table that is not published",
	Severity: rules.Info,
	Why: `
Full replica identity writes whole old rows to the log. For a table that no
publication has, nobody reads them. Often the table was meant to be published.`,
	Fix: `
Publish the table, or give it the default identity back:

` + "```sql" + `
alter table public.tickets replica identity default;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if t.Kind == catalog.Ordinary && t.Identity.Is(catalog.Identity{Kind: catalog.IdentityFull}) && !anywhere(p, t) {
				p.Report(t, t.Identity.Origin, t.Name.String()+" has full replica identity and is in no publication").
					Fix = "alter table " + t.Name.SQL() + " replica identity default;"
			}
		}
	},
})

// anywhere reports whether some publication publishes the table, for all that
// is known.
func anywhere(p *rules.Pass, t *catalog.Table) bool {
	for pub := range p.Publications.All() {
		if !p.Publishes(pub, t).Is(false) {
			return true
		}
	}
	return false
}
