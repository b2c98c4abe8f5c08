package tenancy

import (
	"slices"

	"policylint/inspect/expr"
)

// columnsOf names the columns of one source that an expression reads, "?"
// where it may be one.
func columnsOf(e expr.Expr, alias string) []string {
	var out []string
	for _, c := range expr.Columns(e) {
		switch {
		case c.Table == "?":
			out = append(out, "?")
		case c.Table == alias && !slices.Contains(out, c.Name):
			out = append(out, c.Name)
		}
	}
	return out
}

// isCaller reports whether a condition holds a column of the source against
// the id of whoever asks.
func isCaller(e expr.Expr, alias string) bool {
	c, ok := e.(*expr.Compare)
	if !ok || c.Op != "=" {
		return false
	}
	for _, sides := range [][2]expr.Expr{{c.L, c.R}, {c.R, c.L}} {
		col, isColumn := bare(sides[0]).(*expr.Column)
		claim, isClaim := bare(sides[1]).(*expr.Claim)
		if isColumn && isClaim && col.Table == alias && is(claim, "sub") {
			return true
		}
	}
	return false
}

// isConstant reports whether a condition asks one column for a constant: the
// only other thing in it are constants.
func isConstant(e expr.Expr) bool {
	fixed := true
	expr.Walk(e, func(x expr.Expr) bool {
		switch x.(type) {
		case *expr.Claim, *expr.Setting, *expr.Query, *expr.Call:
			fixed = false
		}
		return fixed
	})
	return fixed && len(expr.Columns(e)) == 1
}

// joined reports whether a condition joins the source to another one of the
// query that is asked for a constant, as a role that stands in a table of roles.
func joined(q *expr.Query, e expr.Expr, alias string) bool {
	for _, c := range expr.Columns(e) {
		if c.Table == alias || c.Table == "" || !slices.ContainsFunc(q.From, func(s expr.Source) bool { return s.Alias == c.Table }) {
			continue
		}
		for _, other := range expr.Conjuncts(q.Where) {
			if isConstant(other) && len(columnsOf(other, c.Table)) == 1 {
				return true
			}
		}
	}
	return false
}
