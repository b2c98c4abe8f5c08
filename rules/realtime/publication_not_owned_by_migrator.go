package realtime

import (
	"slices"

	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "publication-not-owned-by-migrator",
	Title:    "Publication that migrations may not change",
	Severity: rules.Warning,
	Why: `
Only its owner may add tables to a publication. One that was made by another role,
in a dashboard or by hand, refuses the migrations: must be owner of publication
(42501).`,
	Fix: `
As its owner, or as a superuser:

` + "```sql" + `
alter publication supabase_realtime owner to postgres;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-alterpublication.html"},
	Check: func(p *rules.Pass) {
		pub, ok := p.Publication()
		if !ok || !pub.Owner.Known || p.Source.Migrator == "" || !p.Roles.Has(p.Source.Migrator) {
			return
		}
		owner, migrator := pub.Owner.Value, p.Source.Migrator
		if p.IsSuperuser(migrator) || slices.Contains(p.Groups(migrator, true), owner) {
			return
		}
		p.Report(pub, pub.Owner.Origin, "publication "+pub.Name+" belongs to "+owner+", and migrations run as "+migrator)
	},
})
