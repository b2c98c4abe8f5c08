package hook

import (
	"maps"
	"slices"
)

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
