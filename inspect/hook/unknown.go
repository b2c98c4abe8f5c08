package hook

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"policylint/inspect/catalog"
)

// any is any value of a type that is not null.
func (m *machine) any(typ, from string) *value {
	t := baseType(typ)
	if d, ok := m.domain(t); ok {
		return retyped(m.any(d, from), typ)
	}
	switch {
	case isJSON(t):
		n := anyNode(anything)
		n.at, n.scalar.from = m.here(), from
		return document(t, n)
	case strings.HasSuffix(t, "[]"):
		item := m.any(strings.TrimSuffix(t, "[]"), from)
		return &value{typ: t, list: &list{items: []*value{item}, rest: true}}
	case t == "boolean":
		return &value{typ: t, scalar: &symbol{values: []string{"false", "true"}, form: boolText, from: from}}
	}
	s := &symbol{form: formOf(t), from: from}
	if enum := m.isEnum(t); enum != nil && !enum.Unsure.Any(catalog.Everything) {
		s.values = slices.Clone(enum.Labels)
	}
	if typ == "" {
		typ = "text"
	}
	return &value{typ: typ, scalar: s}
}

// perhaps is any value of a type, or null.
func (m *machine) perhaps(typ, from string) *value {
	if m.choose(2) == 1 {
		return null(typ, &reason{cause: FromRow, at: m.here()})
	}
	return m.any(typ, from)
}

// vague is what something gives that could not be followed.
func (m *machine) vague(typ string) *value {
	if isJSON(typ) {
		return document(typ, m.blur())
	}
	if typ == "void" {
		return null(typ, &reason{cause: FromOther, at: m.here()})
	}
	v := m.perhaps(typ, "")
	if v.scalar != nil {
		v.scalar.vague = true
	}
	return v
}

func digits(n int) string { return strconv.Itoa(n) }

// argument is the name of the i-th argument without a name, from 0.
func argument(i int) string { return "$" + strconv.Itoa(i+1) }

// field is the name of the i-th field of a row without names, from 0.
func field(i int) string { return "f" + strconv.Itoa(i+1) }

func quoteIdent(s string) string { return catalog.Quote(s) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func upper[T ~string](s T) string { return strings.ToUpper(string(s)) }

// like is LIKE of two known texts.
func like(s, pattern string, fold bool) bool {
	if fold {
		s, pattern = strings.ToLower(s), strings.ToLower(pattern)
	}
	return likeRunes([]rune(s), []rune(pattern))
}

func likeRunes(s, p []rune) bool {
	for len(p) > 0 {
		switch p[0] {
		case '%':
			for i := 0; i <= len(s); i++ {
				if likeRunes(s[i:], p[1:]) {
					return true
				}
			}
			return false
		case '_':
			if len(s) == 0 {
				return false
			}
		case '\\':
			if len(p) > 1 {
				p = p[1:]
			}
			fallthrough
		default:
			if len(s) == 0 || s[0] != p[0] {
				return false
			}
		}
		s, p = s[1:], p[1:]
	}
	return len(s) == 0
}
