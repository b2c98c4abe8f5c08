package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/builtin"
)

// cast analyses an explicit cast.
func (a *analysis) cast(n *pg.TypeCast, s *scope) (string, *sqlError) {
	want, err := a.r.typeName(n.TypeName)
	if err != nil {
		return "", err
	}
	if list := n.Arg.GetAArrayExpr(); list != nil {
		if elem, ok := elementType(a.r.baseType(bareType(want))); ok {
			return bareType(want), a.arrayAs(list, elem, s)
		}
	}
	typ, err := a.expr(n.Arg, s)
	if err != nil {
		return "", err
	}
	bare := bareType(want)
	a.full = want
	if typ == literal {
		return bare, a.literalAs(n.Arg, want)
	}
	if typ != anyKnown && !a.r.converts(typ, bare, explicit) && typ != "record" {
		return "", errf("42846", "cannot cast type %s to %s", typ, bare)
	}
	a.conversion(typ, bare)
	return bare, nil
}

// arrayAs analyses an ARRAY[…] that is cast: each element is, for itself.
func (a *analysis) arrayAs(n *pg.A_ArrayExpr, elem string, s *scope) *sqlError {
	for _, x := range n.Elements {
		if inner := x.GetAArrayExpr(); inner != nil {
			if err := a.arrayAs(inner, elem, s); err != nil {
				return err
			}
			continue
		}
		typ, err := a.expr(x, s)
		switch {
		case err != nil:
			return err
		case typ == literal:
			if err := a.literalAs(x, elem); err != nil {
				return err
			}
		case typ != anyKnown && typ != "record" && !strings.HasSuffix(typ, "[]") && !a.r.converts(typ, elem, explicit):
			return errf("42846", "cannot cast type %s to %s", typ, elem)
		default:
			a.conversion(typ, elem)
		}
	}
	a.referType(elem)
	return nil
}

// conversion notes what converting a value between two types refers to, and
// whether it is immutable.
func (a *analysis) conversion(from, to string) {
	if from == to || to == anyKnown || isPolymorphic(to) {
		return
	}
	a.referType(to)
	if from == anyKnown || from == literal {
		return
	}
	from, to = a.r.baseType(from), a.r.baseType(to)
	if from == to {
		return
	}
	if f, ok := elementType(from); ok {
		if t, ok := elementType(to); ok {
			a.conversion(f, t)
			return
		}
	}
	if !a.r.solid(from) || !a.r.solid(to) {
		return
	}
	if from == "record" && a.r.category(to) == 'C' {
		return // field by field
	}
	if c, ok := builtin.CastBetween(from, to); ok {
		a.mutable = a.mutable || c.Volatility != 'i'
		return
	}
	src, ok1 := builtin.TypePrinted(from)
	dst, ok2 := builtin.TypePrinted(to)
	if a.r.fromExtension(from) || a.r.fromExtension(to) {
		return // its casts are not known, and may be declared immutable
	}
	if ok1 && src.Output != 'i' || ok2 && dst.Input != 'i' {
		a.mutable = true
	}
	if a.r.category(from) == 'E' || a.r.category(to) == 'E' {
		a.mutable = true // enum_in and enum_out are only stable
	}
}

// referType records a type of the project as referred to.
func (a *analysis) referType(typ string) {
	for {
		elem, ok := elementType(typ)
		if !ok {
			break
		}
		typ = elem
	}
	n, ok := unprinted(typ)
	switch {
	case !ok:
	case a.r.cat.Types.Has(n):
		a.refer(object{aType, n, ""})
	case a.r.cat.Tables.Has(n) || a.r.cat.Views.Has(n):
		a.refer(object{aRelation, n, ""})
	}
}

// typeObject is what a column or argument of the type depends on.
func (r *replay) typeObject(typ string) (object, bool) {
	typ = bareType(typ)
	for {
		elem, ok := elementType(typ)
		if !ok {
			break
		}
		typ = elem
	}
	n, ok := unprinted(typ)
	switch {
	case !ok:
		return object{}, false
	case r.cat.Types.Has(n):
		return object{aType, n, ""}, true
	}
	_, ok = r.cat.Relation(n)
	return object{aRelation, n, ""}, ok && n != (catalog.Name{})
}

// fromExtension reports whether a type, or that of the elements of an array,
// is one that an extension brought.
func (r *replay) fromExtension(typ string) bool {
	for elem, ok := elementType(typ); ok; elem, ok = elementType(typ) {
		typ = elem
	}
	t, ok := r.cat.Types.Get(catalog.ParseName(typ))
	return ok && (t.Extension != "" || t.Kind == catalog.Base)
}
