package hook

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"policylint/inspect/catalog"
)

// A castKind says who converts: a cast in an expression, or PL/pgSQL, which
// goes through the text of a value where there is no cast.
type castKind int

const (
	explicitCast castKind = iota
	ioCast
)

// cast converts a value to a type.
func (m *machine) cast(v *value, typ string, how castKind) *value {
	t := baseType(typ)
	switch {
	case typ == "" || typ == "unknown" || typ == "anyelement" || typ == "record":
		return v
	case v.null:
		return null(typ, v.why)
	case v.row != nil, strings.HasSuffix(typ, "%rowtype"):
		return v
	case v.typ == typ && v.typ != "":
		return v
	}
	if d, ok := m.domain(t); ok {
		return retyped(m.cast(v, d, how), typ)
	}
	switch {
	case isJSON(t):
		return m.toJSON(v, t, how)
	case v.doc != nil:
		return m.fromJSON(v, t, how)
	case strings.HasSuffix(t, "[]"):
		return m.toArray(v, t, how)
	case v.list != nil:
		return &value{typ: typ, scalar: &symbol{}}
	case textual[t]:
		return &value{typ: typ, scalar: v.scalar}
	case how == explicitCast && !textual[baseType(v.typ)] && v.typ != "" && m.isEnum(t) != nil:
		m.fail("42846", "cannot cast type "+v.typ+" to "+typ)
	}
	return m.parse(v, t)
}

func retyped(v *value, typ string) *value {
	c := *v
	c.typ = typ
	return &c
}

// domain is the type below a domain.
func (m *machine) domain(t string) (string, bool) {
	if n, ok := qualified(t); ok {
		if d, ok := m.in.cat.Types.Get(n); ok && d.Kind == catalog.Domain {
			return d.Base, true
		}
	}
	return "", false
}

// isEnum is the enum of that name, nil when it is none.
func (m *machine) isEnum(t string) *catalog.Type {
	if n, ok := qualified(t); ok {
		if d, ok := m.in.cat.Types.Get(n); ok && d.Kind == catalog.Enum {
			return d
		}
	}
	return nil
}

// parse reads the text of a scalar as a type that is no text and no JSON.
func (m *machine) parse(v *value, t string) *value {
	s := v.scalar
	fits, may := func(string) bool { return true }, false
	switch enum := m.isEnum(t); {
	case enum != nil:
		fits = func(x string) bool { return slices.Contains(enum.Labels, x) }
		may = m.isEnum(baseType(v.typ)) == nil
		if s.values == nil {
			if may {
				m.mayFail("22P02", "invalid input value for enum "+t)
			}
			return &value{typ: t, scalar: &symbol{values: slices.Clone(enum.Labels), not: s.not, from: s.from}}
		}
	case formOf(t) == uuidText:
		fits, may = uuidForm().MatchString, s.form != uuidText
	case formOf(t) == numberText:
		fits, may = isNumber, s.form != numberText && s.form != boolText
	case formOf(t) == boolText:
		fits, may = isTruth, s.form != boolText
	case formOf(t) == timeText:
		may = s.form != timeText && s.values == nil
	default:
		return &value{typ: t, scalar: s}
	}
	var good, bad []string
	for _, x := range s.values {
		if fits(x) {
			good = append(good, x)
		} else {
			bad = append(bad, x)
		}
	}
	state, message := "22P02", "invalid input syntax for type "+t
	switch {
	case formOf(t) == timeText:
		state = "22007"
	case m.isEnum(t) != nil:
		message = "invalid input value for enum " + t
	}
	switch {
	case s.values == nil && may:
		m.mayFail(state, message)
		return &value{typ: t, scalar: &symbol{form: formOf(t), from: s.from, vague: s.vague}}
	case s.values == nil:
		return &value{typ: t, scalar: s}
	case len(good) == 0:
		m.fail(state, message+`: "`+bad[0]+`"`)
	case len(bad) > 0 && m.choose(2) == 1:
		s.values = bad
		m.fail(state, message)
	}
	if len(bad) > 0 {
		s.values = good
	}
	if formOf(t) == boolText && len(good) == 1 {
		return boolean(slices.Contains([]string{"t", "true", "y", "yes", "on", "1"}, strings.ToLower(good[0])))
	}
	return &value{typ: t, scalar: s}
}

