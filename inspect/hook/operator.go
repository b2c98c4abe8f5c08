package hook

import (
	"maps"
	"slices"
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

// concat is ||: of JSON, arrays or texts.
func (m *machine) concat(l, r *value) *value {
	switch {
	case l.typ == "jsonb" || r.typ == "jsonb":
		for _, v := range []*value{l, r} {
			if v.typ != "jsonb" && v.typ != "unknown" {
				m.fail("42883", "operator does not exist: "+l.typ+" || "+r.typ)
			}
		}
		if l.null || r.null {
			return strictNull("jsonb", "||", m.here(), l, r)
		}
		return document("jsonb", m.joinNodes(m.document(l).doc, m.document(r).doc))
	case l.typ == "json" || r.typ == "json":
		m.fail("42883", "operator does not exist: "+l.typ+" || "+r.typ)
	case l.list != nil || r.list != nil:
		return m.append(l, r)
	}
	if l.null || r.null {
		return strictNull("text", "||", m.here(), l, r)
	}
	return m.textConcat(l, r)
}

func (m *machine) textConcat(l, r *value) *value {
	if l.scalar == nil || r.scalar == nil {
		return &value{typ: "text", scalar: &symbol{}}
	}
	if len(l.scalar.values)*len(r.scalar.values) > 30 || l.scalar.values == nil || r.scalar.values == nil {
		return &value{typ: "text", scalar: &symbol{vague: l.scalar.vague || r.scalar.vague}}
	}
	s := &symbol{}
	for _, a := range l.scalar.values {
		for _, b := range r.scalar.values {
			s.values = append(s.values, a+b)
		}
	}
	return &value{typ: "text", scalar: s}
}

// append is || of arrays and their elements; a null adds nothing, or itself.
func (m *machine) append(l, r *value) *value {
	out := &list{}
	typ := "text[]"
	for _, v := range []*value{l, r} {
		switch {
		case v.list != nil:
			out.items = append(out.items, v.list.items...)
			out.rest = out.rest || v.list.rest
			typ = v.typ
		case !v.null:
			out.items = append(out.items, v)
		}
	}
	return &value{typ: typ, list: out}
}

// joinNodes is || of two documents (PostgreSQL docs 9.16).
func (m *machine) joinNodes(l, r *node) *node {
	lo, ro := m.is(l, object), m.is(r, object)
	switch {
	case lo && ro:
		return m.join(l, r)
	case !lo && !ro, m.is(l, array), m.is(r, array):
		n := m.node(array)
		for _, x := range []*node{l, r} {
			if m.is(x, array) {
				n.items, n.rest = append(n.items, x.items...), n.rest || x.rest
			} else {
				n.items = append(n.items, x)
			}
		}
		return n
	}
	m.fail("22023", "invalid concatenation of jsonb objects")
	return nil
}

// minus is jsonb - key, - keys or - index.
func (m *machine) minus(l, r *value) *value {
	if l.typ == "json" {
		m.fail("42883", "operator does not exist: json - "+r.typ)
	}
	if l.null || r.null {
		return strictNull("jsonb", "-", m.here(), l, r)
	}
	n := l.doc
	if !m.is(n, object) && !m.is(n, array) {
		m.fail("22023", "cannot delete from scalar")
	}
	if numeric[baseType(r.typ)] {
		if m.is(n, object) {
			m.fail("22023", "cannot delete from object using integer index")
		}
		return document("jsonb", m.copy(n))
	}
	keys, ok := []string{}, true
	if r.list != nil {
		keys, ok = m.keys(r)
	} else {
		var k string
		k, ok = r.scalar.known()
		keys = []string{k}
	}
	if !ok {
		return m.blurred("a computed key is removed")
	}
	if m.is(n, array) {
		return document("jsonb", m.copy(n))
	}
	for _, k := range keys {
		if m.member(n, k) != nil {
			n = m.without(n, k)
		}
	}
	return document("jsonb", n)
}

// contains is @>, <@, ?, ?| and ?&.
func (m *machine) contains(op string, l, r *value) *value {
	if l.list != nil || r.list != nil && op != "?|" && op != "?&" {
		return boolean(m.choose(2) == 0)
	}
	switch op {
	case "<@":
		l, r = r, l
		fallthrough
	case "@>":
		a, b := m.document(l).doc, m.document(r).doc
		return boolean(m.holds(a, b))
	case "?":
		k, ok := r.scalar.known()
		if !ok || l.doc == nil {
			return boolean(m.choose(2) == 0)
		}
		return boolean(m.hasKey(l.doc, k))
	}
	keys, ok := m.keys(r)
	if !ok || l.doc == nil {
		return boolean(m.choose(2) == 0)
	}
	for _, k := range keys {
		if m.hasKey(l.doc, k) == (op == "?|") {
			return boolean(op == "?|")
		}
	}
	return boolean(op == "?&")
}

func (m *machine) hasKey(n *node, key string) bool {
	if m.is(n, object) {
		return m.member(n, key) != nil
	}
	if m.is(n, array) {
		for _, i := range n.items {
			if i.kind == str && m.narrow(i.scalar, key) {
				return true
			}
		}
		return n.rest && m.choose(2) == 0
	}
	return false
}

// holds is a @> b.
func (m *machine) holds(a, b *node) bool {
	switch {
	case m.is(b, object):
		if !m.is(a, object) {
			return false
		}
		for _, k := range slices.Sorted(maps.Keys(b.members)) {
			if v := m.member(a, k); v == nil || !m.holds(v, b.members[k]) {
				return false
			}
		}
		return true
	case m.is(b, array):
		return m.choose(2) == 0
	}
	return m.truth(m.compareNodes("=", a, b))
}

// compareNodes is l op r of two documents.
func (m *machine) compareNodes(op string, l, r *node) *value {
	if op != "=" && op != "<>" {
		return boolean(m.choose(2) == 0)
	}
	return boolean(m.same(l, r) == (op == "="))
}

func (m *machine) same(l, r *node) bool {
	if l == r {
		return true
	}
	if r.kind&(r.kind-1) != 0 {
		l, r = r, l
	}
	if r.kind&(r.kind-1) != 0 {
		return m.choose(2) == 0
	}
	if !m.is(l, r.kind) {
		return false
	}
	switch {
	case r.kind == jnull:
		return true
	case r.kind&(str|number|truth) != 0:
		return m.truth(m.compareScalars("=", l.scalar, r.scalar, r.kind == number))
	}
	a, ok1 := render(l)
	b, ok2 := render(r)
	if ok1 && ok2 {
		return a == b
	}
	if (ok1 || ok2) && len(l.opens)+len(r.opens) == 0 && !l.rest && !r.rest {
		return false
	}
	return m.choose(2) == 0
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
