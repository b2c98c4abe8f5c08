package hook

import (
	"maps"
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// An ending is what Auth makes of what the hook returned.
type ending int

const (
	unclear   ending = iota
	issued           // a token with a claims object, complete or not
	nulled           // SQL null
	shapeless        // no claims object
	refused          // an error object
)

// A digest is the token of one run beside what Auth had put in.
type digest struct {
	ending   ending
	shape    string
	at       catalog.Origin
	written  []leaf
	missing  []Missing
	replaced []Replaced
	role     leaf
	roleKept bool
	vague    bool // some claims could not be followed
}

// A leaf is a claim that the hook wrote.
type leaf struct {
	path  []string
	kind  kind
	s     *symbol
	vague bool
	at    catalog.Origin
}

// required are the claims without which Auth refuses a token, with their types
// (Supabase docs: Custom Access Token Hook, outputs; auth, tokens/service.go,
// MinimumViableTokenSchema).
var required = map[string]kind{
	"aud": str | array, "exp": number, "iat": number, "sub": str, "email": str, "phone": str, "role": str, "aal": str,
	"session_id": str, "is_anonymous": truth,
}

// typed are other claims whose type Auth checks where they are there.
var typed = map[string]kind{"app_metadata": object, "user_metadata": object, "amr": array}

// digest looks at what the hook returned as Auth does.
func (m *machine) digest(v *value) *digest {
	d := &digest{}
	if v == nil {
		return d
	}
	d.at = m.out.returned
	if v.null {
		d.ending = nulled
		return d
	}
	n := v.doc
	if n == nil {
		return d
	}
	if n.vague || m.foreign(n) {
		d.vague = true
		return d
	}
	if !m.is(n, object) {
		d.ending, d.shape = shapeless, article(n.kind)
		return d
	}
	if e := m.member(n, "error"); e != nil && e != m.out.event && m.is(e, object) {
		if msg := m.member(e, "message"); msg != nil && msg.kind&str != 0 {
			d.ending = refused
			return d
		}
	}
	claims := m.member(n, "claims")
	switch {
	case claims == nil && m.bareClaims(n):
		d.ending, d.shape = shapeless, "the claims themselves"
	case claims == nil:
		d.ending, d.shape = shapeless, "an object without claims"
	case claims.vague || m.foreign(claims):
		d.vague = true
	case m.is(claims, object):
		d.ending = issued
		m.compareClaims(d, claims)
	default:
		d.ending, d.shape = shapeless, "claims that are "+article(claims.kind)
	}
	return d
}

func article(k kind) string {
	s := k.String()
	if s == "null" {
		return s
	}
	if strings.ContainsRune("aeiou", rune(s[0])) {
		return "an " + s
	}
	return "a " + s
}

// foreign reports whether a document comes from somewhere of which nothing is
// known, such as a text.
func (m *machine) foreign(n *node) bool {
	if n.kind&(n.kind-1) == 0 {
		return false
	}
	m.unknown("what the claims are made of is not known")
	return true
}

// bareClaims reports whether an object is the claims, or made of them.
func (m *machine) bareClaims(n *node) bool {
	return m.kept(n, "sub") || m.kept(n, "exp")
}

func (m *machine) kept(n *node, key string) bool {
	v, ok := n.members[key]
	return ok && v == m.out.input.members[key]
}

func (m *machine) compareClaims(d *digest, out *node) {
	in := m.out.input
	m.diff(d, nil, out, in)
	for _, key := range slices.Sorted(maps.Keys(required)) {
		v := m.member(out, key)
		switch {
		case v == nil:
			d.missing = append(d.missing, Missing{Claim: key, At: out.at})
		case v == in.members[key] || v.kind&required[key] == v.kind:
		case v.vague:
			d.vague = true
		default:
			d.missing = append(d.missing, Missing{Claim: key, Wrong: (v.kind &^ required[key]).first().String(), At: v.at})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(typed)) {
		if v := out.members[key]; v != nil && v.kind&typed[key] == 0 {
			d.missing = append(d.missing, Missing{Claim: key, Wrong: v.kind.first().String(), At: v.at})
		}
	}
	role := m.member(out, "role")
	if role == nil {
		return
	}
	d.role = leaf{path: []string{"role"}, kind: role.kind, s: role.scalar, vague: role.vague, at: role.at}
	d.roleKept = role == in.members["role"]
	if s, ok := role.scalar.known(); ok && role.kind == str && s == m.in.opts.Role {
		d.roleKept = true
	}
	if role.scalar != nil && role.scalar == in.members["role"].scalar && role.kind == str {
		d.roleKept = true
	}
}

// first is one of the kinds.
func (k kind) first() kind {
	for b := object; b <= jnull; b <<= 1 {
		if k&b != 0 {
			return b
		}
	}
	return k
}

// diff finds what differs between a claim as it was and as it is.
func (m *machine) diff(d *digest, path []string, out, in *node) {
	if out == in {
		return
	}
	if out.vague {
		m.leaf(d, path, out)
		return
	}
	if out.kind != object || in != nil && in.kind != object && len(out.members) == 0 {
		m.leaf(d, path, out)
		return
	}
	if in == nil || in.kind != object {
		if len(out.members) == 0 {
			m.leaf(d, path, out)
		}
		for _, k := range sortedKeys(out.members) {
			m.diff(d, extend(path, k), out.members[k], nil)
		}
		return
	}
	if len(path) > 0 && loses(out, in) {
		d.replaced = append(d.replaced, Replaced{Path: path, At: out.at})
	}
	for _, k := range keysOf(out, in) {
		o, i := m.member(out, k), m.member(in, k)
		if o != nil && o != i {
			m.diff(d, extend(path, k), o, i)
		}
	}
}

func extend(path []string, key string) []string { return append(slices.Clip(slices.Clone(path)), key) }

// loses reports whether members that an object may have had are gone.
func loses(out, in *node) bool {
	for _, i := range in.opens {
		if !slices.ContainsFunc(out.opens, func(o opening) bool { return o.pool == i.pool }) {
			return true
		}
	}
	return false
}

// keysOf lists the members that either object is known to have.
func keysOf(list ...*node) []string {
	keys := map[string]bool{}
	for _, n := range list {
		for k := range n.members {
			keys[k] = true
		}
		for _, o := range n.opens {
			for k, v := range o.memo {
				if v != nil {
					keys[k] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

func (m *machine) leaf(d *digest, path []string, n *node) {
	if len(path) == 0 {
		return
	}
	l := leaf{path: path, kind: n.kind, vague: n.vague, at: n.at}
	if n.kind&(str|number|truth) != 0 {
		l.s = n.scalar
		l.vague = l.vague || l.s != nil && l.s.vague
	}
	d.written = append(d.written, l)
}
