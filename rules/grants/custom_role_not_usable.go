package grants

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "custom-role-not-usable",
	Title:    "Tokens name a role that requests cannot run as",
	Category: rules.CategoryClaims,
	Severity: rules.Error,
	Why: `
The claim role names the PostgreSQL role that a request runs as: PostgREST logs in
as authenticator and switches to it, Realtime registers the subscription with it.
A role that does not exist, or that authenticator is no member of, ends every
request of such a token.`,
	Fix: `
Keep the claim role at authenticated and use a claim of your own; or make the role
usable, with all that authenticated was given:

` + "```sql" + `
grant agent to authenticator;
` + "```",
	Refs: []string{"https://docs.postgrest.org/en/stable/references/auth.html"},
	Check: func(p *rules.Pass) {
		if p.Config == nil || !p.Roles.Has(catalog.Authenticator) {
			return
		}
		for _, s := range p.Subjects() {
			if s.Role == "" || s.Origin.IsZero() {
				continue
			}
			ref := catalog.Ref{Kind: "subject", Name: s.Name}
			switch {
			case !p.Roles.Has(s.Role):
				p.ReportRef(ref, s.Origin, "subject "+s.Name+" has the role "+s.Role+", which does not exist")
			case uncertain(p, s.Role):
			case !p.CanSetRole(catalog.Authenticator, s.Role):
				p.ReportRef(ref, s.Origin, "subject "+s.Name+" has the role "+s.Role+", which authenticator may not switch to").
					Fix = "grant " + catalog.Quote(s.Role) + " to authenticator;"
			}
		}
	},
})

// uncertain reports whether it is not known what the role is a member of, or
// who is a member of it: a dump only names it.
func uncertain(p *rules.Pass, role string) bool {
	r, ok := p.Roles.Get(role)
	return ok && r.Unsure.Any(catalog.Members)
}
