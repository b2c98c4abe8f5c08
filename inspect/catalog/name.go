package catalog

import (
	"cmp"
	"strings"

	"policylint/inspect/expr"
)

// A Name is a schema-qualified name.
type Name struct{ Schema, Name string }

// String is the name as messages and reports show it, without quotes.
func (n Name) String() string {
	if n.Schema == "" {
		return n.Name
	}
	return n.Schema + "." + n.Name
}

// SQL is the name as a statement needs it, quoted where PostgreSQL asks for it.
func (n Name) SQL() string {
	if n.Schema == "" {
		return Quote(n.Name)
	}
	return Quote(n.Schema) + "." + Quote(n.Name)
}

// ParseName splits "schema.name"; without a schema, it is in public. Either
// part may be in double quotes.
func ParseName(s string) Name {
	parts, cur, quoted := []string{}, strings.Builder{}, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' && quoted && i+1 < len(s) && s[i+1] == '"':
			cur.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case c == '.' && !quoted && len(parts) == 0:
			parts = append(parts, cur.String())
			cur.Reset()
		default:
			cur.WriteByte(c)
		}
	}
	if len(parts) == 0 {
		return Name{"public", cur.String()}
	}
	return Name{parts[0], cur.String()}
}

// ParseSource is the relation that a sub-select reads by a name as package expr
// writes it: without a schema, it is one of pg_catalog, whose relations are the
// only ones that the server finds in any search_path.
func ParseSource(s string) Name {
	n := ParseName(s)
	if strings.HasPrefix(s, "pg_") && !strings.Contains(s, ".") {
		n.Schema = "pg_catalog"
	}
	return n
}

// QuoteAll is a list of identifiers as a statement needs it.
func QuoteAll(idents []string) string {
	out := make([]string, len(idents))
	for i, ident := range idents {
		out[i] = Quote(ident)
	}
	return strings.Join(out, ", ")
}

// Quote returns an identifier as a statement needs it: in double quotes unless
// it is a plain lower-case word that is not reserved (PostgreSQL docs 4.1.1).
func Quote(ident string) string {
	if expr.PlainIdent(ident) && !reserved[ident] {
		return ident
	}
	return `"` + strings.ReplaceAll(ident, `"`, `""`) + `"`
}

// Literal returns a string constant as a statement needs it.
func Literal(s string) string {
	q := "'" + strings.ReplaceAll(s, "'", "''") + "'"
	if strings.Contains(s, `\`) {
		return "E" + strings.ReplaceAll(q, `\`, `\\`)
	}
	return q
}

// A Ref names one object. It is the same whichever source the object came
// from: baselines, ignores and fingerprints are made of it.
type Ref struct {
	Kind string // "table", "policy", "function", …
	Name string // "public.tickets", "public.tickets/agents read", "public.f(jsonb)"
}

// String is the kind and the name, as in "policy public.tickets/agents read".
func (r Ref) String() string {
	if r == (Ref{}) {
		return ""
	}
	return r.Kind + " " + r.Name
}

func compareNames(a, b Name) int {
	return cmp.Or(cmp.Compare(a.Schema, b.Schema), cmp.Compare(a.Name, b.Name))
}

func compareKeys(a, b any) int {
	switch a := a.(type) {
	case string:
		return cmp.Compare(a, b.(string))
	case Name:
		return compareNames(a, b.(Name))
	case DefaultKey:
		b := b.(DefaultKey)
		return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Schema, b.Schema), cmp.Compare(a.Kind, b.Kind))
	case SettingKey:
		b := b.(SettingKey)
		return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Database, b.Database), cmp.Compare(a.Name, b.Name))
	}
	return 0
}
