package drift

import (
	"policylint/inspect/drift"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "drift-tables",
	Title:    "A table or view on one side only",
	Severity: rules.Warning,
	Needs:    rules.NeedsComparison,
	Why: `
One side has a table or a view that the other does not. One that no migration makes
was clicked together in a dashboard: nobody reviewed who may read it, and the next
environment will not have it.`,
	Fix: `
Write what the database has into a migration, or apply the migration that is
missing.`,
	Refs:  []string{"https://supabase.com/docs/guides/deployment/database-migrations"},
	Check: func(p *rules.Pass) { report(p, drift.Tables) },
})
