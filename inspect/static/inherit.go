package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// children lists the tables directly below one: its partitions, and those that
// inherit from it.
func (r *replay) children(parent catalog.Name) []catalog.Name {
	if !r.deps.inherited {
		return nil // most projects have none: nothing to look through
	}
	var out []catalog.Name
	for t := range r.cat.Tables.All() {
		if t.PartitionOf == parent || slices.Contains(t.Inherits, parent) {
			out = append(out, t.Name)
		}
	}
	return out
}

// unassume makes room for a relation by the name of a table that was only
// assumed. What was created as its child goes on without it: the server had
// refused that, and nothing may come to stand below itself.
func (r *replay) unassume(n catalog.Name) {
	for _, child := range r.children(n) {
		t, _ := r.cat.Tables.Edit(child)
		t.Inherits = slices.DeleteFunc(slices.Clone(t.Inherits), func(p catalog.Name) bool { return p == n })
		if t.PartitionOf == n {
			t.PartitionOf = catalog.Name{}
		}
	}
	r.cat.DeleteTable(n)
}

// ancestors lists the tables directly above one.
func ancestors(t *catalog.Table) []catalog.Name {
	if t.PartitionOf != (catalog.Name{}) {
		return []catalog.Name{t.PartitionOf}
	}
	return t.Inherits
}

// openParents refuses parents that are not there, or named twice.
func (d *draft) openParents(n *pg.CreateStmt) *sqlError {
	var seen []catalog.Name
	for _, p := range n.InhRelations {
		rel, err := d.r.open(p.GetRangeVar())
		switch {
		case err != nil:
			return err
		case rel == nil:
		case slices.Contains(seen, rel.Name):
			return errf("42P07", "relation %q would be inherited from more than once", rel.Name.Name)
		default:
			seen = append(seen, rel.Name)
		}
	}
	return nil
}

// parents takes over what INHERITS gives to a new table: columns and checks.
func (d *draft) parents(n *pg.CreateStmt) *sqlError {
	if n.Partbound != nil {
		return nil
	}
	var inherited []*catalog.Column
	for _, p := range n.InhRelations {
		parent, err := d.r.inheritable(p.GetRangeVar(), d.t)
		if err != nil {
			return err
		}
		if parent.Name == d.t.Name && parent.Assumed {
			continue // it was assumed just now
		}
		d.t.Inherits = append(d.t.Inherits, parent.Name)
		for _, c := range parent.Columns {
			if inherited, err = d.mergeColumn(inherited, c); err != nil {
				return err
			}
			d.inheritDefault(parent.Name, c)
		}
		if err := d.inheritChecks(parent); err != nil {
			return err
		}
		d.r.deps.inherited = true
	}
	if len(inherited) == 0 {
		return nil
	}
	if err := d.mergeOwn(&inherited); err != nil {
		return err
	}
	for _, c := range inherited {
		if d.conflicting[c.Name] {
			return errf("42611", "column %q inherits conflicting default values", c.Name)
		}
	}
	d.t.Columns = inherited
	return nil
}

// inheritColumn is a parent's column as a child gets it.
func inheritColumn(c *catalog.Column, at catalog.Origin) *catalog.Column {
	return &catalog.Column{
		Name: c.Name, Type: c.Type, NotNull: c.NotNull, HasDefault: c.HasDefault, Default: c.Default,
		Generated: c.Generated, Origin: at,
	}
}

// inheritDefault lets the default of an inherited column depend on what the
// parent's does.
func (d *draft) inheritDefault(parent catalog.Name, c *catalog.Column) {
	if c.HasDefault {
		d.r.depend(object{aDefault, d.t.Name, c.Name}, onTable(d.r.deps.uses[object{aDefault, parent, c.Name}], parent, d.t.Name))
	}
}

// onTable is references with one table put in the place of another.
func onTable(refs []object, from, to catalog.Name) []object {
	out := slices.Clone(refs)
	for i, o := range out {
		if o.class == aRelation && o.name == from {
			out[i].name = to
		}
	}
	return out
}

// inheritable finds a table to inherit from, and refuses what cannot be.
func (r *replay) inheritable(v *pg.RangeVar, child *catalog.Table) (*catalog.Table, *sqlError) {
	rel, err := r.open(v)
	if err != nil {
		return nil, err
	}
	t, ok := r.cat.Tables.Get(rel.Name)
	switch {
	case !ok:
		return nil, errf("42809", "inherited relation %q is not a table or foreign table", v.Relname)
	case t.Kind == catalog.Partitioned:
		return nil, errf("42809", "cannot inherit from partitioned table %q", v.Relname)
	case t.PartitionOf != (catalog.Name{}):
		return nil, errf("42809", "cannot inherit from partition %q", v.Relname)
	case t.Persistence.Is(catalog.Temporary) && child.Persistence.IsNot(catalog.Temporary):
		return nil, errf("42809", "cannot inherit from temporary relation %q", v.Relname)
	}
	return t, r.mustOwn(t.Owner, "table", v.Relname)
}
