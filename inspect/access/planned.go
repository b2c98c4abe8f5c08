package access

import (
	"cmp"
	"slices"

	"policylint/inspect/expr"
)

// planned is the error that the planner already meets: to estimate how many
// rows pass, it computes what a column is compared with, unless something else
// takes its place.
func (m *machine) planned(e expr.Expr, by *equations) *Raise {
	var list []expr.Expr
	if folded(e) != Unknown {
		return nil
	}
	switch x := e.(type) {
	case *expr.IsDistinct:
		return m.planned(&expr.Compare{Op: "=", L: x.L, R: x.R}, by)
	case *expr.And:
		list = x.Args
	case *expr.Or:
		list = x.Args
	case *expr.Not:
		list = []expr.Expr{x.X}
	case *expr.BoolTest:
		if x.Value != "unknown" { // of which no estimate is made
			list = []expr.Expr{x.X}
		}
	case *expr.Compare:
		for _, side := range [][2]expr.Expr{{x.L, x.R}, {x.R, x.L}} {
			if len(expr.Columns(side[0])) > 0 && len(expr.Queries(side[0])) == 0 && early(side[1]) {
				if v := m.value(side[1]); v.sure {
					return by.raise(x, v.raise)
				}
			}
		}
	}
	var possible *Raise
	for _, a := range list {
		r := m.planned(a, by)
		if r != nil && !r.Possible {
			return r
		}
		possible = cmp.Or(possible, r)
	}
	return possible
}

// raise is the error of what a column is compared with.
func (e *equations) raise(c *expr.Compare, r *Raise) *Raise {
	switch e.of(c) {
	case replaced:
		return nil
	case undecided:
		possible := *r
		possible.Possible = true
		return &possible
	}
	return r
}

// early reports whether an expression can be computed before any row is read:
// no column, and no sub-select, which is computed when it is first needed.
func early(e expr.Expr) bool {
	if len(expr.Columns(e)) > 0 || len(expr.Queries(e)) > 0 {
		return false
	}
	return !slices.ContainsFunc(expr.Claims(e), func(c *expr.Claim) bool { return c.Cached || c.Wrapped }) &&
		!slices.ContainsFunc(expr.Calls(e), func(c *expr.Call) bool { return c.Cached || c.Wrapped || slices.Contains(clocks, c.Name) })
}

// alive are the sub-selects that are left of a condition once the planner has
// taken out what constants decide.
func alive(e expr.Expr) (out []*expr.Query) {
	if folded(e) != Unknown {
		return nil
	}
	var list []expr.Expr
	switch x := e.(type) {
	case *expr.And:
		list = x.Args
	case *expr.Or:
		list = x.Args
	case *expr.Not:
		list = []expr.Expr{x.X}
	case *expr.BoolTest:
		list = []expr.Expr{x.X}
	case *expr.Case:
		if x.Operand != nil {
			return expr.Queries(e)
		}
		list = remaining(x)
	case *expr.Coalesce:
		for _, a := range x.Args {
			list = append(list, a)
			if c, ok := a.(*expr.Const); ok && !c.Null {
				break
			}
		}
	default:
		return expr.Queries(e)
	}
	for _, a := range list {
		out = append(out, alive(a)...)
	}
	return out
}
