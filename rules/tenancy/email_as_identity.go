package tenancy

import (
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "email-as-identity",
	Title:    "Rows are given to whoever has an e-mail address",
	Severity: rules.Info,
	Why: `
A user may change the e-mail address, and loses the rows then; whoever is given
the address later has them. Where addresses need not be confirmed, or a provider
does not check them, anyone can claim one. For an invitation that is what is
meant; for ownership the id is.`,
	Fix: `
` + "```sql" + `
alter policy "orders of the user" on public.orders using (user_id = (select auth.uid()));
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/auth/users"},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasClaim, func(s *rules.Side) string {
			if !s.Reads(func(c *expr.Claim) bool { return is(c, "email") }) {
				return ""
			}
			words := ""
			comparisons(s.Expr, func(x, y expr.Expr) {
				if c, ok := bare(y).(*expr.Claim); ok && is(c, "email") && columnOf(x) != "" {
					words = "gives rows to whoever has the e-mail address in " + columnOf(x)
				}
			})
			return words
		})
	},
})
