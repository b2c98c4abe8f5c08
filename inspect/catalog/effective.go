package catalog

import "slices"

// These answer what a role may do, with everything that counts: superusers,
// ownership through the written-out defaults, grants to PUBLIC, grants to roles
// it belongs to, and the predefined roles that read or write everything
// (PostgreSQL docs 5.7, 22.3 and 22.5).

// Allows reports whether the role has the privilege by the list. An unknown
// fact says that a statement which could not be followed may have changed it.
func (c *Catalog) Allows(a *ACL, role string, p Privilege) Fact[bool] {
	if c.IsSuperuser(role) {
		return Of(true, Origin{})
	}
	for _, g := range c.Groups(role, true) {
		if e, ok := a.Find(g, p); ok {
			return Fact[bool]{Value: true, Known: !a.Unsure, Origin: e.Origin}
		}
	}
	if e, ok := a.Find(Public, p); ok {
		return Fact[bool]{Value: true, Known: !a.Unsure, Origin: e.Origin}
	}
	return Fact[bool]{Known: !a.Unsure}
}

// MayUseSchema reports whether the role has the privilege on the schema.
func (c *Catalog) MayUseSchema(role, schema string) Fact[bool] {
	s, ok := c.Schemas.Get(schema)
	if !ok || s.Unsure.Any(Existence) {
		return Fact[bool]{}
	}
	f := c.Allows(&s.Grants, role, Usage)
	if !f.Is(true) && c.predefined(role, readAll, writeAll) {
		return Of(true, Origin{})
	}
	return f
}

// The predefined roles that may read or write every relation, and use every
// schema.
const (
	readAll  = "pg_read_all_data"
	writeAll = "pg_write_all_data"
)

// predefined reports whether the role has the privileges of one of the others.
func (c *Catalog) predefined(role string, others ...string) bool {
	return slices.ContainsFunc(c.Groups(role, true), func(g string) bool { return slices.Contains(others, g) })
}

// MayTable reports whether the role has the privilege on the whole table.
func (c *Catalog) MayTable(role string, t *Table, p Privilege) Fact[bool] {
	if t.Assumed || t.Unsure.Any(Grants) {
		return Fact[bool]{}
	}
	f := c.Allows(&t.Grants, role, p)
	if !f.Is(true) && (p == Select && c.predefined(role, readAll) || (p == Insert || p == Update || p == Delete) && c.predefined(role, writeAll)) {
		return Of(true, Origin{})
	}
	return f
}

// MayColumn reports whether the role has the privilege on the column, through
// the table or through the column itself.
func (c *Catalog) MayColumn(role string, t *Table, column string, p Privilege) Fact[bool] {
	whole := c.MayTable(role, t, p)
	if !whole.Known || whole.Value {
		return whole
	}
	col, ok := t.Column(column)
	if !ok {
		return Fact[bool]{}
	}
	return c.Allows(&col.Grants, role, p)
}

// MayAnyColumn reports whether the role has the privilege on the table or on
// at least one of its columns.
func (c *Catalog) MayAnyColumn(role string, t *Table, p Privilege) Fact[bool] {
	whole := c.MayTable(role, t, p)
	if !whole.Known || whole.Value {
		return whole
	}
	for _, col := range t.Columns {
		if f := c.Allows(&col.Grants, role, p); f.Value || !f.Known {
			return f
		}
	}
	return whole
}

// MayExecute reports whether the role has EXECUTE on the function; USAGE on
// its schema is another question.
func (c *Catalog) MayExecute(role string, f *Function) Fact[bool] {
	if f.Unsure.Any(Grants | Existence) {
		return Fact[bool]{}
	}
	return c.Allows(&f.Grants, role, Execute)
}
