package expr

// Understood is e with each part that was not understood left blank: two texts
// of such a part may mean the same.
func Understood(e Expr) Expr {
	found := false
	Walk(e, func(x Expr) bool {
		_, opaque := x.(*Opaque)
		found = found || opaque
		return !found
	})
	if !found {
		return e
	}
	return blank(e)
}

func blank(e Expr) Expr {
	if _, ok := e.(*Opaque); ok {
		return &Opaque{}
	}
	return rebuild(e, blank)
}
