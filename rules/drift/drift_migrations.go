package drift

import (
	"policylint/inspect/drift"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "drift-migrations",
	Title:    "The history of migrations differs",
	Severity: rules.Warning,
	Needs:    rules.NeedsComparison,
	Why: `
The database has applied migrations that the folder does not have, lacks some that
it has, or applied one that was edited since. What the files say is then not what
the database went through.`,
	Fix: `
Apply what is missing, or mend the history with ` + "`supabase migration repair`" + `.`,
	Refs:  []string{"https://supabase.com/docs/reference/cli/supabase-migration-repair"},
	Check: func(p *rules.Pass) { report(p, drift.History) },
})
