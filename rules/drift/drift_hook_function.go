package drift

import (
	"policylint/inspect/drift"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "drift-hook-function",
	Title:    "The access token hooks differ",
	Category: rules.CategoryHook,
	Severity: rules.Error,
	Needs:    rules.NeedsComparison,
	Why: `
Auth on the other side runs another function than the one that was reviewed: tokens
carry other claims there.`,
	Fix: `
Apply the migration that has the function again, or bring the function of the
database into a migration.`,
	Refs:  []string{"https://supabase.com/docs/guides/auth/auth-hooks/custom-access-token-hook"},
	Check: func(p *rules.Pass) { report(p, drift.Hook) },
})
