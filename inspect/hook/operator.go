package hook

import (
	"strconv"
	"strings"

	"policylint/inspect/expr"
)

// operator is an operator whose result is no boolean.
func (m *machine) operator(e *env, o *expr.Operator) *value {
	r := m.eval(e, o.R)
	if o.L == nil {
		if r.null {
			return r
		}
		if s, ok := r.scalar.known(); ok && o.Op == "-" {
			return text(r.typ, strings.TrimPrefix("-"+s, "--"))
		}
		return &value{typ: r.typ, scalar: &symbol{form: formOf(r.typ)}}
	}
	l := m.eval(e, o.L)
	switch o.Op {
	case "->", "->>", "#>", "#>>":
		return m.extract(o.Op, l, r)
	case "||":
		return m.concat(l, r)
	case "-":
		if isJSON(l.typ) {
			return m.minus(l, r)
		}
	case "#-":
		if l.null || r.null {
			return strictNull("jsonb", o.Op, m.here(), l, r)
		}
		if path, ok := m.keys(r); ok {
			return document("jsonb", m.remove(m.document(l).doc, path))
		}
		return m.blurred("a computed path is removed")
	}
	if l.null || r.null {
		return strictNull(l.typ, o.Op, m.here(), l, r)
	}
	return m.arithmetic(o.Op, l, r)
}

func (m *machine) arithmetic(op string, l, r *value) *value {
	typ := l.typ
	if typ == "unknown" || temporal[baseType(r.typ)] && numeric[baseType(typ)] {
		typ = r.typ
	}
	a, ok1 := l.scalar.known()
	b, ok2 := r.scalar.known()
	if ok1 && ok2 && numeric[baseType(typ)] {
		x, err1 := strconv.ParseInt(a, 10, 32)
		y, err2 := strconv.ParseInt(b, 10, 32)
		if err1 == nil && err2 == nil {
			switch op {
			case "+":
				return text(typ, strconv.FormatInt(x+y, 10))
			case "-":
				return text(typ, strconv.FormatInt(x-y, 10))
			case "*":
				return text(typ, strconv.FormatInt(x*y, 10))
			}
		}
	}
	if op == "/" || op == "%" {
		if !ok2 {
			m.mayFail("22012", "division by zero")
		} else if y, err := strconv.ParseFloat(b, 64); err == nil && y == 0 {
			m.fail("22012", "division by zero")
		}
	}
	return &value{typ: typ, scalar: &symbol{form: formOf(typ)}}
}

// extract is ->, ->>, #> and #>>.
func (m *machine) extract(op string, l, r *value) *value {
	asText := op == "->>" || op == "#>>"
	typ := l.typ
	if asText {
		typ = "text"
	}
	if l.null || r.null {
		v := strictNull(typ, op, m.here(), l, r)
		return v
	}
	if l.doc == nil {
		if l.typ != "unknown" {
			m.fail("42883", "operator does not exist: "+l.typ+" "+op+" "+r.typ)
		}
		l = m.document(l)
	}
	var n *node
	var asked string
	if op[0] == '#' {
		path, ok := m.keys(r)
		if !ok {
			return m.perhapsJSON(typ, asText, "a computed path is read")
		}
		n, asked = m.dig(l.doc, path), strings.Join(path, ".")
	} else {
		key, ok := r.scalar.known()
		if !ok {
			return m.perhapsJSON(typ, asText, "a computed key is read")
		}
		n, asked = m.get(l.doc, key, numeric[baseType(r.typ)]), key
	}
	if n == nil {
		m.absent(l.doc, asked)
		return null(typ, &reason{cause: FromKey, call: asked, at: m.here()})
	}
	if !asText {
		return document(typ, n)
	}
	return m.asText(n, &reason{cause: FromKey, call: asked, at: m.here()})
}

// absent notes the read of a key that an event never has.
func (m *machine) absent(n *node, key string) {
	if n == m.out.event {
		m.odd("event key " + key)
	}
}

// odd notes the read of what is never there, unless the author asks whether it
// is.
func (m *machine) odd(what string) {
	if m.tolerant == 0 {
		m.out.oddities = keep(m.out.oddities, Oddity{What: what, At: m.here()})
	}
}

func (m *machine) perhapsJSON(typ string, asText bool, why string) *value {
	if m.choose(2) == 1 {
		return null(typ, &reason{cause: FromKey, at: m.here()})
	}
	if asText {
		return &value{typ: "text", scalar: &symbol{}}
	}
	_ = why
	n := anyNode(anything)
	n.at = m.here()
	return document(typ, n)
}

// subscript is x[i] of JSON or an array.
func (m *machine) subscript(e *env, x *expr.Subscript) *value {
	v := m.eval(e, x.X)
	if x.Slice || x.Index == nil {
		return v
	}
	i := m.eval(e, x.Index)
	switch {
	case v.null || i.null:
		return strictNull(strings.TrimSuffix(v.typ, "[]"), "[]", m.here(), v, i)
	case v.doc != nil:
		return m.extract("->", v, i)
	case v.list != nil:
		k, ok := i.scalar.known()
		at, err := strconv.Atoi(k)
		if ok && err == nil && at >= 1 && at <= len(v.list.items) {
			return v.list.items[at-1]
		}
		if !v.list.rest {
			return null(strings.TrimSuffix(v.typ, "[]"), &reason{cause: FromKey, at: m.here()})
		}
	}
	return m.perhaps(strings.TrimSuffix(v.typ, "[]"), "")
}
