package expr

// A Comparison is a claim held against a constant.
type Comparison struct {
	Claim *Claim
	Value string
	Not   bool // it must differ
}

// Comparisons lists the claims that an expression compares with constants:
// = <> IN ANY, @> with an object, and through coalesce.
func Comparisons(e Expr) []Comparison {
	var out []Comparison
	add := func(x, c Expr, not bool) {
		if k, ok := c.(*Const); ok && !k.Null {
			for _, claim := range ClaimsBelow(x) {
				out = append(out, Comparison{claim, k.Text, not})
			}
		}
	}
	Walk(e, func(n Expr) bool {
		switch n := n.(type) {
		case *Compare:
			switch n.Op {
			case "=", "<>":
				add(n.L, n.R, n.Op == "<>")
				add(n.R, n.L, n.Op == "<>")
			case "@>":
				out = append(out, contained(n)...)
			}
		case *IsDistinct:
			add(n.L, n.R, !n.Not)
			add(n.R, n.L, !n.Not)
		case *In:
			for _, c := range n.List {
				add(n.X, c, n.Not)
			}
		case *Case:
			for _, w := range n.Whens {
				if n.Operand != nil {
					add(n.Operand, w.Cond, false)
				}
			}
		}
		return true
	})
	return out
}

// ClaimsBelow lists the claims whose value an expression passes on.
func ClaimsBelow(e Expr) []*Claim {
	switch e := e.(type) {
	case *Claim:
		return []*Claim{e}
	case *Cast:
		return ClaimsBelow(e.X)
	case *NullIf:
		return ClaimsBelow(e.X)
	case *Coalesce:
		var out []*Claim
		for _, a := range e.Args {
			out = append(out, ClaimsBelow(a)...)
		}
		return out
	case *Call:
		if (e.Name == "lower" || e.Name == "upper" || e.Name == "btrim") && len(e.Args) > 0 {
			return ClaimsBelow(e.Args[0])
		}
	}
	return nil
}
