package access

import (
	"fmt"
	"slices"

	"policylint/inspect/expr"
)

// An Env is what is known of who asks. The zero Env knows nothing.
type Env struct {
	// Claim is what a claim comes to; nil knows none.
	Claim func(*expr.Claim) Value
	// Setting is what a setting of the application comes to; nil knows none.
	Setting func(*expr.Setting) Value
	// NotNull is whether a column has a value in each row; nil knows of none.
	NotNull func(*expr.Column) bool
	// TestedForNull: a claim that the policy itself tests for null, as in
	// `auth.uid() is null`, counts as not known there.
	TestedForNull bool
}

// Eval is what a condition can come to for who asks. What depends on the row
// can come to anything.
func (e Env) Eval(x expr.Expr) Truth {
	return (&machine{Env: e}).cond(x).t
}

// A machine evaluates expressions for one who asks.
type machine struct {
	Env
	asker *asker // nil for an Env, which knows of no catalog
}

// cond is what a condition can come to.
func (m *machine) cond(x expr.Expr) outcome {
	switch x := x.(type) {
	case nil:
		return outcome{t: True}
	case *expr.And:
		return m.all(x.Args, false)
	case *expr.Or:
		if slices.ContainsFunc(x.Args, func(a expr.Expr) bool { return folded(a) == True }) {
			return outcome{t: True}
		}
		out := outcome{t: False}
		for _, a := range x.Args {
			out = either(out, m.cond(a))
		}
		return out
	case *expr.Not:
		return m.cond(x.X).negated()
	case *expr.Compare:
		return m.compare(x)
	case *expr.In:
		return m.in(x)
	case *expr.AnyOf:
		return m.anyOf(x)
	case *expr.IsNull:
		return m.isNull(x)
	case *expr.IsDistinct:
		return m.distinct(x)
	case *expr.BoolTest:
		return m.boolTest(x)
	case *expr.Query:
		return m.query(x)
	case *expr.Case:
		return m.caseCond(x)
	case *expr.Coalesce:
		return m.coalesceCond(x)
	}
	return truthOf(m.value(x))
}

// all is AND over a list; quick as in both.
func (m *machine) all(list []expr.Expr, quick bool) outcome {
	if slices.ContainsFunc(list, func(a expr.Expr) bool { return folded(a) == False }) {
		return outcome{t: False}
	}
	out := outcome{t: True}
	for _, a := range list {
		out = both(out, m.cond(a), quick)
	}
	return out
}

// folded is what the planner makes of a condition of constants before anything
// is evaluated; it is Unknown for any other.
func folded(e expr.Expr) Truth {
	switch x := e.(type) {
	case *expr.Const:
		return truthOf(constantValue(x)).t
	case *expr.Not:
		return not(folded(x.X))
	case *expr.BoolTest:
		if t := folded(x.X); t != Unknown {
			return (&machine{}).boolTest(x).t
		}
	case *expr.And:
		if slices.ContainsFunc(x.Args, func(a expr.Expr) bool { return folded(a) == False }) {
			return False
		}
	case *expr.Or:
		if slices.ContainsFunc(x.Args, func(a expr.Expr) bool { return folded(a) == True }) {
			return True
		}
	case *expr.Case:
		if left := remaining(x); x.Operand == nil && len(left) == 1 {
			return folded(left[0])
		}
	}
	return Unknown
}

// remaining are the conditions and results of a CASE, in order, that are left
// once the planner has taken out what constants decide.
func remaining(x *expr.Case) (out []expr.Expr) {
	for _, w := range x.Whens {
		switch t := folded(w.Cond); {
		case t == True:
			return append(out, w.Result)
		case t.Can(True):
			out = append(out, w.Cond, w.Result)
		}
	}
	if x.Else == nil {
		return append(out, &expr.Const{Null: true})
	}
	return append(out, x.Else)
}

