package drift

import (
	"policylint/inspect/drift"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "drift-grants",
	Title:    "The privileges differ",
	Category: rules.CategorySecurity,
	Severity: rules.Warning,
	Needs:    rules.NeedsComparison,
	Why: `
A role of the API may do something on one side that it may not do on the other,
whichever way it came by the privilege, or no policy applies to it there. New projects no longer grant new tables to
the API roles: what works on an older project fails on a newer one.`,
	Fix: `
Grant explicitly in a migration, or run the SQL of the finding on the database.`,
	Refs:  []string{"https://www.postgresql.org/docs/current/ddl-priv.html"},
	Check: func(p *rules.Pass) { report(p, drift.Grants) },
})
