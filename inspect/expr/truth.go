package expr

// AlwaysTrue reports whether e is true whatever the row and the claims are.
// Columns are taken as nullable unless notNull, which may be nil, says so.
func AlwaysTrue(e Expr, notNull func(*Column) bool) bool {
	return e != nil && (&judge{notNull}).outcomes(e) == isTrue
}

// AlwaysFalse reports whether e is never true: false or null whatever the row
// and the claims are.
func AlwaysFalse(e Expr, notNull func(*Column) bool) bool {
	return e != nil && (&judge{notNull}).outcomes(e)&isTrue == 0
}

// An outcome is the set of truth values that an expression can have.
type outcome uint8

const (
	isTrue outcome = 1 << iota
	isFalse
	isNull
	either   = isTrue | isFalse
	anything = either | isNull
)

type judge struct{ notNull func(*Column) bool }

func (j *judge) outcomes(e Expr) outcome {
	switch v := e.(type) {
	case *Const:
		return constOutcome(v)
	case *And:
		out := isTrue
		for _, a := range v.Args {
			out = and(out, j.outcomes(a))
		}
		return out
	case *Or:
		out := isFalse
		for _, a := range v.Args {
			out = opposite(and(opposite(out), opposite(j.outcomes(a))))
		}
		return out
	case *Not:
		return opposite(j.outcomes(v.X))
	case *Compare:
		return j.compare(v.Op, v.L, v.R)
	case *In:
		out := isFalse
		for _, x := range v.List {
			out = opposite(and(opposite(out), opposite(j.compare("=", v.X, x))))
		}
		if v.Not {
			out = opposite(out)
		}
		return out
	case *IsNull:
		return flipIf(j.null(v.X), v.Not)
	case *IsDistinct:
		if steady(v.L) && Equal(v.L, v.R) {
			return flipIf(isFalse, v.Not)
		}
		if j.null(v.L) == isFalse && j.null(v.R) == isFalse {
			return flipIf(j.compare("<>", v.L, v.R), v.Not)
		}
		return either
	case *BoolTest:
		return flipIf(boolTest(j.outcomes(v.X), v.Value), v.Not)
	case *Coalesce:
		return j.coalesce(v)
	case *Case:
		return j.caseExpr(v)
	case *Query:
		return j.query(v)
	case *Column:
		if j.notNull != nil && j.notNull(v) {
			return either
		}
	}
	return anything
}

func constOutcome(c *Const) outcome {
	if c.Null {
		return isNull
	}
	switch v, ok := truth(c.Text); {
	case !ok || c.IsNumber():
		return anything
	case v:
		return isTrue
	}
	return isFalse
}

func flipIf(o outcome, not bool) outcome {
	if not {
		return opposite(o)
	}
	return o
}

func opposite(o outcome) outcome {
	out := o & isNull
	if o&isTrue != 0 {
		out |= isFalse
	}
	if o&isFalse != 0 {
		out |= isTrue
	}
	return out
}

func and(a, b outcome) outcome {
	out := (a | b) & isFalse
	if a&isTrue != 0 && b&isTrue != 0 {
		out |= isTrue
	}
	if a&isNull != 0 && b&(isTrue|isNull) != 0 || b&isNull != 0 && a&(isTrue|isNull) != 0 {
		out |= isNull
	}
	return out
}

func boolTest(o outcome, value string) outcome {
	bit := map[string]outcome{"true": isTrue, "false": isFalse, "unknown": isNull}[value]
	out := outcome(0)
	if o&bit != 0 {
		out |= isTrue
	}
	if o&^bit != 0 {
		out |= isFalse
	}
	return out
}

// steady reports whether two readings of e in one row give the same value.
func steady(e Expr) bool {
	switch e.(type) {
	case *Column, *Claim, *Setting, *Const:
		return true
	}
	return false
}

func (j *judge) compare(op string, l, r Expr) outcome {
	nulls := j.null(l) | j.null(r) // isTrue: one of them can be null
	if j.null(l) == isTrue || j.null(r) == isTrue {
		return isNull
	}
	out := either
	x, ok := l.(*Const)
	y, ok2 := r.(*Const)
	switch {
	case ok && ok2:
		out = compareConst(op, x, y)
	case steady(l) && Equal(l, r):
		switch op {
		case "=", "<=", ">=":
			out = isTrue
		case "<>", "<", ">":
			out = isFalse
		}
	}
	if nulls&isTrue != 0 {
		out |= isNull
	}
	return out
}

// null is the outcome of e IS NULL.
func (j *judge) null(e Expr) outcome {
	switch v := e.(type) {
	case *Const:
		if v.Null {
			return isTrue
		}
		return isFalse
	case *Column:
		if j.notNull != nil && j.notNull(v) {
			return isFalse
		}
	case *Coalesce:
		for _, a := range v.Args {
			if j.null(a) == isFalse {
				return isFalse
			}
		}
	case *Array, *IsNull, *IsDistinct, *BoolTest:
		return isFalse
	case *Call:
		if v.Name == "count" || v.Name == "now" || v.Name == "current_user" || v.Name == "session_user" {
			return isFalse
		}
	case *And, *Or, *Not, *Compare, *In, *Query:
		if q, ok := v.(*Query); ok && q.Kind == ArrayOf {
			return isFalse
		}
		return boolTest(j.outcomes(e), "unknown")
	}
	return either
}

func (j *judge) coalesce(c *Coalesce) outcome {
	out := outcome(0)
	for _, a := range c.Args {
		o := j.outcomes(a)
		out |= o & either
		if o&isNull == 0 {
			return out
		}
	}
	return out | isNull
}

func (j *judge) caseExpr(c *Case) outcome {
	out := outcome(0)
	for _, w := range c.Whens {
		cond := j.outcomes(w.Cond)
		if c.Operand != nil {
			cond = j.compare("=", c.Operand, w.Cond)
		}
		if cond&isTrue != 0 {
			out |= j.outcomes(w.Result)
		}
		if cond == isTrue {
			return out
		}
	}
	if c.Else == nil {
		return out | isNull
	}
	return out | j.outcomes(c.Else)
}

func (j *judge) query(q *Query) outcome {
	if q.Kind != Exists {
		return anything
	}
	simple := q.SetOp == "" && len(q.Values) == 0 && q.Limit == nil && q.Offset == nil && q.Having == nil && len(q.Group) == 0
	never := q.Where != nil && j.outcomes(q.Where)&isTrue == 0
	switch {
	case !simple:
	case len(q.Targets) > 0: // an aggregate: one row always
		return isTrue
	case never:
		return isFalse
	case len(q.From) == 0 && (q.Where == nil || j.outcomes(q.Where) == isTrue):
		return isTrue
	}
	return either
}
