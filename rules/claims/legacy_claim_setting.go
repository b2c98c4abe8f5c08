package claims

import (
	"strings"

	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "legacy-claim-setting",
	Title:    "Policy reads a setting that nothing fills any more",
	Severity: rules.Error,
	Why: `
One setting for each claim (` + "`request.jwt.claim.user_role`" + `) is how PostgREST passed the
token before version 9. Realtime does not set them when it checks who may see a
row, so the policy matches nobody there, and without ` + "`true`" + ` as second argument it
raises, which stops delivery for everyone.`,
	Fix: `
` + "```sql" + `
alter policy "tickets are read by staff" on public.tickets
  using ((select auth.jwt() ->> 'user_role') = 'agent');
` + "```",
	Refs: append([]string{"https://docs.postgrest.org/en/stable/releases/v9.0.0.html"}, docs...),
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasClaim, func(s *rules.Side) string {
			for _, c := range s.Claims {
				if c.Via == expr.ViaLegacy {
					return through(c) + "reads the setting " + strings.Join(append([]string{"request.jwt.claim"}, c.Path...), ".") + ", which is no longer set"
				}
			}
			return ""
		})
	},
})
