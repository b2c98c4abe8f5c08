package identity

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "replica-identity-nothing",
	Title:    "Published table with replica identity NOTHING",
	Severity: rules.Error,
	Why: `
As long as the table is published, PostgreSQL refuses every UPDATE and DELETE on
it with 55000, "cannot update table … because it does not have a replica
identity and publishes updates". It is the application's own write that fails.`,
	Fix: `
` + "```sql" + `
alter table public.tickets replica identity full;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		if !writesPublished(p) {
			return
		}
		for t := range published(p) {
			if t.Identity.Known && t.Identity.Value.Kind == catalog.IdentityNothing {
				p.Report(t, t.Identity.Origin, t.Name.String()+" is published with replica identity nothing: its updates and deletes fail").Fix = setFull(t)
			}
		}
	},
})
