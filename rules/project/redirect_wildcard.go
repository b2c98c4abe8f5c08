package project

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"policylint/inspect/project"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "redirect-wildcard",
	Title:    "Redirect URL that anyone can own",
	Category: rules.CategorySecurity,
	Severity: rules.Warning,
	Needs:    rules.NeedsProject,
	Why: `
After signing in, Auth sends the browser to any address that the list allows, with
the tokens in it. ` + "`**`" + ` stands for anything, and ` + "`*`" + ` for anything without a dot or a
slash, so that ` + "`https://**`" + ` allows every site, ` + "`https://help.example.com**`" + ` also
help.example.com.evil.example, and ` + "`https://*.vercel.app`" + ` a site that anyone can
register.`,
	Fix: `
Write hosts out, and wildcards only in paths or below a domain of your own:

` + "```toml" + `
additional_redirect_urls = ["https://agents.example.com/**", "https://*-your-team.vercel.app/**"]
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/auth/redirect-urls"},
	Check: func(p *rules.Pass) {
		const path = "auth.additional_redirect_urls"
		for _, t := range p.Project.Config.Targets() {
			list, ok := t.Own(path).List()
			if !ok {
				continue
			}
			public := t.IsRemote() || len(hosted(p)) > 0 && !overridden(p, path) || namesHost(t, list)
			for _, entry := range list {
				text := entry.Text()
				if why := openTo(project.ParseRedirect(text.Value)); text.Known && public && why != "" {
					ref := entry.Ref()
					ref.Name += " " + text.Value
					p.ReportRef(ref, entry.Origin(), entry.Ref().Name+" has "+text.Value+", which "+why)
				}
			}
		}
	},
})

// overridden reports whether every remote has a value of its own.
func overridden(p *rules.Pass, path string) bool {
	for _, t := range hosted(p) {
		if !t.Own(path).Given() || !t.IsRemote() {
			return false
		}
	}
	return true
}

// namesHost reports whether a list, or the site URL beside it, is about more
// than a developer's machine.
func namesHost(t *project.Target, list []project.Setting) bool {
	for _, s := range append([]project.Setting{t.Setting("auth.site_url")}, list...) {
		pattern := project.ParseRedirect(s.Text().Value)
		host := strings.Trim(pattern.Host, "*.")
		if i := strings.LastIndexByte(host, ':'); i >= 0 {
			host = host[:i]
		}
		if (pattern.Scheme == "https" || pattern.Scheme == "http") && host != "" && !project.LocalHost(host) {
			return true
		}
	}
	return false
}

// openTo says who else an entry lets in, "" when nobody.
func openTo(r project.RedirectPattern) string {
	host, _, _ := strings.Cut(r.Host, ":")
	switch {
	case !r.Wild() || r.Scheme != "" && r.Scheme != "http" && r.Scheme != "https":
		return "" // an application's own scheme is another matter
	case strings.Trim(r.Host, "*.") == "":
		return "is any site"
	case project.LocalHost(strings.Trim(host, "*.")):
		return ""
	case strings.HasSuffix(host, "*"):
		return "is also any site whose name begins so"
	}
	// Of a name that one can register, the registered part must be written out.
	suffix, _ := publicsuffix.PublicSuffix(strings.NewReplacer("**", "x", "*", "x").Replace(host))
	labels := strings.Split(strings.TrimSuffix(host, "."+suffix), ".")
	if strings.Trim(labels[len(labels)-1], "*") == "" {
		return "is any site below " + suffix + ", where anyone can register one"
	}
	return ""
}
