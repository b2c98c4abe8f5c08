// Package claims has the rules about how policies read the access token.
package claims

import (
	"iter"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

// docs are where Supabase describes claims in policies.
var docs = []string{
	"https://supabase.com/docs/guides/database/postgres/row-level-security#authjwt",
	"https://supabase.com/docs/guides/database/postgres/custom-claims-and-role-based-access-control-rbac",
}

// A side is one expression of a policy, helpers written out.
type side struct {
	policy *catalog.Policy
	table  *catalog.Table
	expr   expr.Expr
	at     catalog.Origin // the statement that gave it
}

// sides yields the expressions of the project's policies.
func sides(p *rules.Pass) iter.Seq[side] {
	return func(yield func(side) bool) {
		for t, pol := range p.Policies() {
			e := p.Expanded(pol)
			if e.Using != nil && !yield(side{pol, t, e.Using, pol.UsingAt}) {
				return
			}
			if e.Check != nil && !yield(side{pol, t, e.Check, pol.CheckAt}) {
				return
			}
		}
	}
}

// once reports one finding for each policy: the first side for which say finds
// something.
func once(p *rules.Pass, say func(side) string) {
	seen := map[*catalog.Policy]bool{}
	for s := range sides(p) {
		if seen[s.policy] {
			continue
		}
		if message := say(s); message != "" {
			seen[s.policy] = true
			p.Report(s.policy, s.at, s.policy.Ref().String()+" "+message)
		}
	}
}
