package hook

import (
	"slices"
	"strconv"
	"strings"

	"policylint/inspect/catalog"
)

// strictNull is what a strict function or operator makes of a null.
func strictNull(typ, call string, at catalog.Origin, args ...*value) *value {
	why := &reason{cause: FromStrict, call: call, at: at}
	for _, a := range args {
		if a != nil && a.null {
			why.origin = a.why
			break
		}
	}
	return null(typ, why)
}

// jsonbSet is jsonb_set(target, path, new, create_missing), which is strict.
func (m *machine) jsonbSet(args []*value) *value {
	if v := args[2]; v.null {
		m.mustBeJSON(v) // found before anything is computed
	}
	for _, a := range args {
		if a.null {
			v := strictNull("jsonb", "jsonb_set", m.here(), args...)
			if args[2].null && !args[1].null {
				v.why.path, _ = m.keys(args[1])
			}
			return v
		}
	}
	create := len(args) < 4 || m.truth(args[3])
	return m.put(args[0], args[1], m.document(args[2]).doc, create)
}

// jsonbSetLax is jsonb_set_lax, which has a choice of what null means.
func (m *machine) jsonbSetLax(args []*value) *value {
	treatment := "use_json_null"
	if len(args) > 4 && args[4].scalar != nil {
		treatment, _ = args[4].scalar.known()
	}
	if args[0].null || args[1].null || len(args) > 3 && args[3].null {
		return strictNull("jsonb", "jsonb_set_lax", m.here(), args...)
	}
	create := len(args) < 4 || m.truth(args[3])
	if !args[2].null {
		return m.put(args[0], args[1], m.document(args[2]).doc, create)
	}
	switch treatment {
	case "raise_exception":
		m.fail("22004", "JSON value must not be null")
	case "return_target":
		return args[0]
	case "delete_key":
		if path, ok := m.keys(args[1]); ok {
			return document("jsonb", m.remove(m.document(args[0]).doc, path))
		}
		return m.blurred("jsonb_set_lax with a computed path")
	}
	return m.put(args[0], args[1], m.node(jnull), create)
}

// document is a value as jsonb: a literal without a type is parsed.
func (m *machine) document(v *value) *value {
	if v.doc != nil || v.null {
		return v
	}
	m.mustBeJSON(v)
	return m.toJSON(v, "jsonb", explicitCast)
}

// mustBeJSON fails where no function takes a value of the type.
func (m *machine) mustBeJSON(v *value) {
	if v.typ != "unknown" && v.typ != "" && v.typ != "jsonb" && v.typ != "json" {
		m.fail("42883", "function jsonb_set(jsonb, …, "+v.typ+") does not exist")
	}
}

// put writes a member at a path of a document.
func (m *machine) put(target, path *value, v *node, create bool) *value {
	n := m.document(target).doc
	keys, ok := m.keys(path)
	if !ok {
		return m.blurred("a computed path is written")
	}
	if !m.is(n, object) && !m.is(n, array) {
		m.fail("22023", "cannot set path in scalar")
	}
	if len(keys) == 0 {
		return document("jsonb", n)
	}
	return document("jsonb", m.setPath(n, keys, 0, v, create))
}

// setPath is the recursion of jsonb_set: what is not there on the way is not
// made, and nothing changes (PostgreSQL docs 9.16).
func (m *machine) setPath(n *node, path []string, depth int, v *node, create bool) *node {
	last := depth == len(path)-1
	if m.is(n, array) {
		i, err := strconv.Atoi(path[depth])
		if err != nil {
			m.fail("22P02", "path element at position "+strconv.Itoa(depth+1)+" is not an integer: "+strconv.Quote(path[depth]))
		}
		c := m.copy(n)
		switch {
		case i >= 0 && i < len(c.items) && last:
			c.items[i] = v
		case i >= 0 && i < len(c.items):
			c.items[i] = m.setPath(c.items[i], path, depth+1, v, create)
		case last && create:
			c.items = append(c.items, v)
		}
		return c
	}
	if !m.is(n, object) {
		m.noEffect(path, strings.Join(path[:depth], ".")+" is no object")
		return n
	}
	old := m.member(n, path[depth])
	switch {
	case last && old == nil && !create:
		m.noEffect(path, "it is not there and create_missing is false")
		return n
	case last:
		return m.with(n, path[depth], v)
	case old == nil:
		m.noEffect(path, strings.Join(path[:depth+1], ".")+" is not there")
		return n
	}
	if inner := m.setPath(old, path, depth+1, v, create); inner != old {
		return m.with(n, path[depth], inner)
	}
	return n
}

func (m *machine) noEffect(path []string, cause string) {
	e := NoEffect{Path: slices.Clone(path), Cause: cause, At: m.here()}
	if !slices.ContainsFunc(m.out.noEffects, func(x NoEffect) bool { return x.At == e.At && slices.Equal(x.Path, e.Path) }) {
		m.out.noEffects = append(m.out.noEffects, e)
	}
}

// blurred is JSON that could not be followed, for a reason.
func (m *machine) blurred(reason string) *value {
	m.unknown(reason)
	return document("jsonb", m.blur())
}

// jsonbInsert is jsonb_insert(target, path, new, insert_after), which is
// strict.
func (m *machine) jsonbInsert(args []*value) *value {
	for _, a := range args {
		if a.null {
			return strictNull("jsonb", "jsonb_insert", m.here(), args...)
		}
	}
	keys, ok := m.keys(args[1])
	n := m.document(args[0]).doc
	if !ok || len(keys) == 0 {
		return m.blurred("a computed path is written")
	}
	if at := m.dig(n, keys); at != nil {
		if up := m.dig(n, keys[:len(keys)-1]); up != nil && m.is(up, object) {
			m.fail("22023", "cannot replace existing key")
		}
	}
	return m.put(args[0], args[1], m.document(args[2]).doc, true)
}
