package project

import (
	"policylint/inspect/project"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "site-url-localhost",
	Title:    "A hosted project is given the site URL of a developer's machine",
	Severity: rules.Warning,
	Needs:    rules.NeedsProject,
	Why: `
` + "`site_url`" + ` is where Auth sends people who ask for nothing else, and where the links in
its mails lead. On a developer's machine it is localhost. A remote that sets up
Auth and does not override it, or a script that pushes config.toml as it is, takes that value to the
hosted project: people who confirm their address end up on their own machine. A
site URL of http instead of https sends tokens in the clear.`,
	Fix: `
` + "```toml" + `
[remotes.production.auth]
site_url = "https://help.example.com"
additional_redirect_urls = ["https://agents.example.com/**"]
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/auth/redirect-urls", docs},
	Check: func(p *rules.Pass) {
		for _, t := range hosted(p) {
			site := t.Setting("auth.site_url")
			origin, ok := project.OriginOf(site.Text().Value)
			if !ok || !t.Setting("auth.enabled").Or(true).Is(true) {
				continue
			}
			switch own := t.Own("auth.site_url"); {
			case origin.Local() && !t.IsRemote():
				f := p.ReportRef(site.Ref(), site.Origin(), "auth.site_url is "+origin.String()+", and config.toml is pushed to a hosted project")
				f.Related = related("pushed here", p.Project.Pushes...)
			case origin.Local() && own.Given():
				p.ReportRef(own.Ref(), own.Origin(), own.Ref().Name+" is "+origin.String())
			case origin.Local() && (described(t) || len(p.Project.Pushes) > 0):
				f := p.ReportRef(own.Ref(), t.Origin, t.Ref().Name+" takes over auth.site_url, "+origin.String())
				f.Related = related("from here", site.Origin())
			case origin.Scheme == "http" && (own.Given() || len(p.Project.Config.Remotes) == 0):
				p.ReportRef(site.Ref(), site.Origin(), site.Ref().Name+" is "+origin.String()+", not https")
			}
		}
	},
})

// described reports whether a remote's section sets up Auth as a whole. One
// that does not may be there for migrations, seeds or a single provider.
func described(t *project.Target) bool {
	for _, key := range t.Own("auth").Keys() {
		if !t.Own("auth." + key).IsTable() {
			return true
		}
	}
	return false
}
