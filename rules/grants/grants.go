// Package grants has the rules about privileges: what a role needs and has not,
// and what it has and should not.
package grants

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

// users lists the API roles that a policy is evaluated for: it is for them,
// and they have the privilege for one of its commands.
func users(p *rules.Pass, t *catalog.Table, pol *catalog.Policy) []string {
	var out []string
	for _, role := range catalog.APIRoles() {
		if !p.Roles.Has(role) || p.BypassesRLS(role) || !pol.AppliesTo(p.Groups(role, true)...) {
			continue
		}
		for _, c := range catalog.Commands() {
			if pol.Command.Covers(c) && p.MayAnyColumn(role, t, c.Privilege()).Is(true) {
				out = append(out, role)
				break
			}
		}
	}
	return out
}

// soften makes a finding about anon alone a warning: who is not signed in gets
// an error instead of no rows, which hardly anybody notices. On a published
// table it takes Realtime's changes from everybody.
func soften(p *rules.Pass, f *rules.Finding, t *catalog.Table, role string) {
	if role == catalog.Anon && !p.IsPublished(t).Is(true) {
		p.Soften(f, rules.Warning)
	}
}

// at is the statement that gave the policy its expressions.
func at(pol *catalog.Policy) catalog.Origin {
	if pol.Using == nil {
		return pol.CheckAt
	}
	return pol.UsingAt
}
