package policies

import (
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-never-true",
	Title:    "Condition of a policy that can never be true",
	Severity: rules.Warning,
	Why: `
The condition looks at a row or at the token, and yet is false or null whatever
they are: most often a comparison with null, as in ` + "`deleted_at = null`" + `. A permissive
policy then gives nothing, a restrictive one takes everything, without any error.
A plain ` + "`false`" + ` says what it means and is not reported.`,
	Fix: `
` + "```sql" + `
alter policy "notes that are not deleted" on public.notes using (deleted_at is null);
` + "```",
	Refs: []string{docs, "https://www.postgresql.org/docs/current/functions-comparison.html"},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.Anything, func(s *rules.Side) string {
			if depends(s.Expr) && expr.AlwaysFalse(s.Expr, nil) {
				return "has a condition that is never true"
			}
			return ""
		})
	},
})
