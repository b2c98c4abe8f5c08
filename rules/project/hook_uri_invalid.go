package project

import (
	"regexp"
	"strings"
	"sync"

	"policylint/inspect/catalog"
	"policylint/inspect/project"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-uri-invalid",
	Title:    "Hook that Auth or the CLI refuses",
	Category: rules.CategoryHook,
	Severity: rules.Error,
	Needs:    rules.NeedsProject,
	Why: `
Auth takes three kinds of URI: ` + "`pg-functions://postgres/SCHEMA/FUNCTION`" + `, whose names
have only letters, digits and _ and are compared with their case; https; and http
to the machine itself. With any other it does not start, or every sign-in ends
with 500. The CLI refuses secrets for pg-functions, and http hooks without one.`,
	Fix: `
` + "```toml" + `
[auth.hook.custom_access_token]
enabled = true
uri = "pg-functions://postgres/public/custom_access_token_hook"
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/auth/auth-hooks", docs},
	Check: func(p *rules.Pass) {
		for _, t := range p.Project.Config.Targets() {
			if !t.Setting("auth.enabled").Or(true).Is(true) {
				continue
			}
			for _, h := range t.Hooks() {
				own := !t.IsRemote() || t.Own(h.Enabled.Path).Given() || t.Own(h.URI.Path).Given() || t.Own(h.Secrets.Path).Given()
				if own && h.On().Is(true) {
					checkURI(p, h)
				}
			}
		}
	},
})

// hookSecret is a secret as the CLI takes it (supabase/cli, pkg/config).
var hookSecret = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^v1,whsec_[A-Za-z0-9+/=]{32,88}$`) })

// checkURI judges one hook. Findings point at the URI: a line with a secret is
// not to be shown.
func checkURI(p *rules.Pass, h project.Hook) {
	at := h.URI.Origin()
	if at.IsZero() {
		at = h.Enabled.Origin()
	}
	report := func(message string) { p.ReportRef(h.URI.Ref(), at, h.URI.Path+" "+message) }
	text := h.URI.Text()
	if !h.URI.Given() {
		report("is not there, and the hook is enabled")
		return
	}
	if !text.Known {
		p.Doubt(h.URI.Ref(), at, "the URI of the hook comes from the environment, or is no text")
		return
	}
	uri := project.ParseHookURI(text.Value)
	secrets := h.Secrets.Text()
	switch {
	case uri.Fault != "":
		report(uri.Fault)
	case uri.Function != (catalog.Name{}):
		if h.Secrets.Given() && (!secrets.Known || secrets.Value != "") {
			report("is a function, and the hook has secrets, which only http hooks take")
		}
		if p.Functions.Has(uri.Function) {
			return
		}
		for f := range p.ProjectFunctions() {
			if sameName(f.Name, uri.Function) {
				report("names " + uri.Function.String() + ", and the function is called " + f.Name.String())
				return
			}
		}
	case !h.Secrets.Given() || secrets.Known && secrets.Value == "":
		report("is an http hook without secrets")
	case secrets.Known:
		for secret := range strings.SplitSeq(secrets.Value, "|") {
			if !hookSecret().MatchString(secret) {
				report("is an http hook whose secrets are not of the form v1,whsec_…")
				return
			}
		}
	}
}

// fold is a name in lower case.
func fold(n catalog.Name) string { return strings.ToLower(n.String()) }