func isTruth(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1", "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0":
		return true
	}
	return false
}

// toJSON is x::jsonb: of a text, which is parsed.
func (m *machine) toJSON(v *value, t string, how castKind) *value {
	switch {
	case v.doc != nil:
		return document(t, v.doc)
	case v.list != nil && how == explicitCast:
		m.fail("42846", "cannot cast type "+v.typ+" to "+t)
	case v.scalar == nil:
		return document(t, m.blur())
	case how == explicitCast && !textual[baseType(v.typ)]:
		m.fail("42846", "cannot cast type "+v.typ+" to "+t)
	}
	s := v.scalar
	if s.doc != nil {
		return document(t, s.doc)
	}
	if s.values == nil {
		switch s.form {
		case numberText:
			return document(t, m.scalarNode(number, s))
		case boolText:
			return document(t, m.scalarNode(truth, s))
		case uuidText, timeText:
			m.fail("22P02", "invalid input syntax for type json")
		}
		m.mayFail("22P02", "invalid input syntax for type json")
		n := anyNode(anything)
		n.at, n.vague = m.here(), s.vague
		return document(t, n)
	}
	text := s.values[m.choose(len(s.values))]
	s.is(text)
	return document(t, m.decode(text))
}

// decode parses the text of a JSON document.
func (m *machine) decode(text string) *node {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var x any
	if d.Decode(&x) != nil || d.More() {
		m.fail("22P02", "invalid input syntax for type json: "+strconv.Quote(text))
	}
	return m.fromGo(x)
}

func (m *machine) fromGo(x any) *node {
	switch x := x.(type) {
	case map[string]any:
		n := m.node(object)
		for k, v := range x {
			n.members[k] = m.fromGo(v)
		}
		return n
	case []any:
		n := m.node(array)
		for _, v := range x {
			n.items = append(n.items, m.fromGo(v))
		}
		return n
	case string:
		return m.scalarNode(str, constant(x))
	case json.Number:
		return m.scalarNode(number, constant(x.String()))
	case bool:
		return m.scalarNode(truth, constant(strconv.FormatBool(x)))
	}
	return m.node(jnull)
}

// fromJSON is a conversion out of jsonb: to text its text, to a number or a
// boolean only from one.
func (m *machine) fromJSON(v *value, t string, how castKind) *value {
	n := v.doc
	switch {
	case textual[t]:
		return &value{typ: t, scalar: m.textOf(n)}
	case formOf(t) == numberText || formOf(t) == boolText:
		want := number
		if formOf(t) == boolText {
			want = truth
		}
		if how == ioCast || m.is(n, want) {
			if how == ioCast && !m.is(n, want) {
				return m.parse(&value{typ: "text", scalar: m.textOf(n)}, t)
			}
			return &value{typ: t, scalar: n.scalar}
		}
		m.fail("22023", "cannot cast jsonb "+n.kind.String()+" to type "+t)
	case how == explicitCast:
		m.fail("42846", "cannot cast type "+v.typ+" to "+t)
	}
	return m.parse(&value{typ: "text", scalar: m.textOf(n)}, t)
}

// textOf is the text of a JSON document: a string with its quotes.
func (m *machine) textOf(n *node) *symbol {
	if s, ok := render(n); ok {
		return &symbol{values: []string{s}, doc: n}
	}
	if n.kind == str && n.scalar.values != nil {
		var out []string
		for _, v := range n.scalar.values {
			out = append(out, strconv.Quote(v))
		}
		return &symbol{values: out, doc: n}
	}
	return &symbol{doc: n, vague: n.vague}
}

// render prints JSON scalars that are known, and empty containers.
func render(n *node) (string, bool) {
	switch n.kind {
	case jnull:
		return "null", true
	case str:
		if s, ok := n.scalar.known(); ok {
			return strconv.Quote(s), true
		}
	case number, truth:
		return n.scalar.known()
	case object:
		return "{}", len(n.members) == 0 && len(n.opens) == 0
	case array:
		return "[]", len(n.items) == 0 && !n.rest
	}
	return "", false
}
