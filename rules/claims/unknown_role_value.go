package claims

import (
	"slices"
	"strings"

	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "unknown-role-value",
	Title:    "Policy compares a claim with a value it never has",
	Severity: rules.Warning,
	Why: `
The claim's values are known, from rules.yaml or from the enum that the access
token hook reads, and the policy compares it with something else: a plural, an
older name, another case. That branch of the policy is never true.`,
	Fix: `
Write the value as the enum has it:

` + "```sql" + `
alter policy "tickets are read by staff" on public.tickets
  using ((select auth.jwt() ->> 'user_role') = 'agent');
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		known := p.Claims()
		p.OncePerPolicy(expr.HasClaim, func(s *rules.Side) string {
			if !s.Reads(func(c *expr.Claim) bool { return leadsTo(known, c.Path) }) {
				return ""
			}
			for _, c := range expr.Comparisons(s.Expr) {
				claim, ok := p.ClaimAt(c.Claim.Path)
				if ok && len(claim.Values) > 0 && !slices.Contains(claim.Values, c.Value) {
					return through(c.Claim) + "compares claim " + strings.Join(c.Claim.Path, ".") + " with " + quoted(c.Value) + ", which it never is: " + strings.Join(claim.Values, ", ")
				}
			}
			return ""
		})
	},
})

// leadsTo reports whether one of the claims is at the path or below it.
func leadsTo(known []rules.Claim, path []string) bool {
	return slices.ContainsFunc(known, func(c rules.Claim) bool {
		return slices.ContainsFunc(c.Paths, func(q rules.ClaimPath) bool {
			return len(q) >= len(path) && slices.Equal(q[:len(path)], path)
		})
	})
}
