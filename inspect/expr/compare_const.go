package expr

import "math/big"

func compareConst(op string, x, y *Const) outcome {
	answer := func(b bool) outcome {
		if b {
			return isTrue
		}
		return isFalse
	}
	if x.IsNumber() || y.IsNumber() {
		a, ok := new(big.Rat).SetString(x.Text)
		b, ok2 := new(big.Rat).SetString(y.Text)
		if !ok || !ok2 {
			return either
		}
		c := a.Cmp(b)
		switch op {
		case "=":
			return answer(c == 0)
		case "<>":
			return answer(c != 0)
		case "<":
			return answer(c < 0)
		case "<=":
			return answer(c <= 0)
		case ">":
			return answer(c > 0)
		case ">=":
			return answer(c >= 0)
		}
		return either
	}
	same := sameConst(x, y)
	if !same && !(exact(x) && exact(y)) {
		return either
	}
	switch op {
	case "=":
		return answer(same)
	case "<>":
		return answer(!same)
	}
	return either
}

// exact reports whether two different texts of the type are two values.
func exact(c *Const) bool {
	switch c.Type {
	case "", "text", "character varying", "boolean", "uuid", "name":
		return true
	}
	return false
}
