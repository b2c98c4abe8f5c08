package expr

// Walk visits e and what is below it in order of appearance; f returns whether
// to go down.
func Walk(e Expr, f func(Expr) bool) {
	if e == nil || !f(e) {
		return
	}
	switch e.(type) {
	case *Const, *Column, *Claim, *Param, *Setting:
	default:
		below(e, func(x Expr) { Walk(x, f) })
	}
}

func collect[T Expr](e Expr) []T {
	var out []T
	Walk(e, func(x Expr) bool {
		if v, ok := x.(T); ok {
			out = append(out, v)
		}
		return true
	})
	return out
}

// Claims lists the claims read, in order of appearance.
func Claims(e Expr) []*Claim { return collect[*Claim](e) }

// Calls lists the function calls, in order of appearance.
func Calls(e Expr) []*Call { return collect[*Call](e) }

// Columns lists the columns, in order of appearance.
func Columns(e Expr) []*Column { return collect[*Column](e) }

// Queries lists the sub-selects, outer before inner.
func Queries(e Expr) []*Query { return collect[*Query](e) }

// HasSelect reports whether a sub-select stands in e, one that only wraps or
// caches a call included.
func HasSelect(e Expr) bool {
	found := false
	Walk(e, func(x Expr) bool {
		switch v := x.(type) {
		case *Query:
			found = true
		case *Claim:
			found = found || v.Cached || v.Wrapped
		case *Setting:
			found = found || v.Cached
		case *Call:
			found = found || v.Cached || v.Wrapped
		}
		return !found
	})
	return found
}

// Conjuncts are the conditions that must all be true for e to be, none for nil.
func Conjuncts(e Expr) []Expr {
	switch e := e.(type) {
	case nil:
		return nil
	case *And:
		return e.Args
	}
	return []Expr{e}
}
