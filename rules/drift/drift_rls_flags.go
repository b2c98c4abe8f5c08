package drift

import (
	"policylint/inspect/drift"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "drift-rls-flags",
	Title:    "Row level security is on here and off there",
	Category: rules.CategorySecurity,
	Severity: rules.Error,
	Needs:    rules.NeedsComparison,
	Why: `
A table is protected on one side and open on the other.`,
	Fix: `
Run the SQL of the finding on the database, or say in a migration what is meant.`,
	Refs:  []string{"https://www.postgresql.org/docs/current/ddl-rowsecurity.html"},
	Check: func(p *rules.Pass) { report(p, drift.RLS) },
})
