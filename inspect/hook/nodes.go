package hook

import (
	"slices"
	"strconv"
)

// nodeOf is to_jsonb, where a SQL null is a JSON null.
func (m *machine) nodeOf(v *value) *node {
	switch {
	case v.null:
		return m.node(jnull)
	case v.doc != nil:
		return v.doc
	case v.list != nil:
		n := m.node(array)
		n.rest = v.list.rest
		for _, i := range v.list.items {
			n.items = append(n.items, m.nodeOf(i))
		}
		return n
	case v.row != nil:
		return m.rowNode(v.row)
	case v.scalar == nil:
		return m.blur()
	case numeric[baseType(v.typ)]:
		return m.scalarNode(number, v.scalar)
	case baseType(v.typ) == "boolean":
		return m.scalarNode(truth, v.scalar)
	}
	return m.scalarNode(str, v.scalar)
}

// rowNode is a row as an object. Its fields are made when they are asked for,
// since each that can be null is two ways on.
func (m *machine) rowNode(r *row) *node {
	n := m.node(object)
	n.opens = []opening{{pool: &pool{memo: map[string]*node{}, make: func(m *machine, key string) *node {
		v, ok := r.field(key)
		if !ok || r.names != nil && !slices.Contains(r.names, key) {
			return nil
		}
		return m.nodeOf(v)
	}}}}
	return n
}

// get is n -> key, or n -> 'index': nil when it is not there.
func (m *machine) get(n *node, key string, index bool) *node {
	if index {
		i, err := strconv.Atoi(key)
		if err != nil || !m.is(n, array) {
			return nil
		}
		return m.item(n, i)
	}
	if !m.is(n, object) {
		return nil
	}
	return m.member(n, key)
}

// item is an element of an array; negative counts from the end.
func (m *machine) item(n *node, i int) *node {
	if !n.rest {
		if i < 0 {
			i += len(n.items)
		}
		if i >= 0 && i < len(n.items) {
			return n.items[i]
		}
		return nil
	}
	if i >= 0 && i < len(n.items) {
		return n.items[i]
	}
	if m.choose(2) == 0 {
		return nil
	}
	return anyNode(anything)
}

// dig is n #> path.
func (m *machine) dig(n *node, path []string) *node {
	for _, key := range path {
		_, err := strconv.Atoi(key)
		index := err == nil && n.kind&object == 0
		if n = m.get(n, key, index); n == nil {
			return nil
		}
	}
	return n
}

// asText is what ->> makes of a node: null of a JSON null, the bare text of a
// string.
func (m *machine) asText(n *node, why *reason) *value {
	switch {
	case m.is(n, jnull):
		return null("text", why)
	case n.kind&(str|number|truth) != 0 && n.kind&(object|array) == 0:
		return &value{typ: "text", scalar: n.scalar}
	case n.kind&(str|number|truth) == 0:
		return &value{typ: "text", scalar: &symbol{doc: n, vague: n.vague}}
	}
	return &value{typ: "text", scalar: n.scalar}
}

// keys reads a path: the elements of a text array, all known.
func (m *machine) keys(v *value) ([]string, bool) {
	if v.list == nil && v.scalar != nil {
		v = m.cast(v, "text[]", explicitCast)
	}
	if v.list == nil || v.list.rest {
		return nil, false
	}
	var out []string
	for i, item := range v.list.items {
		if item.null {
			m.fail("22004", "path element at position "+strconv.Itoa(i+1)+" is null")
		}
		s, ok := item.scalar.known()
		if !ok && item.scalar.values != nil {
			s = item.scalar.values[m.choose(len(item.scalar.values))]
			item.scalar.is(s)
			ok = true
		}
		if !ok {
			return nil, false
		}
		out = append(out, s)
	}
	return out, true
}

// remove is n #- path.
func (m *machine) remove(n *node, path []string) *node {
	if len(path) == 0 {
		return n
	}
	switch {
	case m.is(n, object):
		v := m.member(n, path[0])
		if v == nil {
			return n
		}
		if len(path) == 1 {
			return m.without(n, path[0])
		}
		if inner := m.remove(v, path[1:]); inner != v {
			return m.with(n, path[0], inner)
		}
	case m.is(n, array):
		i, err := strconv.Atoi(path[0])
		switch {
		case err != nil:
			m.fail("22P02", "path element at position 1 is not an integer: "+strconv.Quote(path[0]))
		case len(path) == 1:
			c := m.copy(n)
			if i >= 0 && i < len(c.items) {
				c.items = slices.Delete(c.items, i, i+1)
			}
			return c
		}
	}
	return n
}
