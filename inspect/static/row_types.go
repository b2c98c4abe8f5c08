package static

import (
	"slices"

	"policylint/inspect/catalog"
)

// storedIn finds a column that stores values of a composite type or of the rows
// of a table, directly or inside of other types.
func (r *replay) storedIn(n catalog.Name, seen ...catalog.Name) (column object, found bool) {
	if len(seen) == 0 && !r.deps.rows[n] || slices.Contains(seen, n) {
		return object{}, false // most projects have none: nothing to look through
	}
	seen = append(seen, n)
	for _, e := range r.typeUsersOf(n) {
		switch e.to.class {
		case aRelation:
			t, isTable := r.cat.Tables.Get(e.to.name)
			v, isView := r.cat.Views.Get(e.to.name)
			if isTable && e.to.sub == "" {
				continue // a table of the type
			}
			if isTable && t.Kind != catalog.Foreign || isView && v.Materialized {
				return e.to, true
			}
		case aType:
		default:
			continue
		}
		if column, found = r.storedIn(e.to.name, seen...); found {
			return column, true
		}
	}
	return object{}, false
}

// holdsRows notes a composite type, or a table, of which a column is.
func (r *replay) holdsRows(n catalog.Name) {
	if r.deps.rows == nil {
		r.deps.rows = map[catalog.Name]bool{}
	}
	r.deps.rows[n] = true
}

// rewritten refuses to change the rows of tables whose row type is stored
// elsewhere.
func (a *alteration) rewritten() *sqlError {
	list := []catalog.Name{a.name}
	if a.recurse {
		list = append(list, a.r.allBelow(a.name)...)
	}
	for _, n := range list {
		if o, ok := a.r.storedIn(n); ok {
			return errf("0A000", "cannot alter table %q because column \"%s.%s\" uses its row type", n.Name, o.name.Name, o.sub)
		}
	}
	return nil
}

// composite is the composite type, or the table or view, that a type is, is a
// domain over, or an array of.
func (r *replay) composite(typ string) (catalog.Name, bool) {
	for range 32 {
		typ = r.baseType(bareType(typ))
		elem, ok := elementType(typ)
		if !ok {
			break
		}
		typ = elem
	}
	n, ok := unprinted(typ)
	return n, ok && r.typeKind(typ) == catalog.Composite
}

// memberOf refuses a type for a column or attribute of what it would contain.
func (r *replay) memberOf(typ string, n catalog.Name) *sqlError {
	if r.contains(typ, n, 0) {
		return errf("42P16", "composite type %s cannot be made a member of itself", n.Name)
	}
	return nil
}

func (r *replay) contains(typ string, n catalog.Name, depth int) bool {
	in, ok := r.composite(typ)
	if !ok || depth > 32 {
		return false
	}
	if in == n {
		return true
	}
	if t, ok := r.cat.Types.Get(in); ok {
		return slices.ContainsFunc(t.Fields, func(f catalog.TypeField) bool { return r.contains(f.Type, n, depth+1) })
	}
	if t, ok := r.cat.Tables.Get(in); ok {
		return slices.ContainsFunc(t.Columns, func(c *catalog.Column) bool { return r.contains(c.Type, n, depth+1) })
	}
	return false
}
