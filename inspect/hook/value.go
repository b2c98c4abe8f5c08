package hook

import (
	"strings"

	"policylint/inspect/catalog"
)

// A value is a SQL value of one run. Whether it is null is always certain:
// where it is not, the run has chosen. Exactly one of scalar, doc, list and
// row is set when it is not null.
type value struct {
	typ    string // "unknown" for a literal without a type
	null   bool
	why    *reason // of a null
	scalar *symbol
	doc    *node // of json and jsonb
	list   *list // of an array
	row    *row  // of a record or composite type
}

// A reason is how a null came about.
type reason struct {
	cause  Cause
	call   string
	path   []string // the claim that a strict call was to write
	at     catalog.Origin
	caught bool
	origin *reason // of the null that a strict call was given
}

type list struct {
	items []*value
	rest  bool // there may be more like the last
}

// A row has its fields by name, or makes them when they are first asked for.
type row struct {
	names  []string // nil when not known
	fields map[string]*value
	make   func(name string) *value // nil: an unknown field is no field
}

func null(typ string, why *reason) *value { return &value{typ: typ, null: true, why: why} }

func text(typ, s string) *value { return &value{typ: typ, scalar: constant(s)} }

func boolean(b bool) *value {
	if b {
		return text("boolean", "true")
	}
	return text("boolean", "false")
}

func document(typ string, n *node) *value { return &value{typ: typ, doc: n} }

func (r *row) field(name string) (*value, bool) {
	if v, ok := r.fields[name]; ok {
		return v, true
	}
	if r.make == nil {
		return nil, false
	}
	v := r.make(name)
	if v == nil {
		return nil, false
	}
	r.fields[name] = v
	return v, true
}

func isJSON(typ string) bool { return typ == "jsonb" || typ == "json" }

// baseType is a type without its modifier: character varying(20).
func baseType(t string) string {
	i := strings.IndexByte(t, '(')
	if i < 0 {
		return t
	}
	j := strings.IndexByte(t[i:], ')')
	if j < 0 {
		return t
	}
	return t[:i] + t[i+j+1:]
}
