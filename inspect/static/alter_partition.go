package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// dropColumn carries out DROP COLUMN, and DROP ATTRIBUTE of a composite type.
func (a *alteration) dropColumn(c *pg.AlterTableCmd) *sqlError {
	if _, ok := systemColumns[c.Name]; ok {
		return errf("0A000", "cannot drop system column %q", c.Name)
	}
	w := a.r.rowOf(a.name)
	if _, ok := w.column(c.Name); !ok {
		if c.MissingOk || !w.complete {
			return notice()
		}
		return errf("42703", "column %q of relation %q does not exist", c.Name, a.name.Name).about(a.r.ref(object{aRelation, a.name, ""}))
	}
	roots := []object{{aRelation, a.name, c.Name}}
	if t := a.table(); t != nil {
		for _, above := range ancestors(t) {
			if parent, ok := a.r.cat.Tables.Get(above); ok {
				if _, ok := parent.Column(c.Name); ok {
					return errf("42P16", "cannot drop inherited column %q", c.Name)
				}
			}
		}
		if slices.Contains(a.r.partitionColumnsOf(a.name), c.Name) {
			return errf("42P16", "cannot drop column %q because it is part of the partition key of relation %q", c.Name, a.name.Name)
		}
		if t.Kind == catalog.Partitioned && !a.recurse && len(a.r.children(a.name)) > 0 {
			return errf("42P16", "cannot drop column from only the partitioned table when partitions exist")
		}
		if err := a.keyBelow(c.Name, "drop"); err != nil {
			return err
		}
		roots = append(roots, a.inheritedColumns(c.Name)...)
	}
	return a.r.remove(roots, c.Behavior == pg.DropBehavior_DROP_CASCADE)
}

// keyBelow refuses to drop or alter a column that a partitioned table below has
// in its key.
func (a *alteration) keyBelow(column, verb string) *sqlError {
	if !a.recurse {
		return nil
	}
	for _, child := range a.r.allBelow(a.name) {
		if slices.Contains(a.r.partitionColumnsOf(child), column) {
			return errf("42P16", "cannot %s column %q because it is part of the partition key of relation %q", verb, column, child.Name)
		}
	}
	return nil
}

// inheritedColumns lists the columns of tables below that go with a column;
// those declared there as well stay.
func (a *alteration) inheritedColumns(name string) []object {
	var out []object
	for _, child := range a.r.children(a.name) {
		t, _ := a.r.cat.Tables.Edit(child)
		col, ok := t.Column(name)
		if !ok {
			continue
		}
		switch {
		case !a.recurse:
			col.Local = true
		case !col.Local && !a.r.hasFromAnother(t, a.name, name):
			out = append(out, object{aRelation, child, name})
			below := &alteration{r: a.r, name: child, recurse: true}
			out = append(out, below.inheritedColumns(name)...)
		}
	}
	return out
}

// addInherit carries out INHERIT.
func (a *alteration) addInherit(v *pg.RangeVar) *sqlError {
	t := a.table()
	if t.PartitionOf != (catalog.Name{}) {
		return errf("42809", "cannot change inheritance of a partition")
	}
	if t.Kind == catalog.Partitioned {
		return errf("42809", "cannot change inheritance of partitioned table")
	}
	parent, err := a.r.inheritable(v, t)
	if err != nil {
		return err
	}
	if slices.Contains(t.Inherits, parent.Name) {
		return errf("42P07", "relation %q would be inherited from more than once", parent.Name.Name)
	}
	if a.name == parent.Name || slices.Contains(a.r.allBelow(a.name), parent.Name) {
		return errf("42P07", "circular inheritance not allowed")
	}
	if err := wholeStatement(t, "an inheritance child"); err != nil {
		return err
	}
	if err := a.matches(t, parent); err != nil {
		return err
	}
	t.Inherits = append(slices.Clone(t.Inherits), parent.Name)
	a.r.deps.inherited = true
	return nil
}

// allBelow lists the tables below one, at any depth.
func (r *replay) allBelow(n catalog.Name) []catalog.Name {
	var out []catalog.Name
	for _, c := range r.children(n) {
		out = append(append(out, c), r.allBelow(c)...)
	}
	return out
}

// matches refuses a child without the columns and checks of its parent.
func (a *alteration) matches(t, parent *catalog.Table) *sqlError {
	if t.Assumed || parent.Assumed {
		return nil
	}
	for _, c := range parent.Columns {
		own, ok := t.Column(c.Name)
		switch {
		case !ok:
			return errf("42804", "child table is missing column %q", c.Name)
		case own.Type != c.Type:
			return errf("42804", "child table %q has different type for column %q", t.Name.Name, c.Name)
		case c.NotNull && !own.NotNull:
			return errf("42804", "column %q in child table must be marked NOT NULL", c.Name)
		case c.Generated && !own.Generated:
			return errf("42804", "column %q in child table must be a generated column", c.Name)
		case c.Generated && differs(c.Default, own.Default):
			return errf("42804", "column %q in child table has a conflicting generation expression", c.Name)
		}
	}
	return checksMatch(t, parent)
}

// wholeStatement refuses to put a table below another that has a row trigger
// with the rows of the whole statement.
func wholeStatement(t *catalog.Table, become string) *sqlError {
	for _, g := range t.Triggers {
		if g.ForEachRow && g.Transition {
			return errf("0A000", "trigger %q prevents table %q from becoming %s", g.Name, t.Name.Name, become)
		}
	}
	return nil
}

// dropInherit carries out NO INHERIT.
func (a *alteration) dropInherit(v *pg.RangeVar) *sqlError {
	t := a.table()
	if t.PartitionOf != (catalog.Name{}) {
		return errf("42809", "cannot change inheritance of a partition")
	}
	rel, err := a.r.open(v)
	if err != nil {
		return err
	}
	at := slices.Index(t.Inherits, rel.Name)
	if at < 0 {
		return errf("42P01", "relation %q is not a parent of relation %q", v.Relname, a.name.Name)
	}
	t.Inherits = slices.Delete(slices.Clone(t.Inherits), at, at+1)
	a.localize(t, rel.Name)
	return nil
}

// localize makes columns a table's own that it had from a parent it leaves.
func (a *alteration) localize(t *catalog.Table, parent catalog.Name) {
	p, ok := a.r.cat.Tables.Get(parent)
	if !ok {
		return
	}
	for _, c := range t.Columns {
		if _, ok := p.Column(c.Name); ok {
			c.Local = true
		}
	}
	for _, k := range t.Checks {
		if handedDown(p, k.Name) != nil && !a.r.inheritedCheck(t, k.Name) {
			k.Local = true
		}
	}
}
