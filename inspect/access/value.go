package access

import (
	"slices"

	"policylint/inspect/expr"
)

// A Value is what an expression that is no condition comes to.
type Value struct {
	Known bool
	Null  bool
	Text  string // as text, when known and not null
}

// Text is a known value.
func Text(s string) Value { return Value{Known: true, Text: s} }

// Absent is null.
func Absent() Value { return Value{Known: true, Null: true} }

func (v Value) isNull() bool { return v.Known && v.Null }
func (v Value) isText() bool { return v.Known && !v.Null }

// An Env is what is known of who asks. The zero Env knows nothing.
type Env struct {
	// Claim is what a claim comes to; nil knows none.
	Claim func(*expr.Claim) Value
	// TestedForNull: a claim that the policy itself tests for null, as in
	// `auth.uid() is null`, counts as not known there.
	TestedForNull bool
}

// strict has the functions of which null in is null out (PostgreSQL: proisstrict).
var strict = []string{
	"lower", "upper", "btrim", "ltrim", "rtrim", "length", "replace", "split_part", "substr", "substring", "left", "right",
	"string_to_array", "to_jsonb", "jsonb_array_elements_text", "jsonb_array_length", "initcap", "translate", "md5",
}

func (e Env) value(x expr.Expr) Value {
	switch x := x.(type) {
	case *expr.Const:
		if x.Null {
			return Absent()
		}
		return Text(x.Text)
	case *expr.Claim:
		if e.Claim != nil {
			return e.Claim(x)
		}
	case *expr.Cast:
		return e.value(x.X)
	case *expr.Collate:
		return e.value(x.X)
	case *expr.Coalesce:
		for _, a := range x.Args {
			if v := e.value(a); !v.isNull() {
				return v
			}
		}
		return Absent()
	case *expr.NullIf:
		a, b := e.value(x.X), e.value(x.Y)
		switch {
		case a.isNull(), a.isText() && b.isText() && a.Text == b.Text:
			return Absent()
		case a.isText() && b.Known:
			return a
		}
	case *expr.Call:
		if slices.Contains(strict, x.Name) && slices.ContainsFunc(x.Args, func(a expr.Expr) bool { return e.value(a).isNull() }) {
			return Absent()
		}
	case *expr.Operator:
		if e.value(x.R).isNull() || x.L != nil && e.value(x.L).isNull() {
			return Absent()
		}
	case *expr.Query:
		if x.Kind == expr.Scalar && len(x.From) > 0 && plain(x) && !e.Eval(x.Where).Can(True) && x.Where != nil {
			return Absent()
		}
	case *expr.Case:
		return e.choose(x)
	case *expr.Compare, *expr.In, *expr.And, *expr.Or, *expr.Not, *expr.IsNull, *expr.IsDistinct, *expr.BoolTest, *expr.AnyOf:
		switch e.Eval(x) {
		case True:
			return Text("true")
		case False:
			return Text("false")
		case Null:
			return Absent()
		}
	}
	return Value{}
}

// choose is the value of the branch of a CASE that must be taken.
func (e Env) choose(x *expr.Case) Value {
	for _, w := range x.Whens {
		cond := w.Cond
		if x.Operand != nil {
			cond = &expr.Compare{Op: "=", L: x.Operand, R: w.Cond}
		}
		switch t := e.Eval(cond); {
		case t == True:
			return e.value(w.Result)
		case t.Can(True):
			return Value{}
		}
	}
	if x.Else == nil {
		return Absent()
	}
	return e.value(x.Else)
}

// plain reports whether a query gives no row where its WHERE is never true.
func plain(q *expr.Query) bool {
	return q.SetOp == "" && len(q.Values) == 0 && len(q.Group) == 0 && q.Having == nil && len(expr.Calls(&expr.Row{Args: q.Targets})) == 0
}
