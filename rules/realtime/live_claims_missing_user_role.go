package realtime

import (
	"fmt"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/hook"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "live-claims-missing-user-role",
	Title:    "Connected users whose tokens lack the application's claim",
	Severity: rules.Error,
	Needs:    rules.NeedsDatabase,
	Why: `
Users are subscribed right now with tokens that do not carry the claim which the
policies read. The hook that writes it is not enabled in this project, although it
may be on localhost, or the tokens are older than the hook.`,
	Fix: `
Enable the hook in the project's dashboard, under Authentication, Hooks, or with
` + "`[auth.hook.custom_access_token]`" + ` in config.toml and ` + "`supabase config push`" + `; then have
the clients refresh their sessions.`,
	Refs: []string{"https://supabase.com/docs/guides/auth/auth-hooks/custom-access-token-hook"},
	Check: func(p *rules.Pass) {
		if p.Runtime == nil || p.Runtime.Subscriptions == nil {
			p.Skip("realtime.subscription is not there, or may not be read")
			return
		}
		for _, c := range p.Claims() {
			users, carrying := 0, 0
			for _, s := range p.Runtime.Subscriptions.Tables {
				if s.Role != catalog.Authenticated {
					continue
				}
				most := 0
				for _, path := range c.Paths {
					most = max(most, s.Carrying(path...))
				}
				users, carrying = users+s.Count, carrying+most
			}
			// Where the hook leaves some users without the claim, only its total
			// absence says something.
			if users == carrying || carrying > 0 && !alwaysWritten(p, c) {
				continue
			}
			var paths []string
			for _, path := range c.Paths {
				paths = append(paths, path.String())
			}
			p.ReportRef(catalog.Ref{Kind: "claim", Name: c.Name}, catalog.Origin{},
				fmt.Sprintf("%d of %s by signed-in users carry no claim %s", users-carrying, subscriptions(users), strings.Join(paths, " or ")))
		}
	},
})

// alwaysWritten reports whether the hook writes the claim into every token, if
// only as null.
func alwaysWritten(p *rules.Pass, c rules.Claim) bool {
	effect, ok := p.HookEffect()
	if !ok {
		return false
	}
	for _, w := range effect.Claims {
		for _, path := range c.Paths {
			if w.When == hook.Always && path.String() == rules.ClaimPath(w.Path).String() {
				return true
			}
		}
	}
	return false
}
