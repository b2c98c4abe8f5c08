package rules

import (
	"iter"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// An index has the policies and what is in their expressions, worked out once
// for the rules of a run. It is only read.
type index struct {
	policies []policyOf
	places   map[*catalog.Policy]int // in policies
	sides    []Side
}

type policyOf struct {
	table  *catalog.Table
	policy *catalog.Policy
	has    expr.Kinds // in its expressions, with helpers written out and as they are
	reads  []Read
}

// newIndex goes through a catalog that is complete.
func newIndex(c *catalog.Catalog) *index {
	n := 0
	for range policies(c) {
		n++
	}
	x := &index{policies: make([]policyOf, 0, n), places: make(map[*catalog.Policy]int, n), sides: make([]Side, 0, n+n/4)}
	claims := make([]*expr.Claim, 0, n+n/4)
	for t, pol := range policies(c) {
		one := policyOf{table: t, policy: pol}
		e := c.Expanded(pol)
		for i, side := range []expr.Expr{e.Using, e.Check} {
			if side == nil {
				continue
			}
			from := len(claims)
			var has expr.Kinds
			has, claims = expr.KindsOf(side, claims)
			one.has |= has
			x.sides = append(x.sides, Side{Table: t, Policy: pol, Expr: side, Has: has, Claims: claims[from:len(claims):len(claims)], Check: i == 1})
		}
		if e.Using != pol.Using || e.Check != pol.Check {
			for _, side := range []expr.Expr{pol.Using, pol.Check} {
				has, _ := expr.KindsOf(side, nil)
				one.has |= has
			}
		}
		if one.has.Any(expr.HasQuery) {
			one.reads = readsOf(e)
		}
		x.places[pol] = len(x.policies)
		x.policies = append(x.policies, one)
	}
	return x
}

// policies yields what [Pass.Policies] does.
func policies(c *catalog.Catalog) iter.Seq2[*catalog.Table, *catalog.Policy] {
	return func(yield func(*catalog.Table, *catalog.Policy) bool) {
		for t := range c.Tables.All() {
			if t.Unsure.Any(catalog.Existence) && !t.Assumed {
				continue
			}
			for pol := range t.Policies() {
				if pol.Platform || pol.Unsure.Any(catalog.Existence) {
					continue
				}
				if !yield(t, pol) {
					return
				}
			}
		}
	}
}

// indexed is the index of the run, or one of the pass's own.
func (p *Pass) indexed() *index {
	if p.index == nil {
		p.index = newIndex(p.Catalog)
	}
	return p.index
}
