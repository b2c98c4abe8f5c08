package hook

import (
	"policylint/inspect/catalog"
	"policylint/inspect/hook"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-overwrites-role",
	Title:    "The access token hook overwrites the claim role",
	Severity: rules.Error,
	Why: `
` + "`role`" + ` is the database role that PostgREST and Realtime switch to. With an
application's role in it, every request fails: ` + "`" + `role "agent" does not exist` + "`" + `, or
permission denied to set role; Realtime refuses the subscription.`,
	Fix: `
Write the application's role to a claim of its own:

` + "```sql" + `
claims := jsonb_set(claims, '{user_role}', to_jsonb(assigned));
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok || r.Role.Kept == hook.Always || r.Role.Kept == hook.Unclear || r.Role.At == (catalog.Origin{}) || switchable(p, r.Role.Values) {
			return
		}
		to := ""
		switch {
		case r.Role.Values != nil:
			to = " to " + oneOf(r.Role.Values)
		case r.Role.From != "":
			to = " to " + r.Role.From
		}
		report(p, r, r.Role.At, "sets the claim role"+to+on(r.Function, r.Role.At))
	},
})

// switchable reports whether PostgREST could switch to each of the roles, so
// that they may be meant.
func switchable(p *rules.Pass, roles []string) bool {
	for _, role := range roles {
		if role == catalog.ServiceRole || !p.Roles.Has(role) || !p.CanSetRole(catalog.Authenticator, role) {
			return false
		}
	}
	return len(roles) > 0
}
