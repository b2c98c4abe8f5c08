package claims

import (
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "root-role-claim-as-app-role",
	Title:    "Policy takes the database role for the application's role",
	Severity: rules.Error,
	Why: `
Claim ` + "`role`" + ` at the root of the token is the PostgreSQL role of the session. For
everybody who is signed in it is ` + "`authenticated`" + `, so a comparison with a role of
the application is never true: the policy lets nobody through, and Realtime
delivers nothing, without any error.`,
	Fix: `
Compare the claim that the access token hook writes:

` + "```sql" + `
alter policy "tickets are read by staff" on public.tickets
  using ((select auth.jwt() ->> 'user_role') in ('agent', 'admin'));
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasClaim, func(s *rules.Side) string {
			if !s.Reads(func(c *expr.Claim) bool { return isRole(c) || len(c.Path) == 0 }) { // @> names it in an object
				return ""
			}
			for _, c := range expr.Comparisons(s.Expr) {
				if isRole(c.Claim) && (c.Claim.Via == expr.ViaJWT || c.Claim.Via == expr.ViaSetting) && !p.IsRole(c.Value) {
					return through(c.Claim) + "compares claim role with " + quoted(c.Value) + ", but role is the database role, always authenticated"
				}
			}
			return ""
		})
	},
})

// isRole reports whether the claim is the database role.
func isRole(c *expr.Claim) bool { return len(c.Path) == 1 && c.Path[0] == "role" }

// through says which helper reads the claim, if one does.
func through(c *expr.Claim) string {
	if c.Helper == "" {
		return ""
	}
	return "calls " + c.Helper + "(), which "
}

func quoted(s string) string { return "'" + s + "'" }
