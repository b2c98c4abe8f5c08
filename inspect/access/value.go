package access

import "policylint/inspect/expr"

// A Value is what an expression that is no condition comes to. The zero Value
// is not known.
type Value struct {
	Known bool
	Null  bool
	Text  string // as text, when known and not null

	json    any    // decoded, where isJSON
	isJSON  bool   // of type json or jsonb
	present bool   // not null, whatever it is
	row     bool   // depends on the row
	unknown string // what it depends on that could not be worked out
	raise   *Raise // the error that it can end with
	sure    bool   // it always ends with the error
}

// Text is a known value.
func Text(s string) Value { return Value{Known: true, Text: s} }

// Absent is null.
func Absent() Value { return Value{Known: true, Null: true} }

// byRow is a value that depends on the row.
func byRow(notNull bool) Value { return Value{row: true, present: notNull} }

// unknownValue is one that could not be worked out, and why.
func unknownValue(why string) Value { return Value{unknown: why} }

// raising always ends with an error.
func raising(r *Raise) Value { return Value{raise: r, sure: true} }

func (v Value) isNull() bool { return v.Known && v.Null }
func (v Value) isText() bool { return v.Known && !v.Null }

// nullness is the outcome of IS NULL.
func (v Value) nullness() outcome {
	switch {
	case v.sure:
		return outcome{raise: v.raise}
	case v.Known:
		return outcome{t: truth(v.Null), raise: v.raise}
	case v.present:
		return outcome{t: False, raise: v.raise}
	}
	return v.open(True | False)
}

// open is an outcome that depends on what the values depend on.
func (v Value) open(t Truth, others ...Value) outcome {
	o := outcome{t: t, row: v.row, unknown: v.unknown, raise: v.raise}
	for _, x := range others {
		o.depends(outcome{row: x.row, unknown: x.unknown, raise: x.raise})
	}
	if !o.row && o.unknown == "" {
		o.unknown = "something that is not known"
	}
	return o.settle()
}

// merge is a value that depends on all of these.
func merge(list ...Value) Value {
	var out Value
	for _, v := range list {
		out.row = out.row || v.row
		if out.unknown == "" {
			out.unknown = v.unknown
		}
		if out.raise == nil {
			out.raise = v.raise
		}
		out.sure = out.sure || v.sure
	}
	return out
}

// constant is a value as the algebra writes it, for its comparisons.
func (v Value) constant(like expr.Expr, number bool) *expr.Const {
	c := &expr.Const{Text: v.Text, Null: v.Null}
	if k, ok := like.(*expr.Const); ok {
		c.Type = k.Type
	}
	if number {
		c.Type = "numeric"
	}
	return c
}
