package claims

import (
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "unsafe-claims-setting",
	Title:    "Policy raises when no token is there",
	Severity: rules.Error,
	Why: `
` + "`current_setting('request.jwt.claims')`" + ` raises 42704 in a session where the setting was
never made. With ` + "`true`" + ` as second argument it gives null there, but an empty string
on a pooled connection that had it set before, and an empty string cast to json
raises 22P02. A policy that raises on a published table stops delivery for the
whole project. ` + "`auth.jwt()`" + ` guards against both.`,
	Fix: `
` + "```sql" + `
alter policy "tickets are read by staff" on public.tickets
  using ((select auth.jwt() ->> 'user_role') = 'agent');
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SET",
		"https://github.com/supabase/realtime/issues/2093",
	},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasClaim, func(s *rules.Side) string {
			for _, c := range s.Claims {
				switch {
				case c.Via != expr.ViaSetting:
				case !c.MissingOK:
					return through(c) + "reads request.jwt.claims without missing_ok and raises where it is not set"
				case !c.NullGuard:
					return through(c) + "casts request.jwt.claims to json without nullif and raises where it is empty"
				}
			}
			return ""
		})
	},
})
