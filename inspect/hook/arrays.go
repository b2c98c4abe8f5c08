package hook

import (
	"strconv"
	"strings"
)

// toArray converts an array, or its text.
func (m *machine) toArray(v *value, t string, how castKind) *value {
	elem := strings.TrimSuffix(t, "[]")
	if v.list == nil {
		s, ok := v.scalar.known()
		if !ok {
			return &value{typ: t, list: &list{rest: true}}
		}
		items, ok := splitArray(s)
		if !ok {
			m.fail("22P02", "malformed array literal: "+strconv.Quote(s))
		}
		l := &list{}
		for _, i := range items {
			l.items = append(l.items, m.cast(text("unknown", i), elem, how))
		}
		return &value{typ: t, list: l}
	}
	l := &list{rest: v.list.rest}
	for _, i := range v.list.items {
		l.items = append(l.items, m.cast(i, elem, how))
	}
	return &value{typ: t, list: l}
}

// splitArray reads the text of a flat array.
func splitArray(s string) ([]string, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] != '{' || s[len(s)-1] != '}' {
		return nil, false
	}
	s = s[1 : len(s)-1]
	if strings.TrimSpace(s) == "" {
		return nil, true
	}
	var out []string
	var cur strings.Builder
	quoted, was := false, false
	flush := func() {
		t := cur.String()
		if !was {
			t = strings.TrimSpace(t)
		}
		out = append(out, t)
		cur.Reset()
		was = false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			i++
			cur.WriteByte(s[i])
		case c == '"':
			quoted, was = !quoted, true
		case c == ',' && !quoted:
			flush()
		case (c == '{' || c == '}') && !quoted:
			return nil, false
		default:
			cur.WriteByte(c)
		}
	}
	flush()
	return out, true
}
