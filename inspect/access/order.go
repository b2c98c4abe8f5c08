package access

import (
	"cmp"
	"slices"
	"strings"

	"policylint/inspect/expr"
)

// An item is one of the conditions that PostgreSQL keeps apart when it filters
// rows: what stands between the ANDs of one policy, or all permissive ones.
type item struct {
	outcome
	level int     // whose turn it is: policies that only restrict come first
	cost  float64 // in calls of a cheap function
	leaky bool    // must not be looked at before those of a lower level
}

// cheap is the cost up to which a condition that shows nothing of the row may
// be looked at before those of other policies.
const cheap = 10

// items takes a condition apart.
func (m *machine) items(x expr.Expr, level int) (out []item) {
	for _, c := range spread(x) {
		if folded(c) == False {
			return []item{{outcome: outcome{t: False}}}
		}
		out = append(out, item{m.cond(c), level, cost(c), leaky(c)})
	}
	return out
}

// inOrder puts conditions together in the order in which PostgreSQL looks at
// them (src/backend/optimizer/plan/createplan.c: order_qual_clauses).
func inOrder(items []item) outcome {
	list := slices.Clone(items)
	slices.SortStableFunc(list, func(a, b item) int { return cmp.Or(cmp.Compare(a.turn(), b.turn()), cmp.Compare(a.cost, b.cost)) })
	out := outcome{t: True}
	for _, i := range list {
		out = both(out, i.outcome, true)
	}
	return out
}

func (i item) turn() int {
	if !i.leaky && i.cost <= cheap {
		return 0
	}
	return i.level
}

// leaky reports whether a condition could show something of the row to a
// function that is not known to keep it (src/backend/optimizer/util/clauses.c:
// contain_leaked_vars).
func leaky(x expr.Expr) bool {
	switch x := x.(type) {
	case *expr.Column:
		return false
	case *expr.Compare:
		switch x.Op {
		case "=", "<>", "<", "<=", ">", ">=":
			return leaky(x.L) || leaky(x.R)
		}
	case *expr.In:
		return leaky(x.X)
	case *expr.AnyOf:
		return leaky(x.X) || leaky(x.Array)
	case *expr.IsDistinct:
		return leaky(x.L) || leaky(x.R)
	case *expr.And:
		return slices.ContainsFunc(x.Args, leaky)
	case *expr.Or:
		return slices.ContainsFunc(x.Args, leaky)
	case *expr.Not:
		return leaky(x.X)
	case *expr.BoolTest:
		return leaky(x.X)
	case *expr.IsNull:
		return leaky(x.X)
	}
	return x != nil && (!fixed(x) || opaque(x))
}

// opaque reports whether a condition has a part of which PostgreSQL does not
// know that it keeps what it is given: a COALESCE, such as the one in the
// functions that read the token, or a sub-select that is no value by itself.
func opaque(x expr.Expr) bool {
	found := false
	expr.Walk(x, func(x expr.Expr) bool {
		switch x := x.(type) {
		case *expr.Coalesce:
			found = true
		case *expr.Claim:
			found = found || !x.Cached && x.Helper == "" && x.Via != expr.ViaSetting && x.Via != expr.ViaLegacy
		case *expr.Query:
			found = found || x.Kind == expr.Any || x.Kind == expr.All || !x.Cached
			return false
		}
		return !found
	})
	return found
}

// fixed reports whether a condition reads no column of the row.
func fixed(x expr.Expr) bool {
	return !slices.ContainsFunc(expr.Columns(x), func(c *expr.Column) bool { return c.Table == "" || c.Table == "?" })
}

// ofClaim is what reading a claim costs, by the door to it, before the path.
var ofClaim = map[expr.Via]float64{expr.ViaJWT: 6, expr.ViaUID: 8, expr.ViaRole: 6, expr.ViaEmail: 6, expr.ViaSetting: 3, expr.ViaLegacy: 1}

// cost is about what the planner takes a condition to cost, in calls of a
// function that costs 1.
func cost(x expr.Expr) float64 {
	sum := func(list ...expr.Expr) (n float64) {
		for _, e := range list {
			if e != nil {
				n += cost(e)
			}
		}
		return n
	}
	switch x := x.(type) {
	case *expr.Claim:
		switch {
		case x.Cached:
			return 0 // computed once, by itself
		case x.Helper != "":
			return 100
		case x.Via == expr.ViaLegacy:
			return 1
		}
		return ofClaim[x.Via] + float64(len(x.Path))
	case *expr.Setting:
		if x.Cached {
			return 0
		}
		return 1
	case *expr.Call:
		switch {
		case x.Cached:
			return 0
		case x.Helper != "" || strings.Contains(x.Name, "."):
			return 100 + sum(x.Args...)
		}
		if !slices.ContainsFunc(x.Args, func(a expr.Expr) bool { _, ok := a.(*expr.Const); return !ok }) && !slices.Contains(clocks, x.Name) {
			return 0 // computed by the planner
		}
		return 1 + sum(x.Args...)
	case *expr.Cast:
		return 2 + cost(x.X)
	case *expr.Compare:
		return 1 + sum(x.L, x.R)
	case *expr.Operator:
		return 1 + sum(x.L, x.R)
	case *expr.IsDistinct:
		return 1 + sum(x.L, x.R)
	case *expr.NullIf:
		return 1 + sum(x.X, x.Y)
	case *expr.In:
		return float64(len(x.List))/2 + cost(x.X)
	case *expr.AnyOf:
		n := 5.0 // of the ten elements that are expected where nothing is known
		if l, ok := (&machine{}).elements(x.Array); ok {
			n = float64(len(l.list)) / 2
		}
		return n + sum(x.X, x.Array)
	case *expr.And:
		return sum(x.Args...)
	case *expr.Or:
		return sum(x.Args...)
	case *expr.Not:
		return cost(x.X)
	case *expr.BoolTest:
		return cost(x.X)
	case *expr.IsNull:
		return cost(x.X)
	case *expr.Coalesce:
		return sum(x.Args...)
	case *expr.Array:
		return sum(x.Elems...)
	case *expr.Subscript:
		return sum(x.X, x.Index)
	case *expr.Case:
		n := sum(x.Operand, x.Else)
		for _, w := range x.Whens {
			if n += sum(w.Cond, w.Result); x.Operand != nil {
				n++
			}
		}
		return n
	case *expr.Query:
		if x.Kind != expr.Any && x.Kind != expr.All && fixed(x) {
			return 0
		}
		return 1000
	}
	return 0
}
