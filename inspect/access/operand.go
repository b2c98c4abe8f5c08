package access

import (
	"strings"

	"policylint/inspect/expr"
)

// value is what an expression comes to.
func (m *machine) value(x expr.Expr) Value {
	switch x := x.(type) {
	case *expr.Const:
		return constantValue(x)
	case *expr.Claim:
		if m.Claim != nil {
			return m.Claim(x)
		}
		return Value{}
	case *expr.Setting:
		return m.setting(x)
	case *expr.Column:
		return m.column(x)
	case *expr.Cast:
		return m.cast(m.value(x.X), x.Type)
	case *expr.Collate:
		return m.value(x.X)
	case *expr.Coalesce:
		return m.coalesce(x)
	case *expr.NullIf:
		return m.nullIf(x)
	case *expr.Call:
		return m.call(x)
	case *expr.NamedArg:
		return m.value(x.X)
	case *expr.Operator:
		return m.operator(x)
	case *expr.Query:
		return m.scalar(x)
	case *expr.Case:
		return m.choose(x)
	case *expr.Array:
		v := merge(m.values(x.Elems)...)
		v.present = true
		return v
	case *expr.Row:
		return merge(m.values(x.Args)...)
	case *expr.Subscript:
		return merge(m.value(x.X), m.value(x.Index))
	case *expr.Field:
		return merge(m.value(x.X))
	case *expr.Opaque:
		if len(expr.Columns(x)) > 0 {
			return byRow(false)
		}
		return unknownValue("an expression that was not understood")
	case *expr.Compare, *expr.In, *expr.And, *expr.Or, *expr.Not, *expr.IsNull, *expr.IsDistinct, *expr.BoolTest, *expr.AnyOf:
		return valueOf(m.cond(x))
	}
	return Value{}
}

func (m *machine) values(list []expr.Expr) []Value {
	out := make([]Value, len(list))
	for i, x := range list {
		if x != nil {
			out[i] = m.value(x)
		}
	}
	return out
}

// valueOf is a condition as a boolean value.
func valueOf(o outcome) Value {
	v := Value{row: o.row, unknown: o.unknown, raise: o.raise, sure: o.sure(), present: !o.t.Can(Null)}
	switch o.t {
	case True:
		v.Known, v.Text = true, "true"
	case False:
		v.Known, v.Text = true, "false"
	case Null:
		v.Known, v.Null = true, true
	}
	return v
}

func constantValue(c *expr.Const) Value {
	if c.Null {
		return Absent()
	}
	v := Text(c.Text)
	if t := strings.TrimPrefix(c.Type, "pg_catalog."); t == "json" || t == "jsonb" {
		if doc, ok := decode(c.Text); ok {
			v.json, v.isJSON, v.Text = doc, true, encode(doc)
		}
	}
	return v
}

func (m *machine) coalesce(x *expr.Coalesce) Value {
	var seen []Value
	for _, a := range x.Args {
		v := m.value(a)
		if v.isNull() {
			continue
		}
		if seen == nil && (v.isText() || v.sure) {
			return v
		}
		v.sure = false
		seen = append(seen, v)
		if v.isText() || v.present {
			out := merge(seen...)
			out.present = true
			return out
		}
	}
	if seen == nil {
		return Absent()
	}
	return merge(seen...)
}

func (m *machine) nullIf(x *expr.NullIf) Value {
	a, b := m.value(x.X), m.value(x.Y)
	switch {
	case a.sure, b.sure:
		return merge(a, b)
	case a.isNull(), b.isNull():
		return a
	case a.isText() && b.isText():
		if m.known("=", x.X, x.Y, a, b).t == True {
			return Absent()
		}
		return a
	case b.isText() && a.present && b.Text == "":
		return a // a claim of Auth's own is not empty
	}
	return merge(a, b)
}

// column is a column of the row under the policy, or of a source.
func (m *machine) column(c *expr.Column) Value {
	return byRow(m.asker != nil && m.asker.notNull(c) || m.NotNull != nil && m.NotNull(c))
}

// setting is a setting of the application: it is not set in the sessions of
// the API, unless a role or the database has it.
func (m *machine) setting(s *expr.Setting) Value {
	switch {
	case m.asker != nil:
		return m.asker.setting(s)
	case m.Setting != nil:
		return m.Setting(s)
	}
	return Value{}
}

// operator is an operator whose result is no condition.
func (m *machine) operator(x *expr.Operator) Value {
	r := m.value(x.R)
	l := r
	if x.L != nil {
		l = m.value(x.L)
	}
	switch {
	case l.sure, r.sure:
		return raising(merge(l, r).raise)
	case l.isNull(), r.isNull():
		return Absent()
	case x.Op == "||" && l.isText() && r.isText() && !l.isJSON && !r.isJSON:
		return Text(l.Text + r.Text)
	case l.isJSON && r.isText() && (x.Op == "->" || x.Op == "->>"):
		c, literal := x.R.(*expr.Const)
		return member(l.json, r.Text, x.Op == "->>", literal && c.IsNumber())
	case l.isText() && r.isText():
		return unknownValue("the operator " + x.Op)
	}
	return merge(l, r)
}

// steady reports whether two readings in one row give the same value.
func steady(e expr.Expr) bool {
	switch e.(type) {
	case *expr.Column, *expr.Claim, *expr.Setting, *expr.Const:
		return true
	}
	return false
}

// left is what a COALESCE comes to, where that is surely one of its arguments:
// those in front of it are null, and it is not, or is the last.
func (m *machine) left(e expr.Expr) expr.Expr {
	c, ok := e.(*expr.Coalesce)
	if !ok {
		return e
	}
	for i, a := range c.Args {
		if v := m.value(a); v.isText() || v.present || i == len(c.Args)-1 {
			return a
		} else if !v.isNull() {
			break
		}
	}
	return e
}
