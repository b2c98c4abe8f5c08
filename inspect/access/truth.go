// Package access evaluates policies for somebody who asks: SQL's three truth
// values, and what is not known of the row or the token.
package access

// Truth is the set of outcomes that an expression can have: true, false or
// null, in any combination.
type Truth uint8

// The outcomes.
const (
	True Truth = 1 << iota
	False
	Null
)

// Unknown is every outcome.
const Unknown = True | False | Null

// Can reports whether the outcome is possible.
func (t Truth) Can(outcome Truth) bool { return t&outcome != 0 }

// of builds the set of f's results over the outcomes of t.
func (t Truth) of(f func(Truth) Truth) Truth {
	var out Truth
	for _, o := range []Truth{True, False, Null} {
		if t.Can(o) {
			out |= f(o)
		}
	}
	return out
}

func not(t Truth) Truth {
	return t.of(func(o Truth) Truth {
		switch o {
		case True:
			return False
		case False:
			return True
		}
		return Null
	})
}

// and is SQL's AND: false wins over null, null over true.
func and(a, b Truth) Truth {
	return a.of(func(x Truth) Truth {
		return b.of(func(y Truth) Truth {
			switch {
			case x == False || y == False:
				return False
			case x == Null || y == Null:
				return Null
			}
			return True
		})
	})
}

func or(a, b Truth) Truth { return not(and(not(a), not(b))) }

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}
