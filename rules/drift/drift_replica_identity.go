package drift

import (
	"policylint/inspect/drift"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "drift-replica-identity",
	Title:    "The replica identities differ",
	Category: rules.CategoryRealtime,
	Severity: rules.Error,
	Needs:    rules.NeedsComparison,
	Why: `
Old values and filtered deletes arrive on one side and are missing on the other.`,
	Fix: `
Set the replica identity in a migration, or run the SQL of the finding on the
database.`,
	Refs:  []string{"https://www.postgresql.org/docs/current/sql-altertable.html"},
	Check: func(p *rules.Pass) { report(p, drift.Identity) },
})
