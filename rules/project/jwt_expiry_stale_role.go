package project

import (
	"fmt"

	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "jwt-expiry-stale-role",
	Title:    "Tokens that keep a role for long after it was taken away",
	Category: rules.CategorySecurity,
	Severity: rules.Info,
	Needs:    rules.NeedsProject,
	Why: `
Claims are written when a token is issued and stay until it expires. With
` + "`jwt_expiry`" + ` above an hour, somebody whose role was taken away keeps what it allowed
for as long, in the API and in every open channel.`,
	Fix: `
` + "```toml" + `
[auth]
jwt_expiry = 3600
` + "```" + `

What must end at once has to be asked of a table, not of a claim.`,
	Refs: []string{"https://supabase.com/docs/guides/auth/sessions", docs},
	Check: func(p *rules.Pass) {
		claims := p.Claims()
		if len(claims) == 0 {
			return
		}
		for _, t := range p.Project.Config.Targets() {
			expiry := t.Own("auth.jwt_expiry")
			if v := expiry.Int(); v.Known && v.Value > 3600 {
				p.ReportRef(expiry.Ref(), expiry.Origin(), fmt.Sprintf("%s is %d seconds, and claim %s tells what a user may do", expiry.Ref().Name, v.Value, claims[0].Name))
			}
		}
	},
})
