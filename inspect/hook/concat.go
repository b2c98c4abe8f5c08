package hook

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
	var keys []string
	var ok bool
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
