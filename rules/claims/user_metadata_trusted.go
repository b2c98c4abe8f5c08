package claims

import (
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
		once(p, func(s side) string {
			for _, c := range expr.Claims(s.expr) {
				if len(c.Path) > 0 && c.Path[0] == "user_metadata" {
					return through(c) + "reads user_metadata, which users edit themselves"
				}
			}
			for _, c := range expr.RefsOf(s.expr).Columns {
				if c.Relation == "auth.users" && c.Name == "raw_user_meta_data" {
					return "reads auth.users.raw_user_meta_data, which users edit themselves"
				}
			}
			return ""
		})
	},
})
