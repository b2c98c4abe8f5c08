package claims

import (
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "auth-role-as-app-role",
	Title:    "Policy compares auth.role() with a role of the application",
	Severity: rules.Error,
	Why: `
` + "`auth.role()`" + ` is the PostgreSQL role of the session: anon, authenticated or
service_role. It is never a role of the application, so the comparison is never
true and the policy lets nobody through.`,
	Fix: `
` + "```sql" + `
alter policy "tickets are read by staff" on public.tickets
  using ((select auth.jwt() ->> 'user_role') in ('agent', 'admin'));
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasClaim, func(s *rules.Side) string {
			if !s.Reads(asked) {
				return ""
			}
			for _, c := range expr.Comparisons(s.Expr) {
				if c.Claim.Via == expr.ViaRole && !p.IsRole(c.Value) {
					return through(c.Claim) + "compares auth.role() with " + quoted(c.Value) + ", which is no database role"
				}
			}
			return ""
		})
	},
})

// asked reports whether the claim is read through auth.role().
func asked(c *expr.Claim) bool { return c.Via == expr.ViaRole }
