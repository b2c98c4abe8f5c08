package tenancy

import (
	"slices"
	"strings"

	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "identity-matched-by-pattern",
	Title:    "Who a user is, is decided by a pattern",
	Severity: rules.Warning,
	Why: `
Users choose their e-mail addresses. A pattern that is not tied to the whole domain
takes in others: ` + "`'%example.com'`" + ` is true for notexample.com, ` + "`'admin%'`" + ` for whoever
signs up as admin2. And where the address is part of the pattern itself, its ` + "`_`" + `
and ` + "`%`" + ` are wildcards. ` + "`'%@example.com'`" + ` is tied, and not reported.`,
	Fix: `
` + "```sql" + `
alter policy "documents of the company" on public.documents
  using ((select auth.email()) like '%@example.com');
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/functions-matching.html"},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasPattern, func(s *rules.Side) string {
			words := ""
			expr.Walk(s.Expr, func(n expr.Expr) bool {
				c, ok := n.(*expr.Compare)
				if !ok || c.Op != "~~" && c.Op != "~~*" {
					return true
				}
				if x, ok := bare(c.L).(*expr.Claim); ok && chosen(x) {
					if k, ok := c.R.(*expr.Const); ok && !k.Null && !tied(k.Text) {
						words = "matches " + strings.Join(x.Path, ".") + " with a pattern that others can meet"
					}
				}
				for _, x := range expr.Claims(c.R) {
					if chosen(x) {
						words = "makes a pattern of " + strings.Join(x.Path, ".") + ", whose _ and % are wildcards"
					}
				}
				return true
			})
			return words
		})
	},
})

// chosen reports whether users themselves decide on the claim.
func chosen(c *expr.Claim) bool {
	return is(c, "email", "phone") || len(c.Path) > 1 && slices.Contains([]string{"user_metadata", "raw_user_meta_data"}, c.Path[0])
}

// tied reports whether the pattern ends in a whole domain, or has no wildcard.
func tied(pattern string) bool {
	last := strings.LastIndexByte(pattern, '%')
	if last < 0 {
		return !strings.Contains(pattern, "_")
	}
	rest := pattern[last+1:]
	return strings.HasPrefix(rest, "@") || strings.HasPrefix(rest, ".") && strings.Contains(rest[1:], ".")
}
