package tenancy

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "current-user-as-identity",
	Title:    "Policy takes the database role for the user",
	Severity: rules.Warning,
	Why: `
Behind the API all signed-in users share the database role authenticated, and all
others anon: ` + "`current_user`" + ` is the same for every user, and no column that tells
users apart can equal it. Inside a SECURITY DEFINER function it is even the
function's owner. Where each user has a role of their own, without the API, it is
right, and nothing is reported.`,
	Fix: `
` + "```sql" + `
alter policy "orders of the user" on public.orders using (user_id = (select auth.uid()));
` + "```",
	Refs: []string{
		docs,
		"https://www.postgresql.org/docs/current/functions-info.html",
	},
	Check: func(p *rules.Pass) {
		if !p.Roles.Has(catalog.Authenticated) {
			return
		}
		names := []string{"current_user", "session_user", "current_role", "user"}
		p.OncePerPolicy(expr.HasCall, func(s *rules.Side) string {
			if len(p.PolicyRoles(s.Policy)) == 0 {
				return ""
			}
			words := ""
			comparisons(s.Expr, func(x, y expr.Expr) {
				call, ok := bare(y).(*expr.Call)
				if ok && len(call.Args) == 0 && slices.Contains(names, call.Name) && columnOf(x) != "" {
					words = "compares column " + columnOf(x) + " with " + call.Name + ", which is the same for all users of the API"
				}
			})
			return words
		})
	},
})
