package hook

import (
	"maps"
	"slices"

	"policylint/inspect/catalog"
)

// A kind is a JSON type, as bits.
type kind uint8

const (
	object kind = 1 << iota
	array
	str
	number
	truth
	jnull
	anything kind = object | array | str | number | truth | jnull
)

func (k kind) String() string {
	switch k {
	case object:
		return "object"
	case array:
		return "array"
	case str:
		return "string"
	case number:
		return "number"
	case truth:
		return "boolean"
	case jnull:
		return "null"
	}
	return "value"
}

// A node is a JSON value of one run. Writes make new nodes, so that a claim
// that the hook leaves alone is the same node at the end as in the event. A
// node of several kinds is narrowed to one in place when that matters.
type node struct {
	kind    kind
	members map[string]*node
	opens   []opening // members that are made when first asked for, later ones first
	items   []*node
	rest    bool // of an array: there may be more
	scalar  *symbol
	at      catalog.Origin // the statement that made it; zero for the event's own
	vague   bool           // made by something that could not be followed
}

// An opening is a set of members that an object may have, less those that were
// taken away since.
type opening struct {
	*pool
	removed map[string]bool
}

// A pool makes the members of an object of the event, or of an unknown one;
// nil in memo says that there is no such member.
type pool struct {
	memo map[string]*node
	any  bool // there may be any members
	make func(m *machine, key string) *node
}

// member finds a member of an object, nil when there is none.
func (m *machine) member(n *node, key string) *node {
	if v, ok := n.members[key]; ok {
		return v
	}
	for _, o := range slices.Backward(n.opens) {
		if o.removed[key] {
			continue
		}
		v, ok := o.memo[key]
		if !ok {
			v = o.make(m, key)
			o.memo[key] = v
		}
		if v != nil {
			return v
		}
	}
	return nil
}

// is asks whether the node is of a kind, and narrows it.
func (m *machine) is(n *node, k kind) bool {
	switch {
	case n.kind&k == 0:
		return false
	case n.kind&^k == 0:
		return true
	case m.choose(2) == 0:
		n.kind &= k
	default:
		n.kind &^= k
		return false
	}
	return true
}

// with is the object with a member put in.
func (m *machine) with(n *node, key string, v *node) *node {
	c := m.copy(n)
	c.members[key] = v
	return c
}

// without is the object with a member taken out.
func (m *machine) without(n *node, key string) *node {
	c := m.copy(n)
	delete(c.members, key)
	for i, o := range c.opens {
		removed := maps.Clone(o.removed)
		if removed == nil {
			removed = map[string]bool{}
		}
		removed[key] = true
		c.opens[i].removed = removed
	}
	return c
}

func (m *machine) copy(n *node) *node {
	c := *n
	c.at = m.here()
	c.members, c.opens = maps.Clone(n.members), slices.Clone(n.opens)
	c.items = slices.Clone(n.items)
	if c.members == nil {
		c.members = map[string]*node{}
	}
	return &c
}

// join is l || r of two objects.
func (m *machine) join(l, r *node) *node {
	c := m.copy(l)
	c.vague = l.vague || r.vague
	if slices.ContainsFunc(r.opens, func(o opening) bool { return o.any }) && len(l.members)+len(l.opens) > 0 {
		m.unknown("an object is merged in of which it is not known what it has")
		c.vague = true
	} else {
		for _, key := range sortedKeys(l.members) {
			if v := m.member(r, key); v != nil {
				c.members[key] = v
			}
		}
	}
	maps.Copy(c.members, r.members)
	c.opens = append(c.opens, r.opens...)
	return c
}

// node makes an empty node of the hook's own.
func (m *machine) node(k kind) *node {
	n := &node{kind: k, at: m.here()}
	if k == object {
		n.members = map[string]*node{}
	}
	return n
}

// scalarNode is a JSON scalar with the value of a symbol.
func (m *machine) scalarNode(k kind, s *symbol) *node {
	n := m.node(k)
	n.scalar, n.vague = s, s.vague
	return n
}

// anyNode can be any JSON of the kinds.
func anyNode(k kind) *node {
	n := &node{kind: k, members: map[string]*node{}, scalar: &symbol{}, rest: true}
	n.opens = []opening{{pool: anyMembers()}}
	return n
}

// anyMembers makes members of any kind, or none.
func anyMembers() *pool {
	return &pool{memo: map[string]*node{}, any: true, make: func(m *machine, _ string) *node {
		if m.choose(2) == 0 {
			return nil
		}
		return anyNode(anything)
	}}
}

// blur is JSON that nothing is known of.
func (m *machine) blur() *node {
	n := anyNode(anything)
	n.vague, n.at = true, m.here()
	n.scalar.vague = true
	return n
}
