package rls

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "rls-disabled",
	Title:    "Exposed table without row level security",
	Severity: rules.Error,
	Why: `
The API serves every table of an exposed schema to the roles that have
privileges on it. Without row level security, whoever holds the public key reads
and writes every row.`,
	Fix: `
Turn it on, and say with policies who may do what. Without a policy, nobody but
the owner and the service role may do anything.

` + "```sql" + `
alter table public.notes enable row level security;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/database/postgres/row-level-security",
		"https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
	},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !p.Exposed(t.Name.Schema) || t.Kind == catalog.Foreign || !t.RLS.Is(false) || coveredByRoot(p, t) {
				continue
			}
			if who := reachable(p, t, catalog.Select, catalog.Insert, catalog.Update, catalog.Delete); len(who) > 0 {
				p.Report(t, t.RLS.Origin, t.Name.String()+" is exposed to "+and(who)+" and has row level security off").Fix = enable(t)
			}
		}
	},
})

// coveredByRoot reports whether the table is a partition of a table that is
// reported itself: one finding stands for all of them.
func coveredByRoot(p *rules.Pass, t *catalog.Table) bool {
	for t.PartitionOf != (catalog.Name{}) {
		up, ok := p.Tables.Get(t.PartitionOf)
		if !ok {
			return false
		}
		if up.RLS.Is(false) && p.Exposed(up.Name.Schema) {
			return true
		}
		t = up
	}
	return false
}
