package drift

import (
	"policylint/inspect/drift"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "drift-policies",
	Title:    "The policies differ",
	Category: rules.CategorySecurity,
	Severity: rules.Error,
	Needs:    rules.NeedsComparison,
	Why: `
A policy is missing on one side, or means something else there; or so does a
function that a policy calls, or one that clients can call and that runs with its
owner's rights, past all policies. Expressions are compared by what they mean, not
by their text: how the server prints them back is no difference.`,
	Fix: `
Write the policy into a migration, or run the SQL of the finding on the database.`,
	Refs:  []string{"https://www.postgresql.org/docs/current/sql-createpolicy.html"},
	Check: func(p *rules.Pass) { report(p, drift.Policies) },
})
