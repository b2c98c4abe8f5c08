package realtime

import (
	"fmt"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "live-subscribers-anon",
	Title:    "Clients that subscribe without their user's token",
	Severity: rules.Warning,
	Needs:    rules.NeedsDatabase,
	Why: `
Clients are subscribed right now in the role anon to a table whose SELECT policies
are for signed-in users. They receive DELETE events and nothing else: the
connection was opened with the public key, and the user's access token never
reached Realtime.`,
	Fix: `
Pass the token to Realtime: supabase-js does when the client is signed in; with
tokens of your own, use the accessToken option or ` + "`supabase.realtime.setAuth(token)`" + `
before the first subscribe.`,
	Refs: []string{
		"https://supabase.com/docs/guides/realtime/postgres-changes",
		"https://supabase.com/docs/guides/realtime/protocol",
	},
	Check: func(p *rules.Pass) {
		if p.Runtime == nil || p.Runtime.Subscriptions == nil {
			p.Skip("realtime.subscription is not there, or may not be read")
			return
		}
		for _, s := range p.Runtime.Subscriptions.Tables {
			t, ok := p.Tables.Get(s.Table)
			if !ok || s.Role != catalog.Anon || !t.RLS.Is(true) || lets(p, t, catalog.Anon) || !lets(p, t, catalog.Authenticated) {
				continue
			}
			p.Report(t, t.Origin, fmt.Sprintf("%s has %s in role anon, which no SELECT policy is for", t.Name, subscriptions(s.Count)))
		}
	},
})

// lets reports whether a permissive SELECT policy of the table is for the role.
func lets(p *rules.Pass, t *catalog.Table, role string) bool {
	for pol := range t.Policies() {
		if pol.Permissive && pol.Command.Covers(catalog.ForSelect) && pol.AppliesTo(p.Groups(role, true)...) {
			return true
		}
	}
	return false
}

func subscriptions(n int) string {
	if n == 1 {
		return "1 subscription"
	}
	return fmt.Sprintf("%d subscriptions", n)
}
