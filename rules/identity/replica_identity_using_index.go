package identity

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "replica-identity-using-index",
	Title:    "Published table whose replica identity leaves out the primary key",
	Severity: rules.Warning,
	Why: `
With the replica identity of another index, the old record of an UPDATE or DELETE
has that index's columns and not the primary key: a client cannot tell which row
is meant. Where row level security is on, a DELETE arrives with no record at all.`,
	Fix: `
` + "```sql" + `
alter table public.tickets replica identity full;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		for t := range published(p) {
			id := t.Identity
			if !id.Known || id.Value.Kind != catalog.IdentityIndex || t.PrimaryKey == nil || t.Unsure.Any(catalog.Keys) {
				continue
			}
			i, ok := t.Index(id.Value.Index)
			if !ok {
				continue // replica-identity-broken says it
			}
			for _, c := range t.PrimaryKey.Columns {
				if !slices.Contains(i.Columns, c) {
					p.Report(t, id.Origin, t.Name.String()+" has the replica identity of index "+i.Name+", which leaves out "+c+" of the primary key").Fix = setFull(t)
					break
				}
			}
		}
	},
})
