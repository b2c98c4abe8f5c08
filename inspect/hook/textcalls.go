package hook

import "strings"

func mapText(f func(string) string) func(*machine, []*value) *value {
	return func(m *machine, args []*value) *value {
		v := args[0]
		if v.null {
			return strictNull("text", "function", m.here(), v)
		}
		if v.scalar == nil || v.scalar.values == nil || len(args) > 1 {
			return &value{typ: "text", scalar: &symbol{}}
		}
		s := &symbol{from: v.scalar.from}
		for _, x := range v.scalar.values {
			s.values = keep(s.values, f(x))
		}
		return &value{typ: "text", scalar: s}
	}
}

// format is format() of a known template and known arguments.
func (m *machine) format(args []*value) *value {
	if args[0].null {
		return null("text", args[0].why)
	}
	template, ok := args[0].scalar.known()
	if !ok {
		return &value{typ: "text", scalar: &symbol{}}
	}
	var out strings.Builder
	next := 1
	for i := 0; i < len(template); i++ {
		if template[i] != '%' || i+1 == len(template) {
			out.WriteByte(template[i])
			continue
		}
		i++
		if template[i] == '%' {
			out.WriteByte('%')
			continue
		}
		if next >= len(args) {
			return &value{typ: "text", scalar: &symbol{}}
		}
		a := args[next]
		next++
		var s string
		if !a.null {
			if a.scalar == nil {
				return &value{typ: "text", scalar: &symbol{}}
			}
			if s, ok = a.scalar.known(); !ok {
				return &value{typ: "text", scalar: &symbol{}}
			}
		}
		switch template[i] {
		case 's':
		case 'I':
			s = quoteIdent(s)
		case 'L':
			s = "'" + strings.ReplaceAll(s, "'", "''") + "'"
			if a.null {
				s = "NULL"
			}
		default:
			return &value{typ: "text", scalar: &symbol{}}
		}
		out.WriteString(s)
	}
	return text("text", out.String())
}

func (m *machine) concatAll(args []*value) *value {
	out := text("text", "")
	for _, a := range args {
		if !a.null {
			out = m.textConcat(out, a)
		}
	}
	return out
}

// extreme is GREATEST or LEAST: null only when all are.
func (m *machine) extreme(args []*value) *value {
	for _, a := range args {
		if !a.null {
			return m.any(a.typ, "")
		}
	}
	return args[0]
}

func (m *machine) arrayLength(args []*value) *value {
	v := args[0]
	if v.null {
		return strictNull("integer", "jsonb_array_length", m.here(), v)
	}
	if !m.is(m.document(v).doc, array) {
		m.fail("22023", "cannot get array length of a non-array")
	}
	if n := v.doc; n != nil && !n.rest {
		return text("integer", digits(len(n.items)))
	}
	return m.any("integer", "")
}

func (m *machine) cardinality(args []*value) *value {
	if args[0].null {
		return strictNull("integer", "cardinality", m.here(), args...)
	}
	if l := args[0].list; l != nil && !l.rest {
		return text("integer", digits(len(l.items)))
	}
	return m.any("integer", "")
}

// length is array_length, which is null for an empty array.
func (m *machine) length(args []*value) *value {
	if args[0].null {
		return strictNull("integer", "array_length", m.here(), args...)
	}
	l := args[0].list
	switch {
	case l != nil && !l.rest && len(l.items) == 0, (l == nil || len(l.items) == 0) && m.choose(2) == 1:
		return null("integer", &reason{cause: FromOther, call: "array_length", at: m.here()})
	case l != nil && !l.rest:
		return text("integer", digits(len(l.items)))
	}
	return &value{typ: "integer", scalar: &symbol{form: numberText, not: []string{"0"}}}
}
