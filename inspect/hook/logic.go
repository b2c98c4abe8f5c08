package hook

import (
	"cmp"
	"slices"
	"strconv"

	"policylint/inspect/expr"
)

// truth asks whether a condition holds; null does not.
func (m *machine) truth(v *value) bool {
	if v.null {
		return false
	}
	if v.doc != nil {
		return m.is(v.doc, truth) && m.truth(&value{typ: "boolean", scalar: v.doc.scalar})
	}
	if v.scalar == nil {
		return m.choose(2) == 0
	}
	s := v.scalar
	if t, ok := s.known(); ok {
		return t == "true" || t == "t" || t == "yes" || t == "on" || t == "1"
	}
	if !s.can("true") {
		return false
	}
	if !s.can("false") || m.choose(2) == 0 {
		s.is("true")
		return true
	}
	s.is("false")
	return false
}

// all is AND for stop "false", OR for stop "true".
func (m *machine) all(e *env, args []expr.Expr, stop string) *value {
	var unknown *value
	for _, a := range args {
		v := m.eval(e, a)
		if v.null {
			unknown = v
			continue
		}
		if m.truth(v) == (stop == "true") {
			return boolean(stop == "true")
		}
	}
	if unknown != nil {
		return null("boolean", unknown.why)
	}
	return boolean(stop != "true")
}

// nullTest is IS [NOT] NULL. Of a row, either asks whether all fields are so
// (PostgreSQL docs 9.2).
func (m *machine) nullTest(e *env, x *expr.IsNull) *value {
	m.tolerant++
	v := m.eval(e, x.X)
	m.tolerant--
	if v.null || v.row == nil {
		return boolean(v.null != x.Not)
	}
	if v.row.names == nil {
		return boolean(m.choose(2) == 0)
	}
	for _, n := range v.row.names {
		if f, ok := v.row.field(n); ok && f.null == x.Not {
			return boolean(false)
		}
	}
	return boolean(true)
}

func (m *machine) distinct(l, r *value, not bool) *value {
	if l.null || r.null {
		return boolean((l.null != r.null) != not)
	}
	return boolean(m.truth(m.compare("=", l, r)) == not)
}

func (m *machine) boolTest(v *value, t *expr.BoolTest) *value {
	if v.null {
		return boolean((t.Value == "unknown") != t.Not)
	}
	return boolean((t.Value != "unknown" && m.truth(v) == (t.Value == "true")) != t.Not)
}

func (m *machine) inList(e *env, x *expr.In) *value {
	v := m.eval(e, x.X)
	if v.null {
		return null("boolean", v.why)
	}
	var unknown *value
	for _, el := range x.List {
		c := m.compare("=", v, m.eval(e, el))
		if c.null {
			unknown = c
		} else if m.truth(c) {
			return boolean(!x.Not)
		}
	}
	if unknown != nil {
		return unknown
	}
	return boolean(x.Not)
}

func (m *machine) anyOf(e *env, x *expr.AnyOf) *value {
	v, l := m.eval(e, x.X), m.eval(e, x.Array)
	if v.null {
		return null("boolean", v.why)
	}
	if l.null {
		return null("boolean", l.why)
	}
	if l.list == nil {
		if l.scalar != nil && x.Op == "=" {
			l = m.cast(l, v.typ+"[]", explicitCast)
		}
		if l.list == nil {
			return boolean(m.choose(2) == 0)
		}
	}
	for _, item := range l.list.items {
		if c := m.compare(x.Op, v, item); !c.null && m.truth(c) != x.All {
			return boolean(!x.All)
		}
	}
	if l.list.rest && m.choose(2) == 0 {
		return boolean(!x.All)
	}
	return boolean(x.All)
}

func (m *machine) compareExpr(e *env, c *expr.Compare) *value {
	l, r := m.eval(e, c.L), m.eval(e, c.R)
	switch c.Op {
	case "@>", "<@", "?", "?|", "?&":
		if l.null || r.null {
			return strictNull("boolean", c.Op, m.here(), l, r)
		}
		return m.contains(c.Op, l, r)
	}
	return m.compare(c.Op, l, r)
}

// compare is l op r.
func (m *machine) compare(op string, l, r *value) *value {
	m.asked = m.asked || op == "=" && (m.forUser(l) || m.forUser(r))
	if l.null || r.null {
		return strictNull("boolean", op, m.here(), l, r)
	}
	l, r = m.match(l, r)
	if l.doc != nil && r.doc != nil {
		return m.compareNodes(op, l.doc, r.doc)
	}
	if l.scalar == nil || r.scalar == nil {
		return boolean(m.choose(2) == 0)
	}
	return m.compareScalars(op, l.scalar, r.scalar, numeric[baseType(l.typ)] || numeric[baseType(r.typ)])
}

// match gives a literal the type of what it stands beside.
func (m *machine) match(l, r *value) (*value, *value) {
	if l.typ == "unknown" && r.typ != "unknown" && l.scalar != nil && !textual[baseType(r.typ)] {
		return m.cast(l, r.typ, explicitCast), r
	}
	if r.typ == "unknown" && l.typ != "unknown" && r.scalar != nil && !textual[baseType(l.typ)] {
		return l, m.cast(r, l.typ, explicitCast)
	}
	return l, r
}

func (m *machine) compareScalars(op string, l, r *symbol, number bool) *value {
	a, okA := l.known()
	b, okB := r.known()
	switch {
	case l == r && (op == "=" || op == "<=" || op == ">="):
		return boolean(true)
	case l == r && op == "<>":
		return boolean(false)
	case okA && okB:
		return m.compareTexts(op, a, b, number)
	case op != "=" && op != "<>":
		return boolean(m.choose(2) == 0)
	case okB:
		return boolean(m.narrow(l, b) == (op == "="))
	case okA:
		return boolean(m.narrow(r, a) == (op == "="))
	case l.values != nil && r.values != nil && !slices.ContainsFunc(l.values, func(v string) bool { return slices.Contains(r.values, v) }):
		return boolean(op == "<>")
	}
	return boolean((m.choose(2) == 0) == (op == "="))
}

// narrow asks whether a symbol is a text.
func (m *machine) narrow(s *symbol, t string) bool {
	if !s.can(t) {
		return false
	}
	if m.choose(2) == 0 {
		s.is(t)
		return true
	}
	s.isNot(t)
	return false
}

func (m *machine) compareTexts(op, a, b string, number bool) *value {
	c := cmp.Compare(a, b)
	if number {
		x, err1 := strconv.ParseFloat(a, 64)
		y, err2 := strconv.ParseFloat(b, 64)
		if err1 == nil && err2 == nil {
			c = cmp.Compare(x, y)
		}
	}
	switch op {
	case "=":
		return boolean(c == 0)
	case "<>":
		return boolean(c != 0)
	case "<":
		return boolean(c < 0)
	case "<=":
		return boolean(c <= 0)
	case ">":
		return boolean(c > 0)
	case ">=":
		return boolean(c >= 0)
	case "~~", "~~*", "!~~", "!~~*":
		hit := like(a, b, op == "~~*" || op == "!~~*")
		return boolean(hit == (op[0] == '~'))
	}
	return boolean(m.choose(2) == 0)
}