// truthOf is a boolean value as a condition.
func truthOf(v Value) outcome {
	switch {
	case v.sure:
		return outcome{raise: v.raise}
	case v.isNull():
		return outcome{t: Null, raise: v.raise}
	case v.isText():
		switch v.Text {
		case "true", "t":
			return outcome{t: True, raise: v.raise}
		case "false", "f":
			return outcome{t: False, raise: v.raise}
		}
	case v.present:
		return v.open(True | False)
	}
	return v.open(Unknown)
}

func (m *machine) isNull(x *expr.IsNull) outcome {
	v := m.value(x.X)
	if _, claim := x.X.(*expr.Claim); claim && m.TestedForNull {
		return v.open(True | False)
	}
	o := v.nullness()
	if x.Not {
		return o.negated()
	}
	return o
}

func (m *machine) distinct(x *expr.IsDistinct) outcome {
	l, r := m.value(x.L), m.value(x.R)
	var out outcome
	switch {
	case l.sure, r.sure:
		return outcome{raise: merge(l, r).raise}
	case expr.Equal(x.L, x.R) && steady(x.L):
		out = outcome{t: False}
	case l.Known && r.Known && l.Null != r.Null, l.isNull() && r.present, r.isNull() && l.present:
		out = outcome{t: True}
	case l.isNull() && r.isNull():
		out = outcome{t: False}
	case l.isNull() || r.isNull():
		out = l.open(True|False, r)
	case l.isText() && r.isText():
		o := m.known("=", x.L, x.R, l, r)
		out = o.negated()
	default:
		out = l.open(True|False, r)
	}
	if x.Not {
		return out.negated()
	}
	return out
}

func (m *machine) boolTest(x *expr.BoolTest) outcome {
	wanted := map[string]Truth{"true": True, "false": False, "unknown": Null}[x.Value]
	o := m.cond(x.X)
	o.t = o.t.of(func(t Truth) Truth { return truth((t == wanted) != x.Not) })
	return o.settle()
}

// caseCond is a CASE that gives a condition.
func (m *machine) caseCond(x *expr.Case) outcome {
	out, open := outcome{}, outcome{t: True}
	for _, w := range x.Whens {
		cond := m.when(x, w)
		if cond.sure() {
			out.depends(outcome{raise: cond.raise})
			return out
		}
		if cond.t.Can(True) {
			then := m.cond(w.Result)
			out.t |= then.t
			out.depends(then)
		}
		if !cond.t.single() {
			open.depends(cond)
		}
		if open.raise == nil {
			open.raise = cond.raise
		}
		if cond.t == True {
			out.depends(open)
			return out.settle()
		}
	}
	last := outcome{t: Null}
	if x.Else != nil {
		last = m.cond(x.Else)
	}
	out.t |= last.t
	out.depends(last)
	out.depends(open)
	return out.settle()
}

// when is the condition of one branch.
func (m *machine) when(x *expr.Case, w expr.When) outcome {
	if x.Operand == nil {
		return m.cond(w.Cond)
	}
	return m.compare(&expr.Compare{Op: "=", L: x.Operand, R: w.Cond})
}

func (m *machine) coalesceCond(x *expr.Coalesce) outcome {
	out := outcome{}
	for _, a := range x.Args {
		o := m.cond(a)
		out.t |= o.t &^ Null
		out.depends(o)
		if o.sure() || !o.t.Can(Null) {
			return out.settle()
		}
	}
	out.t |= Null
	return out.settle()
}

// choose is the value of a CASE.
func (m *machine) choose(x *expr.Case) Value {
	var seen []Value
	for _, w := range x.Whens {
		switch o := m.when(x, w); {
		case o.sure():
			return raising(o.raise)
		case o.t == True && seen == nil:
			return m.value(w.Result)
		case o.t.Can(True):
			v := m.value(w.Result)
			v.sure = false
			seen = append(seen, v, Value{row: o.row, unknown: o.unknown, raise: o.raise})
		}
	}
	last := Absent()
	if x.Else != nil {
		last = m.value(x.Else)
	}
	if seen == nil {
		return last
	}
	last.sure = false
	return merge(append(seen, last)...)
}

func quoted(s string) string { return fmt.Sprintf("%q", s) }
