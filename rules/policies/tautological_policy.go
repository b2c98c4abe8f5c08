package policies

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "tautological-policy",
	Category: rules.CategorySecurity,
	Title:    "Condition that looks selective and is always true",
	Severity: rules.Warning,
	Why: `
The policy compares columns or claims, and comes to true for every row and every
caller: ` + "`owner_id = … or true`" + `, or a column compared with itself. Whoever reads the
policy believes that it selects. A table that everyone may read says so with
` + "`using (true)`" + `, which is not reported; for policies that let write,
` + "`write-always-allowed`" + ` reports both.`,
	Fix: `
Say what is meant, or say true:

` + "```sql" + `
alter policy "notes are read by their owner" on public.notes using (owner_id = (select auth.uid()));
` + "```",
	Refs: []string{docs},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.Anything, func(s *rules.Side) string {
			if s.Policy.Permissive && s.Policy.Command == catalog.ForSelect && depends(s.Expr) && s.Always() {
				return "is true for every row and every caller"
			}
			return ""
		})
	},
})
