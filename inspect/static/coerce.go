package static

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/static/builtin"
)

// Types in the analysis of expressions are the names of typeName without
// modifiers. Besides them there are two more.
const (
	anyKnown = ""        // could be any type: it was not worked out
	literal  = "unknown" // of a quoted constant or NULL, which takes the type that is wanted
)

// baseType is the type below a domain, any depth of it.
func (r *replay) baseType(typ string) string {
	for range 32 {
		n, ok := unprinted(typ)
		if !ok {
			return typ
		}
		t, ok := r.cat.Types.Get(n)
		if !ok || t.Kind != catalog.Domain {
			return typ
		}
		typ = bareType(t.Base)
	}
	return typ
}

// solid reports whether everything about the type is known: it is built in, or
// the project's own. About those of extensions nothing can be said.
func (r *replay) solid(typ string) bool {
	typ = r.baseType(typ)
	if elem, ok := elementType(typ); ok {
		return r.solid(elem)
	}
	if typ == anyKnown {
		return false
	}
	if _, ok := builtin.TypePrinted(typ); ok {
		return true
	}
	switch r.typeKind(typ) {
	case catalog.Enum, catalog.Composite:
		return true
	}
	return false
}

// typeKind is the kind of a type that is not built in; row types of tables and
// views are composite. It is "" when nothing is known of the type.
func (r *replay) typeKind(typ string) catalog.TypeKind {
	n, ok := unprinted(typ)
	if !ok {
		return ""
	}
	if t, ok := r.cat.Types.Get(n); ok {
		if t.Extension != "" && t.Kind == catalog.Base {
			return ""
		}
		return t.Kind
	}
	if r.cat.Tables.Has(n) || r.cat.Views.Has(n) {
		return catalog.Composite
	}
	return ""
}

// category is what pg_type.typcategory says of a type.
func (r *replay) category(typ string) byte {
	typ = r.baseType(typ)
	if typ == literal {
		return 'X'
	}
	if t, ok := builtin.TypePrinted(typ); ok {
		return t.Category
	}
	if strings.HasSuffix(typ, "[]") {
		return 'A'
	}
	switch r.typeKind(typ) {
	case catalog.Enum:
		return 'E'
	case catalog.Composite:
		return 'C'
	case catalog.Range:
		return 'R'
	}
	return 'U'
}

// preferred reports whether the type is the preferred one of the category.
func (r *replay) preferred(category byte, typ string) bool {
	t, ok := builtin.TypePrinted(r.baseType(typ))
	return ok && t.Preferred && t.Category == category
}

// Contexts in which a value may be converted, as pg_cast.castcontext.
const (
	implicit   = 'i'
	assignment = 'a'
	explicit   = 'e'
)

// converts reports whether a value of one type is converted to another in the
// context. Where it is not known, it says yes.
func (r *replay) converts(from, to string, context byte) bool {
	if from == to || from == anyKnown || to == anyKnown || from == literal {
		return true
	}
	if r.polymorphic(from, to) {
		return true
	}
	from, to = r.baseType(from), r.baseType(to)
	if from == to || !r.solid(from) || !r.solid(to) && !isPolymorphic(to) {
		return true
	}
	if isPolymorphic(to) {
		return false
	}
	if c, ok := builtin.CastBetween(from, to); ok {
		return c.Context == implicit || c.Context == context || context == explicit
	}
	if r.category(from) == 'C' && (to == "record" || r.category(to) == 'C') {
		return to == "record" || context == explicit
	}
	if from == "record" && r.category(to) == 'C' {
		return true
	}
	if to == "record[]" && strings.HasSuffix(from, "[]") && r.category(strings.TrimSuffix(from, "[]")) == 'C' {
		return true
	}
	if f, ok := elementType(from); ok {
		if t, ok := elementType(to); ok {
			return r.converts(f, t, context)
		}
	}
	switch context {
	case explicit:
		return r.category(from) == 'S' || r.category(to) == 'S'
	case assignment:
		return r.category(to) == 'S'
	}
	return false
}

func isPolymorphic(typ string) bool { return strings.HasPrefix(typ, "any") || typ == `"any"` }

// polymorphic reports whether a polymorphic type takes the type.
func (r *replay) polymorphic(from, to string) bool {
	switch to {
	case `"any"`, "anyelement", "anycompatible":
		return true
	case "anyarray", "anycompatiblearray":
		base := r.baseType(from)
		return strings.HasSuffix(base, "[]") || base == "oidvector" || base == "int2vector" || base == "anyarray"
	case "anynonarray", "anycompatiblenonarray":
		return !strings.HasSuffix(r.baseType(from), "[]")
	case "anyenum":
		return r.category(from) == 'E' || !r.solid(from)
	case "anyrange", "anycompatiblerange":
		return r.category(from) == 'R' && !strings.Contains(from, "multirange")
	case "anymultirange", "anycompatiblemultirange":
		return r.category(from) == 'R' && strings.Contains(from, "multirange")
	}
	return false
}

// commonType is the type that the branches of CASE, COALESCE, UNION and their
// like agree on (PostgreSQL docs 10.5). word names the construct in messages.
func (r *replay) commonType(word string, types []string) (string, *sqlError) {
	common := literal
	for _, t := range types {
		if t == anyKnown {
			return anyKnown, nil
		}
	}
	for _, t := range types {
		switch {
		case t == literal || t == common:
		case common == literal:
			common = t
			if len(types) > 1 {
				if t != r.baseType(t) && !allSame(types, t) {
					common = r.baseType(t)
				}
			}
		default:
			b := r.baseType(t)
			if !r.solid(common) || !r.solid(b) {
				return anyKnown, nil
			}
			if r.category(common) != r.category(b) {
				return "", errf("42804", "%s types %s and %s cannot be matched", word, common, b)
			}
			if !r.preferred(r.category(common), common) && r.converts(common, b, implicit) && !r.converts(b, common, implicit) {
				common = b
			}
		}
	}
	for _, t := range types {
		if !r.converts(t, common, implicit) {
			return "", errf("42846", "%s could not convert type %s to %s", word, t, common)
		}
	}
	if common == literal {
		return "text", nil
	}
	return common, nil
}

func allSame(types []string, typ string) bool {
	for _, t := range types {
		if t != typ {
			return false
		}
	}
	return true
}
