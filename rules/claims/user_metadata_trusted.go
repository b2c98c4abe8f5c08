package claims

import (
	"slices"

	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "user-metadata-trusted",
	Title:    "Policy trusts what users write about themselves",
	Category: rules.CategorySecurity,
	Severity: rules.Error,
	Why: `
` + "`user_metadata`" + ` is editable by the user it belongs to, with one call of the client
library. A policy that decides by it lets everybody choose what they are.`,
	Fix: `
Decide by ` + "`app_metadata`" + `, which only the server writes, or by a claim that the
access token hook writes:

` + "```sql" + `
alter policy "tickets are read by staff" on public.tickets
  using ((select auth.jwt() -> 'app_metadata' ->> 'user_role') = 'agent');
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/database/postgres/row-level-security#authjwt"},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasClaim|expr.HasQuery, func(s *rules.Side) string {
			for _, c := range s.Claims {
				if len(c.Path) > 0 && c.Path[0] == "user_metadata" {
					return through(c) + "reads user_metadata, which users edit themselves"
				}
			}
			if !names(s, userMetadata) {
				return ""
			}
			for _, c := range expr.RefsOf(s.Expr).Columns {
				if c.Relation == "auth.users" && c.Name == userMetadata {
					return "reads auth.users.raw_user_meta_data, which users edit themselves"
				}
			}
			return ""
		})
	},
})

// userMetadata is the column behind claim user_metadata.
const userMetadata = "raw_user_meta_data"

// names reports whether a sub-select names a column so, whosever it is.
func names(s *rules.Side, column string) bool {
	return s.Has.Any(expr.HasQuery) && slices.ContainsFunc(expr.Columns(s.Expr), func(c *expr.Column) bool { return c.Name == column })
}
