package catalog

// These answer what a role may do, with everything that counts: superusers,
// ownership through the written-out defaults, grants to PUBLIC, and grants to
// roles it belongs to (PostgreSQL docs 5.7 and 22.3).

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
	return c.Allows(&s.Grants, role, Usage)
}

// MayTable reports whether the role has the privilege on the whole table.
func (c *Catalog) MayTable(role string, t *Table, p Privilege) Fact[bool] {
	if t.Assumed || t.Unsure.Any(Grants) {
		return Fact[bool]{}
	}
	return c.Allows(&t.Grants, role, p)
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
