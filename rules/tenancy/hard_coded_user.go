package tenancy

import (
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hard-coded-user",
	Title:    "Policy names one user",
	Severity: rules.Info,
	Why: `
The policy compares the id, e-mail address or phone number of who asks with a
constant. Users of that id exist in one database only: elsewhere the policy is
dead, or somebody else's. To give the right to another person takes a migration,
and to take it away as well.`,
	Fix: `
Give the user a role in app_metadata, or a row in a table, and ask for that:

` + "```sql" + `
alter policy "settings are changed by admins" on public.settings
  using ((select auth.jwt() -> 'app_metadata' ->> 'user_role') = 'admin');
` + "```",
	Refs: []string{docs},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasClaim, func(s *rules.Side) string {
			if !s.Has.Any(expr.HasConst) {
				return ""
			}
			words := ""
			comparisons(s.Expr, func(x, y expr.Expr) {
				c, ok := bare(x).(*expr.Claim)
				k, isConst := bare(y).(*expr.Const)
				if ok && isConst && !k.Null && k.Text != "" && is(c, "sub", "email", "phone") {
					words = "names one user by a constant " + c.Path[0]
				}
			})
			return words
		})
	},
})
