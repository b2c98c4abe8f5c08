package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// table is the altered table for changing, nil when it is something else.
func (a *alteration) table() *catalog.Table {
	t, ok := a.r.cat.Tables.Edit(a.name)
	if !ok {
		return nil
	}
	return t
}

// column finds a column of the altered relation. It is nil without an error
// when the relation is no table, or one of which not all columns are known.
func (a *alteration) column(name string) (*catalog.Column, *sqlError) {
	if _, ok := systemColumns[name]; ok {
		return nil, errf("0A000", "cannot alter system column %q", name)
	}
	t := a.table()
	if t == nil {
		w := a.r.rowOf(a.name)
		if _, ok := w.column(name); ok || !w.complete {
			return nil, nil
		}
		return nil, errf("42703", "column %q of relation %q does not exist", name, a.name.Name)
	}
	c, ok := t.Column(name)
	if ok {
		return c, nil
	}
	if t.Assumed || t.Unsure.Any(catalog.Columns) {
		return nil, nil
	}
	return nil, errf("42703", "column %q of relation %q does not exist", name, a.name.Name).about(t.Ref())
}

// below runs the same alteration on the tables below, unless ONLY was said.
func (a *alteration) below(f func(child *alteration) *sqlError) *sqlError {
	if !a.recurse {
		return nil
	}
	for _, child := range a.r.children(a.name) {
		if err := f(&alteration{r: a.r, name: child, kind: a.kind, recurse: true, written: child.Name}); err != nil {
			return err
		}
	}
	return nil
}

// columnDefault carries out SET DEFAULT and DROP DEFAULT.
func (a *alteration) columnDefault(c *pg.AlterTableCmd) *sqlError {
	col, err := a.column(c.Name)
	if err != nil {
		return err
	}
	if col == nil {
		return a.viewDefault(c)
	}
	switch {
	case col.IdentityColumn:
		return errf("42601", "column %q of relation %q is an identity column", c.Name, a.name.Name)
	case col.Generated:
		return errf("42601", "column %q of relation %q is a generated column", c.Name, a.name.Name)
	}
	if c.Def == nil {
		col.HasDefault, col.Default = false, nil
		a.r.forget(object{aDefault, a.name, c.Name})
	} else if err := a.r.setValue(a.name, value{c.Name, c.Def, false}); err != nil {
		return err
	}
	return a.below(func(child *alteration) *sqlError { return child.columnDefault(c) })
}

// inheritsColumn reports whether the column is one of a table above.
func (a *alteration) inheritsColumn(column string) bool {
	t := a.table()
	if t == nil {
		return false
	}
	return slices.ContainsFunc(ancestors(t), func(n catalog.Name) bool {
		above, ok := a.r.cat.Tables.Get(n)
		if !ok {
			return false
		}
		_, ok = above.Column(column)
		return ok
	})
}

// dropNotNull carries out DROP NOT NULL.
func (a *alteration) dropNotNull(c *pg.AlterTableCmd) *sqlError {
	col, err := a.column(c.Name)
	if err != nil || col == nil {
		return err
	}
	t := a.table()
	switch {
	case col.IdentityColumn:
		return errf("42601", "column %q of relation %q is an identity column", c.Name, a.name.Name)
	case t.PrimaryKey != nil && slices.Contains(t.PrimaryKey.Columns, c.Name):
		return errf("42P16", "column %q is in a primary key", c.Name)
	case t.Kind == catalog.Partitioned && !a.recurse && len(a.r.children(a.name)) > 0:
		return errf("42P16", "cannot remove constraint from only the partitioned table when partitions exist")
	}
	if id := t.Identity; id.Known && id.Value.Kind == catalog.IdentityIndex {
		if x, ok := t.Index(id.Value.Index); ok && slices.Contains(x.Columns, c.Name) {
			return errf("42P16", "column %q is in index used as replica identity", c.Name)
		}
	}
	if parent, ok := a.r.cat.Tables.Get(t.PartitionOf); ok {
		if above, ok := parent.Column(c.Name); ok && above.NotNull {
			return errf("42P16", "column %q is marked NOT NULL in parent table", c.Name)
		}
	}
	col.NotNull = false
	return a.below(func(child *alteration) *sqlError { return child.dropNotNull(c) })
}

