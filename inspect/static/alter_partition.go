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
		roots = append(roots, a.inheritedColumns(c.Name)...)
	}
	return a.r.remove(roots, c.Behavior == pg.DropBehavior_DROP_CASCADE)
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
		case !col.Local:
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
		}
	}
	for _, k := range parent.Checks {
		if !slices.ContainsFunc(t.Checks, func(x *catalog.Check) bool { return x.Name == k.Name }) {
			return errf("42804", "child table is missing constraint %q", k.Name)
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
}

// attach carries out ATTACH PARTITION.
func (a *alteration) attach(n *pg.PartitionCmd) *sqlError {
	if a.kind == plainIndex {
		return a.attachIndex(n)
	}
	parent := a.table()
	if parent.Kind != catalog.Partitioned {
		if parent.Assumed {
			return nil
		}
		return errf("42P17", "table %q is not partitioned", a.name.Name)
	}
	rel, err := a.r.open(n.Name)
	if err != nil {
		return err
	}
	t, ok := a.r.cat.Tables.Edit(rel.Name)
	if !ok {
		return errf("42809", "%q is not a table", n.Name.Relname)
	}
	if err := a.r.mustOwn(t.Owner, "table", n.Name.Relname); err != nil {
		return err
	}
	switch {
	case t.PartitionOf != (catalog.Name{}):
		return errf("42809", "%q is already a partition", n.Name.Relname)
	case len(t.Inherits) > 0:
		return errf("42809", "cannot attach inheritance child as partition")
	case len(a.r.children(rel.Name)) > 0 && t.Kind != catalog.Partitioned:
		return errf("42809", "cannot attach inheritance parent as partition")
	case rel.Name == a.name || slices.Contains(a.r.allBelow(rel.Name), a.name):
		return errf("42P07", "circular inheritance not allowed")
	}
	if err := mixed(parent, t, "attach"); err != nil {
		return err
	}
	if !t.Assumed {
		for _, c := range t.Columns {
			if _, ok := parent.Column(c.Name); !ok {
				return errf("42804", "table %q contains column %q not found in parent %q", n.Name.Relname, c.Name, a.name.Name)
			}
		}
	}
	if err := a.r.bound(rel.Name, a.name, n.Bound); err != nil {
		return err
	}
	if err := a.matches(t, parent); err != nil {
		return err
	}
	t.PartitionOf = a.name
	for _, c := range t.Columns {
		c.Local = false
	}
	a.r.deps.inherited = true
	return a.r.adopt(rel.Name, a.name)
}

// attachIndex carries out ALTER INDEX … ATTACH PARTITION.
func (a *alteration) attachIndex(n *pg.PartitionCmd) *sqlError {
	rel, _, ok := a.r.relation(n.Name)
	if !ok {
		return errf("42P01", "relation %q does not exist", n.Name.Relname)
	}
	if rel.Kind != catalog.IndexRelation {
		return errf("42809", "%q is not an index", n.Name.Relname)
	}
	own, _ := a.r.cat.Relation(a.name)
	a.r.attachIndex(rel.Table, rel.Name.Name, own.Table, a.name.Name)
	return nil
}

// detach carries out DETACH PARTITION: the table keeps what it has, triggers
// from above aside.
func (a *alteration) detach(n *pg.PartitionCmd) *sqlError {
	parent := a.table()
	if parent.Kind != catalog.Partitioned && !parent.Assumed {
		return errf("42P17", "table %q is not partitioned", a.name.Name)
	}
	if n.Concurrent && a.r.inBlock() {
		return errf("25001", "ALTER TABLE ... DETACH CONCURRENTLY cannot run inside a transaction block")
	}
	rel, err := a.r.open(n.Name)
	if err != nil {
		return err
	}
	t, ok := a.r.cat.Tables.Edit(rel.Name)
	if !ok || t.PartitionOf != a.name {
		if ok && (t.Assumed || parent.Assumed) {
			return nil
		}
		return errf("42P01", "relation %q is not a partition of relation %q", n.Name.Relname, a.name.Name)
	}
	t.PartitionOf, t.Bound = catalog.Name{}, nil
	for _, c := range t.Columns {
		c.Local = true
	}
	for _, g := range slices.Clone(t.Triggers) {
		if g.Inherited {
			_ = a.r.remove([]object{{aTrigger, t.Name, g.Name}}, true)
		}
	}
	for _, x := range t.Indexes {
		o := object{aRelation, catalog.Name{Schema: t.Name.Schema, Name: x.Name}, ""}
		a.r.depend(o, slices.DeleteFunc(slices.Clone(a.r.deps.uses[o]), func(u object) bool {
			above, ok := a.r.cat.Relation(u.name)
			return ok && u.sub == "" && above.Kind == catalog.IndexRelation
		}))
	}
	return nil
}
