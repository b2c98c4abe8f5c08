package access

import (
	"slices"
	"strings"

	"policylint/inspect/expr"
)

// value is what an expression comes to.
func (m *machine) value(x expr.Expr) Value {
	switch x := x.(type) {
	case *expr.Const:
		return constantValue(x)
	case *expr.Claim:
		if m.claim != nil {
			return m.claim(x)
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
	return byRow(m.asker != nil && m.asker.notNull(c))
}

// setting is a setting of the application: it is not set in the sessions of
// the API, unless a role or the database has it.
func (m *machine) setting(s *expr.Setting) Value {
	if m.asker == nil {
		return Value{}
	}
	return m.asker.setting(s)
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
		return member(l.json, r.Text, x.Op == "->>")
	case l.isText() && r.isText():
		return unknownValue("the operator " + x.Op)
	}
	return merge(l, r)
}

// strict has the functions of which null in is null out (PostgreSQL: proisstrict).
var strict = []string{
	"lower", "upper", "btrim", "ltrim", "rtrim", "length", "replace", "split_part", "substr", "substring", "left", "right",
	"string_to_array", "to_jsonb", "jsonb_array_elements_text", "jsonb_array_length", "initcap", "translate", "md5", "jsonb_typeof",
	"json_array_elements_text", "jsonb_array_elements", "json_array_elements", "char_length", "starts_with", "strpos", "array_position",
}

// clocks are functions that give something else each time, never null.
var clocks = []string{"now", "current_date", "localtimestamp", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "random", "gen_random_uuid"}

func (m *machine) call(x *expr.Call) Value {
	args := m.values(x.Args)
	all := merge(args...)
	switch {
	case all.sure && !x.Star:
		return raising(all.raise)
	case slices.Contains(clocks, x.Name):
		return byRow(true)
	case m.asker != nil && len(args) == 0 && (x.Name == "current_user" || x.Name == "current_role" || x.Name == "user"):
		return Text(m.asker.role)
	case slices.Contains(strict, x.Name) && slices.ContainsFunc(args, Value.isNull):
		return Absent()
	}
	if v, ok := compute(x.Name, args); ok {
		return v
	}
	if m.asker != nil {
		if v, ok := m.asker.call(x); ok {
			return v
		}
	}
	switch {
	case all.row:
		all.present = false
		return all
	case all.unknown != "":
		return all
	}
	return unknownValue("function " + x.Name)
}

// compute is a function of known texts.
func compute(name string, args []Value) (Value, bool) {
	for _, a := range args {
		if !a.isText() {
			return Value{}, false
		}
	}
	text := func(i int) string { return args[i].Text }
	switch {
	case len(args) == 1:
		switch name {
		case "lower":
			return Text(strings.ToLower(text(0))), true
		case "upper":
			return Text(strings.ToUpper(text(0))), true
		case "btrim":
			return Text(strings.Trim(text(0), " ")), true
		case "ltrim":
			return Text(strings.TrimLeft(text(0), " ")), true
		case "rtrim":
			return Text(strings.TrimRight(text(0), " ")), true
		case "jsonb_typeof", "json_typeof":
			return Text(kindOf(args[0].json)), args[0].isJSON
		}
	case name == "split_part" && len(args) == 3 && text(1) != "":
		parts := strings.Split(text(0), text(1))
		switch text(2) {
		case "1":
			return Text(parts[0]), true
		case "2":
			if len(parts) < 2 {
				return Text(""), true
			}
			return Text(parts[1]), true
		}
	case name == "replace" && len(args) == 3 && text(1) != "":
		return Text(strings.ReplaceAll(text(0), text(1), text(2))), true
	case name == "starts_with" && len(args) == 2:
		return valueOf(outcome{t: truth(strings.HasPrefix(text(0), text(1)))}), true
	case name == "concat":
		out := ""
		for i := range args {
			out += text(i)
		}
		return Text(out), true
	}
	return Value{}, false
}