// setNotNull carries out SET NOT NULL; whether there are nulls is the data's
// affair.
func (a *alteration) setNotNull(c *pg.AlterTableCmd) *sqlError {
	col, err := a.column(c.Name)
	if err != nil || col == nil {
		return err
	}
	if a.recurse {
		a.r.notNull(a.name, []string{c.Name})
		return nil
	}
	if a.table().Kind == catalog.Partitioned && !col.NotNull {
		for _, child := range a.r.allBelow(a.name) {
			t, _ := a.r.cat.Tables.Get(child)
			if below, ok := t.Column(c.Name); ok && !below.NotNull {
				return errf("42P16", "constraint must be added to child tables too")
			}
		}
	}
	col.NotNull = true
	return nil
}

// dropExpression carries out DROP EXPRESSION.
func (a *alteration) dropExpression(c *pg.AlterTableCmd) *sqlError {
	col, err := a.column(c.Name)
	if err != nil || col == nil {
		return err
	}
	if !col.Generated {
		if c.MissingOk {
			return notice()
		}
		return errf("55000", "column %q of relation %q is not a stored generated column", c.Name, a.name.Name)
	}
	col.Generated, col.HasDefault, col.Default = false, false, nil
	a.r.forget(object{aDefault, a.name, c.Name})
	return a.below(func(child *alteration) *sqlError { return child.dropExpression(c) })
}

// columnIdentity carries out ADD, SET and DROP IDENTITY.
func (a *alteration) columnIdentity(c *pg.AlterTableCmd) *sqlError {
	col, err := a.column(c.Name)
	if err != nil {
		return err
	}
	if v, ok := a.r.cat.Views.Get(a.name); ok && v.Columns != nil {
		return viewIdentity(v, c)
	}
	if col == nil {
		return nil
	}
	switch c.Subtype {
	case pg.AlterTableType_AT_AddIdentity:
		switch {
		case col.Type != "smallint" && col.Type != "integer" && col.Type != "bigint":
			return errf("22023", "identity column type must be smallint, integer, or bigint")
		case !col.NotNull:
			return errf("55000", "column %q of relation %q must be declared NOT NULL before identity can be added", c.Name, a.name.Name)
		case col.IdentityColumn:
			return errf("55000", "column %q of relation %q is already an identity column", c.Name, a.name.Name)
		case col.HasDefault:
			return errf("55000", "column %q of relation %q already has a default value", c.Name, a.name.Name)
		}
		d := &draft{r: a.r, t: a.table()}
		if err := d.identity(col, c.Def.GetConstraint()); err != nil {
			return err
		}
		d.sequences()
	default:
		if !col.IdentityColumn {
			if c.MissingOk {
				return notice()
			}
			return errf("55000", "column %q of relation %q is not an identity column", c.Name, a.name.Name)
		}
		if c.Subtype == pg.AlterTableType_AT_DropIdentity {
			col.IdentityColumn = false
			for _, s := range a.r.sequencesOf(a.name, c.Name) {
				if s.Identity {
					a.r.cat.DeleteSequence(s.Name)
				}
			}
		}
	}
	return nil
}

// sequencesOf lists the sequences that belong to a table, or to one column of
// it.
func (r *replay) sequencesOf(table catalog.Name, column string) []*catalog.Sequence {
	var out []*catalog.Sequence
	for s := range r.cat.Sequences.All() {
		if s.OwnedBy == table && (column == "" || s.OwnedColumn == column) {
			out = append(out, s)
		}
	}
	return out
}
