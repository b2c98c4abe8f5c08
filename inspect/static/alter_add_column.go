package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// addColumn carries out ADD COLUMN.
func (a *alteration) addColumn(c *pg.AlterTableCmd) *sqlError {
	def := c.Def.GetColumnDef()
	t := a.table()
	if t.PartitionOf != (catalog.Name{}) {
		return errf("42809", "cannot add column to a partition")
	}
	if _, exists := t.Column(def.Colname); exists {
		if c.MissingOk {
			return notice()
		}
		return errf("42701", "column %q of relation %q already exists", def.Colname, a.name.Name).about(t.Ref())
	}
	if err := a.r.columnName(def.Colname); err != nil {
		return err
	}
	d := &draft{r: a.r, t: t}
	if err := d.column(def); err != nil {
		return err
	}
	if col, ok := t.Column(def.Colname); ok {
		if err := a.r.memberOf(col.Type, a.name); err != nil {
			return err
		}
	}
	if col, _ := t.Column(def.Colname); col.IdentityColumn && a.recurse && len(a.r.children(a.name)) > 0 {
		return errf("42P16", "cannot recursively add identity column to table that has child tables").about(t.Ref())
	}
	d.sequences()
	if !a.recurse && len(a.r.children(a.name)) > 0 {
		for _, v := range d.values {
			if err := a.r.setValue(a.name, v); err != nil {
				return err
			}
		}
		return errf("42P16", "column must be added to child tables too").about(t.Ref())
	}
	col, _ := t.Column(def.Colname)
	if err := a.inheritColumn(col); err != nil {
		return err
	}
	had := constraintNames(t)
	if err := d.finish(); err != nil {
		return err
	}
	for _, k := range a.table().Checks {
		if !slices.Contains(had, k.Name) {
			if err := a.spreadCheck(k.Name); err != nil {
				return err
			}
		}
	}
	if col, ok := a.table().Column(def.Colname); ok && t.Kind == catalog.Ordinary {
		a.rewrite = a.rewrite || col.HasDefault || col.IdentityColumn
	}
	return a.inheritValue(def.Colname)
}

// inheritValue gives the tables below, whose column is as new, its default.
func (a *alteration) inheritValue(name string) *sqlError {
	col, ok := a.table().Column(name)
	if !ok || !col.HasDefault {
		return nil
	}
	value := *col
	refs := a.r.deps.uses[object{aDefault, a.name, name}]
	return a.below(func(child *alteration) *sqlError {
		c, ok := child.table().Column(name)
		if !ok || c.Origin != a.r.at || c.Local {
			return nil
		}
		c.HasDefault, c.Default, c.Generated = true, value.Default, value.Generated
		a.r.depend(object{aDefault, child.name, name}, onTable(refs, a.name, child.name))
		return child.inheritValue(name)
	})
}

// inheritColumn gives the tables below a new column.
func (a *alteration) inheritColumn(c *catalog.Column) *sqlError {
	return a.below(func(child *alteration) *sqlError {
		t := child.table()
		if old, ok := t.Column(c.Name); ok {
			if old.Type != c.Type {
				return errf("42804", "child table %q has different type for column %q", t.Name.Name, c.Name)
			}
			return nil
		}
		t.Columns = append(t.Columns, inheritColumn(c, a.r.at))
		return child.inheritColumn(c)
	})
}
