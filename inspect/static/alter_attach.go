package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

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
	case t.OfType != (catalog.Name{}):
		return errf("42809", "cannot attach a typed table as partition")
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
	if err := wholeStatement(t, "a partition"); err != nil {
		return err
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
	for _, k := range t.Checks {
		k.Local = handedDown(parent, k.Name) == nil
	}
	a.r.deps.inherited = true
	return a.r.adopt(rel.Name, a.name)
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
	if n.Concurrent && a.r.hasDefaultPartition(a.name) {
		return errf("55000", "cannot detach partitions concurrently when a default partition exists")
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
	for _, k := range t.Checks {
		k.Local = true
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

// hasDefaultPartition reports whether a table has a DEFAULT partition.
func (r *replay) hasDefaultPartition(table catalog.Name) bool {
	return slices.ContainsFunc(r.partitions(table), func(n catalog.Name) bool {
		t, ok := r.cat.Tables.Get(n)
		return ok && t.Bound != nil && t.Bound.Default
	})
}
