package access

import (
	"slices"
	"strings"

	"policylint/inspect/expr"
)

// listed are the elements of an array, or the rows of a set, that are known.
type listed struct {
	list  []Value
	null  bool   // the array itself is null
	raise *Raise // making them ends with it
}

// any is whether there is a row.
func (l listed) any() outcome {
	if l.raise != nil {
		return outcome{raise: l.raise}
	}
	return outcome{t: truth(len(l.list) > 0)}
}

// rowsOf are the values of a query of one column that is known: one row of a
// token's array each, or none.
func (m *machine) rowsOf(x *expr.Query) (listed, bool) {
	if x.SetOp != "" || len(x.Targets) != 1 || len(x.Group) > 0 || x.Limit != nil || x.Offset != nil || len(x.Values) > 0 {
		return listed{}, false
	}
	switch {
	case len(x.From) == 0:
		if x.Where != nil && m.cond(x.Where).t != True {
			return listed{}, false
		}
		return m.unnested(x.Targets[0])
	case len(x.From) == 1 && x.From[0].Func != nil && x.Where == nil:
		c, isColumn := x.Targets[0].(*expr.Column)
		if !isColumn || c.Table != x.From[0].Alias {
			return listed{}, false
		}
		return m.unnested(x.From[0].Func)
	}
	return listed{}, false
}

var elementsOf = []string{"jsonb_array_elements_text", "json_array_elements_text", "jsonb_array_elements", "json_array_elements"}

// manyRows reports whether a target gives any number of rows.
func manyRows(x expr.Expr) bool {
	c, ok := x.(*expr.Call)
	return ok && (c.Name == "unnest" || c.Name == "regexp_split_to_table" || slices.Contains(elementsOf, c.Name))
}

// unnested are the rows of a set-returning function over something known.
func (m *machine) unnested(x expr.Expr) (listed, bool) {
	c, isCall := x.(*expr.Call)
	if !isCall || len(c.Args) != 1 {
		return listed{}, false
	}
	switch {
	case c.Name == "unnest":
		l, ok := m.elements(c.Args[0])
		l.null = false
		return l, ok
	case slices.Contains(elementsOf, c.Name):
		v := m.value(c.Args[0])
		switch {
		case v.sure:
			return listed{raise: v.raise}, true
		case v.isNull():
			return listed{}, true
		case !v.isText():
			return listed{}, false
		}
		doc, ok := v.document()
		if !ok {
			return listed{raise: &Raise{SQLState: "22P02", Message: "invalid input syntax for type json"}}, true
		}
		array, ok := doc.([]any)
		if !ok {
			return listed{raise: &Raise{SQLState: "22023", Message: "cannot extract elements from " + article(doc)}}, true
		}
		var out listed
		for _, item := range array {
			if strings.HasSuffix(c.Name, "_text") {
				out.list = append(out.list, scalarText(item))
			} else {
				out.list = append(out.list, jsonValue(item))
			}
		}
		return out, true
	}
	return listed{}, false
}

// article is what the server calls a document that is no array.
func article(doc any) string {
	if _, ok := doc.(map[string]any); ok {
		return "an object"
	}
	return "a scalar"
}

// document is a known value as JSON.
func (v Value) document() (any, bool) {
	if v.isJSON {
		return v.json, true
	}
	return decode(v.Text)
}

// elements are the elements of an array that is known.
func (m *machine) elements(x expr.Expr) (listed, bool) {
	switch x := x.(type) {
	case *expr.Const:
		switch {
		case x.Null:
			return listed{null: true}, true
		case x.Text == "{}":
			return listed{}, true
		}
	case *expr.Array:
		var l listed
		for _, e := range x.Elems {
			v := m.value(e)
			if v.sure {
				return listed{raise: v.raise}, true
			}
			l.list = append(l.list, v)
		}
		return l, true
	case *expr.Query:
		if x.Kind == expr.ArrayOf {
			return m.rowsOf(x)
		}
	case *expr.Coalesce:
		for _, a := range x.Args {
			if l, ok := m.elements(a); !ok || !l.null {
				return l, ok
			}
		}
		return listed{null: true}, true
	case *expr.Call:
		if x.Name == "string_to_array" && len(x.Args) == 2 {
			s, sep := m.value(x.Args[0]), m.value(x.Args[1])
			switch {
			case s.sure:
				return listed{raise: s.raise}, true
			case s.isNull():
				return listed{null: true}, true
			case s.isText() && s.Text == "":
				return listed{}, true
			case s.isText() && sep.isText() && sep.Text != "":
				var l listed
				for part := range strings.SplitSeq(s.Text, sep.Text) {
					l.list = append(l.list, Text(part))
				}
				return l, true
			}
		}
	case *expr.Cast:
		return m.elements(x.X)
	}
	return listed{}, false
}

// overlap compares two known arrays: @>, <@ or &&.
func (m *machine) overlap(x *expr.Compare) (outcome, bool) {
	l, okL := m.elements(x.L)
	if !okL {
		return outcome{}, false
	}
	r, okR := m.elements(x.R)
	switch {
	case !okR:
		return outcome{}, false
	case l.raise != nil:
		return outcome{raise: l.raise}, true
	case r.raise != nil:
		return outcome{raise: r.raise}, true
	case l.null || r.null:
		return outcome{t: Null}, true
	}
	if x.Op == "<@" {
		l, r = r, l
	}
	in := func(list []Value, v Value) outcome {
		if v.isNull() {
			return outcome{t: False} // null is like nothing here
		}
		o := m.among("=", nil, v, list, false)
		o.t = o.t.of(func(t Truth) Truth { return truth(t == True) })
		return o
	}
	out := outcome{t: truth(x.Op != "&&")}
	for _, v := range r.list {
		if x.Op == "&&" {
			out = either(out, in(l.list, v))
		} else {
			out = both(out, in(l.list, v), false)
		}
	}
	return out, true
}
