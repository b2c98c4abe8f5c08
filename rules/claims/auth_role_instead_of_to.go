package claims

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "auth-role-instead-of-to",
	Title:    "Policy tests auth.role() where a TO clause would do",
	Category: rules.CategoryPerformance,
	Severity: rules.Info,
	Why: `
` + "`auth.role() = 'authenticated'`" + ` is evaluated for every row and every query of every
role. ` + "`to authenticated`" + ` says the same and is decided before any row is read.
Supabase calls auth.role() deprecated.`,
	Fix: `
` + "```sql" + `
drop policy "notes are read" on public.notes;
create policy "notes are read" on public.notes for select to authenticated using (true);
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/troubleshooting/deprecated-rls-features-Pm77Zs"},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasClaim, func(s *rules.Side) string {
			if !s.Reads(asked) {
				return ""
			}
			for _, c := range expr.Comparisons(s.Expr) {
				if c.Claim.Via == expr.ViaRole && (c.Value == catalog.Authenticated || c.Value == catalog.Anon) {
					return through(c.Claim) + "tests auth.role() for " + quoted(c.Value)
				}
			}
			return ""
		})
	},
})
