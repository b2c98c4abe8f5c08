package identity

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "replica-identity-not-full",
	Title:    "Published table without full replica identity",
	Severity: rules.Error,
	Why: `
With any replica identity but FULL, an UPDATE carries no old values, a column
stored out of line (TOAST) is missing from it unless it changed, and a DELETE
carries the primary key alone: a subscription with a filter on another column
never hears of it.

FULL is no way to see deleted rows: where row level security is on, a DELETE
still delivers the primary key only, to every subscriber.

It is an error for a table that rules.yaml expects with FULL (` + "`realtime.tables`" + `). A
published table that no rules.yaml speaks of is reported as a warning.`,
	Fix: `
` + "```sql" + `
alter table public.tickets replica identity full;
` + "```" + `

If primary keys are all that clients need, say so in rules.yaml:

` + "```yaml" + `
realtime:
  tables:
    - {name: public.tickets, replica_identity: default}
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		for _, e := range p.ExpectedTables() {
			t, ok := p.Tables.Get(e.Table)
			if !ok || t.Kind != catalog.Ordinary || !p.IsProjectTable(t) || !t.Identity.Known || t.Identity.Value.Kind == e.Identity.Kind && sameIndex(t.Identity.Value, e.Identity) {
				continue
			}
			if t.Identity.Value.Kind == catalog.IdentityNothing && p.IsPublished(t).Value {
				continue // replica-identity-nothing says it
			}
			f := p.Report(t, t.Identity.Origin, t.Name.String()+" has replica identity "+t.Identity.Value.String()+", expected is "+e.Identity.String())
			f.Fix = alterIdentity(t, e.Identity)
			if e.Configured {
				f.Related = []rules.Related{{Origin: e.Origin, Message: "expected here"}}
			} else {
				f.Message = t.Name.String() + " is published with replica identity " + t.Identity.Value.String()
				p.Soften(f, rules.Warning)
			}
		}
	},
})

func sameIndex(have, want catalog.Identity) bool {
	return have.Kind != catalog.IdentityIndex || want.Index == "" || have.Index == want.Index
}

// alterIdentity is SQL that gives the table the identity.
func alterIdentity(t *catalog.Table, id catalog.Identity) string {
	if id.Kind == catalog.IdentityIndex {
		return "alter table " + t.Name.SQL() + " replica identity using index " + catalog.Quote(id.Index) + ";"
	}
	return "alter table " + t.Name.SQL() + " replica identity " + string(id.Kind) + ";"
}
