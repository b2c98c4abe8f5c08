package identity

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "replica-identity-broken",
	Title:    "Published table without a usable replica identity",
	Severity: rules.Error,
	Why: `
The default replica identity is the primary key, and there is none; or the index
it was set to has been dropped since. As long as the table is published,
PostgreSQL refuses every UPDATE and DELETE on it with 55000: the application's
own writes fail.`,
	Fix: `
Give the table a primary key, or, where that cannot be, full replica identity:

` + "```sql" + `
alter table public.tickets add primary key (id);
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		if !writesPublished(p) {
			return
		}
		for t := range published(p) {
			id := t.Identity
			if !id.Known || id.Value.Kind == catalog.IdentityNothing || !t.ReplicaIdentityWorks().Is(false) {
				continue
			}
			why, at := "has no primary key, which its default replica identity needs", t.Origin
			switch {
			case id.Value.Kind == catalog.IdentityIndex:
				why, at = "has the replica identity of an index that is gone", id.Origin
			case t.PrimaryKey != nil:
				why, at = "has a deferrable primary key, which cannot be its replica identity", t.PrimaryKey.Origin
			}
			p.Report(t, at, t.Name.String()+" is published and "+why+": its updates and deletes fail").Fix = setFull(t)
		}
	},
})
