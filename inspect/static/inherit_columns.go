package static

import (
	"slices"

	"policylint/inspect/catalog"
)

// mergeColumn adds a parent's column to those of other parents.
func (d *draft) mergeColumn(list []*catalog.Column, c *catalog.Column) ([]*catalog.Column, *sqlError) {
	at := slices.IndexFunc(list, func(x *catalog.Column) bool { return x.Name == c.Name })
	if at < 0 {
		return append(list, inheritColumn(c, d.r.at)), nil
	}
	x := list[at]
	switch {
	case x.Type != c.Type:
		return nil, errf("42804", "inherited column %q has a type conflict", c.Name)
	case x.Generated != c.Generated:
		return nil, errf("42804", "inherited column %q has a generation conflict", c.Name)
	}
	x.NotNull = x.NotNull || c.NotNull
	switch {
	case !c.HasDefault:
	case !x.HasDefault:
		x.HasDefault, x.Default = true, c.Default
	case differs(x.Default, c.Default):
		if d.conflicting == nil {
			d.conflicting = map[string]bool{}
		}
		d.conflicting[c.Name] = true
	}
	return list, nil
}

// otherParent finds a table below that has a column from a table besides, which
// is not below.
func (r *replay) otherParent(table catalog.Name, column string) (catalog.Name, bool) {
	all := append(r.allBelow(table), table)
	for _, child := range all[:len(all)-1] {
		t, _ := r.cat.Tables.Get(child)
		for _, above := range ancestors(t) {
			parent, ok := r.cat.Tables.Get(above)
			if !ok || slices.Contains(all, above) {
				continue
			}
			if _, ok := parent.Column(column); ok {
				return child, true
			}
		}
	}
	return catalog.Name{}, false
}

// hasFromAnother reports whether a table has a column from a parent besides
// one.
func (r *replay) hasFromAnother(t *catalog.Table, parent catalog.Name, column string) bool {
	return slices.ContainsFunc(ancestors(t), func(above catalog.Name) bool {
		other, ok := r.cat.Tables.Get(above)
		if !ok || above == parent {
			return false
		}
		_, ok = other.Column(column)
		return ok
	})
}

// mergeOwn adds the columns that the statement declares to those of parents.
func (d *draft) mergeOwn(inherited *[]*catalog.Column) *sqlError {
	for _, c := range d.t.Columns {
		at := slices.IndexFunc(*inherited, func(x *catalog.Column) bool { return x.Name == c.Name })
		if at < 0 {
			*inherited = append(*inherited, c)
			continue
		}
		old := (*inherited)[at]
		if old.Type != c.Type {
			return errf("42804", "column %q has a type conflict", c.Name)
		}
		if err := d.overGenerated(old, c); err != nil {
			return err
		}
		old.NotNull, old.Local, old.Origin = old.NotNull || c.NotNull, true, c.Origin
		own := slices.ContainsFunc(d.values, func(v value) bool { return v.column == c.Name })
		if c.HasDefault {
			old.HasDefault, old.Default = true, c.Default
		}
		if c.HasDefault || own {
			delete(d.conflicting, c.Name)
		}
		old.IdentityColumn = c.IdentityColumn
	}
	return nil
}

// overGenerated refuses to say more about a column that is generated on the
// table above.
func (d *draft) overGenerated(above, c *catalog.Column) *sqlError {
	if !above.Generated {
		return nil
	}
	for _, v := range d.values {
		switch {
		case v.column != c.Name:
		case v.generated:
			return errf("42611", "child column %q specifies generation expression", c.Name)
		default:
			return errf("42611", "column %q inherits from generated column but specifies default", c.Name)
		}
	}
	if c.IdentityColumn {
		return errf("42611", "column %q inherits from generated column but specifies identity", c.Name)
	}
	return nil
}
