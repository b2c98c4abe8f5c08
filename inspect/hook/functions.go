package hook

import (
	"strings"
)

// functions are the functions of pg_catalog that claims are made with.
var functions = map[string]func(*machine, []*value) *value{
	"jsonb_set":                 (*machine).jsonbSet,
	"jsonb_set_lax":             (*machine).jsonbSetLax,
	"jsonb_insert":              (*machine).jsonbInsert,
	"jsonb_build_object":        buildObject("jsonb"),
	"json_build_object":         buildObject("json"),
	"jsonb_build_array":         buildArray("jsonb"),
	"json_build_array":          buildArray("json"),
	"to_jsonb":                  toJSONB("jsonb"),
	"to_json":                   toJSONB("json"),
	"row_to_json":               toJSONB("json"),
	"array_to_json":             toJSONB("json"),
	"jsonb_strip_nulls":         (*machine).stripNulls,
	"json_strip_nulls":          (*machine).stripNulls,
	"jsonb_typeof":              (*machine).typeOf,
	"json_typeof":               (*machine).typeOf,
	"jsonb_extract_path":        extractPath("#>"),
	"jsonb_extract_path_text":   extractPath("#>>"),
	"json_extract_path":         extractPath("#>"),
	"json_extract_path_text":    extractPath("#>>"),
	"jsonb_object_field":        binary("->"),
	"jsonb_object_field_text":   binary("->>"),
	"jsonb_exists":              func(m *machine, a []*value) *value { return m.contains("?", a[0], a[1]) },
	"jsonb_concat":              func(m *machine, a []*value) *value { return m.concat(a[0], a[1]) },
	"jsonb_object":              (*machine).objectOfArrays,
	"json_object":               (*machine).objectOfArrays,
	"lower":                     mapText(strings.ToLower),
	"upper":                     mapText(strings.ToUpper),
	"btrim":                     mapText(strings.TrimSpace),
	"ltrim":                     mapText(func(s string) string { return strings.TrimLeft(s, " ") }),
	"rtrim":                     mapText(func(s string) string { return strings.TrimRight(s, " ") }),
	"format":                    (*machine).format,
	"concat":                    (*machine).concatAll,
	"quote_ident":               mapText(quoteIdent),
	"quote_literal":             mapText(func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }),
	"array_append":              func(m *machine, a []*value) *value { return m.append(a[0], a[1]) },
	"array_cat":                 func(m *machine, a []*value) *value { return m.append(a[0], a[1]) },
	"array_prepend":             func(m *machine, a []*value) *value { return m.append(a[0], a[1]) },
	"now":                       func(m *machine, _ []*value) *value { return m.any("timestamp with time zone", "") },
	"current_date":              func(m *machine, _ []*value) *value { return m.any("date", "") },
	"current_timestamp":         func(m *machine, _ []*value) *value { return m.any("timestamp with time zone", "") },
	"current_user":              func(m *machine, _ []*value) *value { return text("name", m.role) },
	"session_user":              func(m *machine, _ []*value) *value { return text("name", "supabase_auth_admin") },
	"extract":                   strictOf("numeric"),
	"date_part":                 strictOf("double precision"),
	"timezone":                  strictOf("timestamp without time zone"),
	"position":                  strictOf("integer"),
	"greatest":                  (*machine).extreme,
	"least":                     (*machine).extreme,
	"jsonb_array_length":        (*machine).arrayLength,
	"json_array_length":         (*machine).arrayLength,
	"jsonb_array_elements":      elements,
	"json_array_elements":       elements,
	"jsonb_array_elements_text": elements,
	"json_array_elements_text":  elements,
	"unnest":                    elements,
	"cardinality":               (*machine).cardinality,
	"array_length":              (*machine).length,
	"array_to_string":           strictOf("text"),
}

func strictOf(typ string) func(*machine, []*value) *value {
	return func(m *machine, args []*value) *value {
		for _, a := range args {
			if a.null {
				return strictNull(typ, "function", m.here(), args...)
			}
		}
		return m.any(typ, "")
	}
}

func binary(op string) func(*machine, []*value) *value {
	return func(m *machine, a []*value) *value { return m.extract(op, a[0], a[1]) }
}

func extractPath(op string) func(*machine, []*value) *value {
	return func(m *machine, a []*value) *value {
		path := a[1]
		if path.list == nil || len(a) > 2 {
			path = &value{typ: "text[]", list: &list{items: a[1:]}}
		}
		return m.extract(op, a[0], path)
	}
}

// buildObject takes keys and values in turn; a null value is a JSON null.
func buildObject(typ string) func(*machine, []*value) *value {
	return func(m *machine, args []*value) *value {
		n := m.node(object)
		if len(args)%2 != 0 {
			m.fail("22023", "argument list must have even number of elements")
		}
		for i := 0; i+1 < len(args); i += 2 {
			if args[i].null {
				m.fail("22004", "argument "+digits(i+1)+": key must not be null")
			}
			key, ok := args[i].scalar.known()
			if !ok {
				m.unknown("a computed key is written")
				n.opens = append(n.opens, opening{pool: anyMembers()})
				n.vague = true
				continue
			}
			n.members[key] = m.nodeOf(args[i+1])
		}
		return document(typ, n)
	}
}

func buildArray(typ string) func(*machine, []*value) *value {
	return func(m *machine, args []*value) *value {
		n := m.node(array)
		for _, a := range args {
			n.items = append(n.items, m.nodeOf(a))
		}
		return document(typ, n)
	}
}

// toJSONB is strict.
func toJSONB(typ string) func(*machine, []*value) *value {
	return func(m *machine, args []*value) *value {
		v := args[0]
		if v.null {
			return strictNull(typ, "to_"+typ, m.here(), v)
		}
		return document(typ, m.nodeOf(v))
	}
}

func (m *machine) typeOf(args []*value) *value {
	if args[0].null {
		return strictNull("text", "jsonb_typeof", m.here(), args...)
	}
	n := m.document(args[0]).doc
	for _, k := range []kind{object, array, str, number, truth} {
		if m.is(n, k) {
			return text("text", k.String())
		}
	}
	return text("text", "null")
}

// stripNulls leaves out the members that are JSON nulls, inside too.
func (m *machine) stripNulls(args []*value) *value {
	if args[0].null {
		return strictNull(args[0].typ, "jsonb_strip_nulls", m.here(), args...)
	}
	v := m.document(args[0])
	return document(v.typ, m.stripped(v.doc))
}

func (m *machine) stripped(n *node) *node {
	if n.kind != object {
		return n
	}
	out := n
	for _, k := range sortedKeys(n.members) {
		v := n.members[k]
		if v.kind == jnull || v.kind != object && m.is(v, jnull) {
			out = m.without(out, k)
		} else if s := m.stripped(v); s != v {
			out = m.with(out, k, s)
		}
	}
	return out
}

func (m *machine) objectOfArrays(args []*value) *value {
	for _, a := range args {
		if a.null {
			return strictNull("jsonb", "jsonb_object", m.here(), args...)
		}
	}
	n := m.node(object)
	items, ok := m.keys(args[0])
	if !ok || len(args) > 1 {
		return m.blurred("an object is made of arrays")
	}
	for i := 0; i+1 < len(items); i += 2 {
		n.members[items[i]] = m.scalarNode(str, constant(items[i+1]))
	}
	return document("jsonb", n)
}
