package bypass

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "role-bypasses-rls",
	Title:    "Role of the API that bypasses row level security",
	Severity: rules.Error,
	Why: `
To a superuser, and to a role with BYPASSRLS, no policy applies. The API runs each
request as the role that the token names, if its own login role may become it:
such a role among them opens every table to whoever is given that token. The
service role alone is meant to.`,
	Fix: `
` + "```sql" + `
alter role reporting nobypassrls;
` + "```",
	Refs: []string{
		rlsDocs,
		"https://docs.postgrest.org/en/stable/references/auth.html",
	},
	Check: func(p *rules.Pass) {
		own := append(catalog.APIRoles(), catalog.Authenticator)
		for r := range p.Roles.All() {
			if !p.BypassesRLS(r.Name) || r.Unsure.Any(catalog.Existence) || r.Name == catalog.ServiceRole {
				continue
			}
			api := slices.Contains(own, r.Name)
			if !api && (r.Platform || !p.Roles.Has(catalog.Authenticator) || p.IsSuperuser(catalog.Authenticator) || !p.CanSetRole(catalog.Authenticator, r.Name)) {
				continue
			}
			at, why := r.BypassRLS.Origin, "has BYPASSRLS"
			if r.Superuser.Is(true) {
				at, why = r.Superuser.Origin, "is a superuser"
			}
			f := p.Report(r, at, "role "+r.Name+" "+why+", and requests of the API can run as it")
			if !api {
				p.Soften(f, rules.Warning) // who gets such tokens is not known
			}
			if r.Superuser.Is(false) {
				f.Fix = "alter role " + catalog.Quote(r.Name) + " nobypassrls;"
			}
		}
	},
})
