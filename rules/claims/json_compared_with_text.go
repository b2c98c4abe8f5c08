package claims

import (
	"encoding/json"
	"strings"

	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "json-compared-with-text",
	Title:    "Policy compares a JSON value, quotes and all, with plain text",
	Severity: rules.Error,
	Why: `
` + "`->`" + ` gives JSON: the string agent is ` + "`\"agent\"`" + `, with its quotes, and stays so when it
is cast to text. The comparison with 'agent' is never true. ` + "`->>`" + ` gives the text.`,
	Fix: `
` + "```sql" + `
alter policy "tickets are read by staff" on public.tickets
  using ((select auth.jwt() ->> 'user_role') = 'agent');
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/functions-json.html"},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasClaim, func(s *rules.Side) string {
			if !s.Reads(func(c *expr.Claim) bool { return !c.Text }) {
				return ""
			}
			message := ""
			expr.Walk(s.Expr, func(n expr.Expr) bool {
				if claim, value, ok := jsonText(n); ok && message == "" {
					message = through(claim) + "compares the JSON of claim " + strings.Join(claim.Path, ".") + " with " + quoted(value) + ", which lacks the quotes"
				}
				return true
			})
			return message
		})
	},
})

// jsonText finds a claim taken as JSON, cast to text and compared with a
// string that no JSON value prints as.
func jsonText(n expr.Expr) (*expr.Claim, string, bool) {
	var x expr.Expr
	var values []expr.Expr
	switch n := n.(type) {
	case *expr.Compare:
		if n.Op != "=" {
			return nil, "", false
		}
		x, values = n.L, []expr.Expr{n.R}
		if _, ok := x.(*expr.Const); ok {
			x, values = n.R, []expr.Expr{n.L}
		}
	case *expr.In:
		x, values = n.X, n.List
	default:
		return nil, "", false
	}
	if c, ok := x.(*expr.Cast); ok {
		x = c.X
	}
	claim, ok := x.(*expr.Claim)
	if !ok || claim.Text {
		return nil, "", false
	}
	for _, v := range values {
		if c, ok := v.(*expr.Const); ok && !c.Null && !json.Valid([]byte(c.Text)) {
			return claim, c.Text, true
		}
	}
	return nil, "", false
}
