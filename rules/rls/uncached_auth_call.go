package rls

import (
	"slices"
	"strings"

	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "uncached-auth-call",
	Title:    "Policy calls an auth function once for every row",
	Category: rules.CategoryPerformance,
	Severity: rules.Warning,
	Why: `
A bare ` + "`auth.uid()`" + ` in a policy runs for every row that the query touches. Inside a
scalar sub-select the planner runs it once for the query, which on a large table
is the difference between milliseconds and seconds. Realtime evaluates the
policy again for each subscriber.`,
	Fix: `
` + "```sql" + `
alter policy "notes are read by their owner" on public.notes
  using (owner_id = (select auth.uid()));
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/database/postgres/row-level-security#call-functions-with-select",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0003_auth_rls_initplan",
	},
	Check: func(p *rules.Pass) {
		for _, pol := range p.Policies() {
			at := pol.UsingAt
			name := bareCall(pol.Using)
			if name == "" {
				at, name = pol.CheckAt, bareCall(pol.Check)
			}
			if name != "" {
				p.Report(pol, at, pol.Ref().String()+" calls "+name+" for every row")
			}
		}
	},
})

// bareCall names the first call that reads the session outside a scalar
// sub-select.
func bareCall(e expr.Expr) string {
	for _, c := range expr.Claims(e) {
		if !c.Cached {
			switch c.Via {
			case expr.ViaUID:
				return "auth.uid()"
			case expr.ViaRole:
				return "auth.role()"
			case expr.ViaEmail:
				return "auth.email()"
			case expr.ViaJWT:
				return "auth.jwt()"
			}
			return "current_setting()"
		}
	}
	found := ""
	expr.Walk(e, func(n expr.Expr) bool {
		switch n := n.(type) {
		case *expr.Setting:
			if !n.Cached && found == "" {
				found = "current_setting()"
			}
		case *expr.Call:
			if !n.Cached && found == "" && strings.HasPrefix(n.Name, "auth.") && slices.Contains([]string{"auth.uid", "auth.jwt", "auth.role", "auth.email"}, n.Name) {
				found = n.Name + "()"
			}
		}
		return true
	})
	return found
}
