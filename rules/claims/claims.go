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

// A comparison is a claim held against a constant.
type comparison struct {
	claim *expr.Claim
	value string
}

// comparisons lists the claims that an expression compares with constants:
// = <> IN ANY, @> with an object, and through coalesce.
func comparisons(e expr.Expr) []comparison {
	var out []comparison
	add := func(x, c expr.Expr) {
		if k, ok := c.(*expr.Const); ok && !k.Null {
			for _, claim := range below(x) {
				out = append(out, comparison{claim, k.Text})
			}
		}
	}
	expr.Walk(e, func(n expr.Expr) bool {
		switch n := n.(type) {
		case *expr.Compare:
			switch n.Op {
			case "=", "<>":
				add(n.L, n.R)
				add(n.R, n.L)
			case "@>":
				out = append(out, contained(n)...)
			}
		case *expr.IsDistinct:
			add(n.L, n.R)
			add(n.R, n.L)
		case *expr.In:
			for _, c := range n.List {
				add(n.X, c)
			}
		case *expr.Case:
			for _, w := range n.Whens {
				if n.Operand != nil {
					add(n.Operand, w.Cond)
				}
			}
		}
		return true
	})
	return out
}

// below lists the claims whose value an expression passes on.
func below(e expr.Expr) []*expr.Claim {
	switch e := e.(type) {
	case *expr.Claim:
		return []*expr.Claim{e}
	case *expr.Cast:
		return below(e.X)
	case *expr.NullIf:
		return below(e.X)
	case *expr.Coalesce:
		var out []*expr.Claim
		for _, a := range e.Args {
			out = append(out, below(a)...)
		}
		return out
	case *expr.Call:
		if (e.Name == "lower" || e.Name == "upper" || e.Name == "btrim") && len(e.Args) > 0 {
			return below(e.Args[0])
		}
	}
	return nil
}
