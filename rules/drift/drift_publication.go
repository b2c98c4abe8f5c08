package drift

import (
	"policylint/inspect/drift"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "drift-publication",
	Title:    "The publications differ",
	Category: rules.CategoryRealtime,
	Severity: rules.Error,
	Needs:    rules.NeedsComparison,
	Why: `
One side publishes a table and the other does not, or publishes other kinds of
change. It is the usual end of switching realtime on in a dashboard: the machine
where it was clicked works, and no migration says so.`,
	Fix: `
Add the table in a migration, or run the SQL of the finding on the database.`,
	Refs:  []string{"https://supabase.com/docs/guides/realtime/postgres-changes"},
	Check: func(p *rules.Pass) { report(p, drift.Publication) },
})
