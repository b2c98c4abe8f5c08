package access

// Truth is the set of outcomes that an expression can have: true, false or
// null, in any combination. None is left where it is sure to raise an error.
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

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// single reports whether there is one outcome at most.
func (t Truth) single() bool { return t&(t-1) == 0 }

// An outcome is what a condition can come to, and what its being open depends
// on.
type outcome struct {
	t       Truth
	row     bool   // on the row, or on other rows
	unknown string // on something that could not be worked out: what it is
	raise   *Raise // the error that it can end with; it is sure to where t is empty
}

// sure reports whether an error is certain.
func (o outcome) sure() bool { return o.t == 0 && o.raise != nil }

// settle drops what the outcome does not depend on any more.
func (o outcome) settle() outcome {
	if o.t.single() {
		o.row, o.unknown = false, ""
	}
	return o
}

func (o outcome) negated() outcome { o.t = not(o.t); return o }

// depends takes over what another outcome depends on.
func (o *outcome) depends(x outcome) {
	o.row = o.row || x.row
	if o.unknown == "" {
		o.unknown = x.unknown
	}
	if o.raise == nil {
		o.raise = x.raise
	}
}

// both is SQL's AND, from left to right: the right side is not looked at when
// the left one is false. With quick, as where PostgreSQL keeps the parts of a
// WHERE apart, null ends it as well.
func both(a, b outcome, quick bool) outcome {
	stop := False
	if quick {
		stop |= Null
	}
	on := a.t &^ stop // outcomes of a with which b is looked at
	out := outcome{t: a.t & stop}
	if on == 0 {
		out.depends(a)
		if quick && out.raise == nil && b.raise != nil {
			// The planner puts cheaper conditions first, which may be this one.
			r := *b.raise
			r.Possible, out.raise = true, &r
		}
		return out.settle()
	}
	if a.t != True {
		out.depends(a)
	}
	if b.sure() {
		out.raise = b.raise
		return out.settle()
	}
	out.t |= on.of(func(x Truth) Truth {
		return b.t.of(func(y Truth) Truth {
			switch {
			case y == False:
				return False
			case x == Null || y == Null:
				return Null
			}
			return True
		})
	})
	out.depends(b)
	if out.raise == nil {
		out.raise = a.raise
	}
	return out.settle()
}

// either is SQL's OR.
func either(a, b outcome) outcome { return both(a.negated(), b.negated(), false).negated() }
