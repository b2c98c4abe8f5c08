package hook

import (
	"slices"
	"strings"

	"policylint/inspect/hook"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-missing-expected-claim",
	Title:    "The access token hook does not write a configured claim",
	Severity: rules.Error,
	Why: `
The configuration says that policies read a claim, and the hook writes it at none of
its paths. Policies that ask for it match nobody.`,
	Fix: `
` + "```sql" + `
claims := jsonb_set(claims, '{user_role}', to_jsonb(assigned));
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok || !r.Complete() || r.Issued == hook.Never {
			return
		}
		var missing []string
		for _, c := range p.Claims() {
			if c.Configured && len(c.Paths) > 0 && !slices.ContainsFunc(c.Paths, func(path rules.ClaimPath) bool { return writes(r, path) }) {
				missing = append(missing, c.Paths[0].String())
			}
		}
		if len(missing) > 0 {
			report(p, r, r.Function.Origin, "does not write "+strings.Join(missing, ", "))
		}
	},
})

// writes reports whether the hook writes the claim, something below it, or
// what it is part of.
func writes(r *hook.Result, path []string) bool {
	return slices.ContainsFunc(r.Claims, func(c hook.Claim) bool {
		n := min(len(c.Path), len(path))
		return c.When != hook.Never && slices.Equal(c.Path[:n], path[:n])
	})
}
