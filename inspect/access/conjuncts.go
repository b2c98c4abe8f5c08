package access

import (
	"slices"

	"policylint/inspect/expr"
)

// spread is what stands between the ANDs of a condition once NOT is moved
// inwards, as the planner does (src/backend/optimizer/prep/prepqual.c:
// negate_clause).
func spread(x expr.Expr) (out []expr.Expr) {
	switch x := x.(type) {
	case *expr.And:
		for _, a := range x.Args {
			out = append(out, spread(a)...)
		}
		return out
	case *expr.Not:
		switch inner := x.X.(type) {
		case *expr.Not:
			return spread(inner.X)
		case *expr.Or:
			for _, a := range inner.Args {
				out = append(out, spread(&expr.Not{X: a})...)
			}
			return out
		}
	}
	return []expr.Expr{x}
}

// clause is a condition that stands by itself in a WHERE: its parts are kept
// apart, and those with a sub-select cost more and are looked at last.
func (m *machine) clause(x expr.Expr) outcome {
	parts := spread(x)
	if len(parts) == 1 {
		return m.cond(parts[0])
	}
	cost := func(x expr.Expr) int { return min(len(expr.Queries(x)), 1) }
	return m.all(slices.SortedStableFunc(slices.Values(parts), func(x, y expr.Expr) int { return cost(x) - cost(y) }), true)
}

// conjunction is a condition of which the parts between the ANDs are looked at
// as they are written, until one is not true: that of a new row.
func (m *machine) conjunction(x expr.Expr) outcome {
	if parts := spread(x); len(parts) > 1 {
		return m.all(parts, true)
	}
	return m.cond(x)
}
