package expr

// wrap marks everything in e as the value of a sub-select, once per row.
func wrap(e Expr) {
	Walk(e, func(x Expr) bool {
		switch v := x.(type) {
		case *Claim:
			v.Wrapped = true
		case *Call:
			v.Wrapped = true
		}
		return true
	})
}

// cache marks everything in e as evaluated once.
func cache(e Expr) {
	Walk(e, func(x Expr) bool {
		switch v := x.(type) {
		case *Claim:
			v.Cached = true
		case *Call:
			v.Cached = true
		case *Setting:
			v.Cached = true
		}
		return true
	})
}
