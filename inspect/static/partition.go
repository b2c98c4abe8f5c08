package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// partitionColumnsOf lists the columns that the partition key refers to.
func (r *replay) partitionColumnsOf(table catalog.Name) []string {
	var out []string
	for _, o := range r.deps.uses[object{aConstraint, table, ""}] {
		if o.class == aRelation && o.name == table && o.sub != "" {
			out = append(out, o.sub)
		}
	}
	return out
}

// partitionKeyCovered refuses a unique index on a partitioned table that does
// not have all columns of the partition key.
func (r *replay) partitionKeyCovered(t *catalog.Table, x *catalog.Index) *sqlError {
	if t.Kind != catalog.Partitioned {
		return nil
	}
	if !x.Unique {
		return nil
	}
	for _, c := range r.partitionColumnsOf(t.Name) {
		if !slices.Contains(x.Columns, c) {
			return errf("0A000", "unique constraint on partitioned table must include all partitioning columns")
		}
	}
	return nil
}

// partitionColumns takes over the columns of the partitioned table for a new
// partition.
func (d *draft) partitionColumns(v *pg.RangeVar) *sqlError {
	parent, err := d.r.partitioned(v, d.t)
	if err != nil {
		return err
	}
	if parent.Name == d.t.Name && parent.Assumed {
		return nil // it was assumed just now
	}
	d.t.PartitionOf = parent.Name
	d.r.deps.inherited = true
	for _, c := range parent.Columns {
		d.t.Columns = append(d.t.Columns, inheritColumn(c, d.r.at))
		d.inheritDefault(parent.Name, c)
	}
	return d.inheritChecks(parent)
}

// partitioned finds the table that a partition is for.
func (r *replay) partitioned(v *pg.RangeVar, child *catalog.Table) (*catalog.Table, *sqlError) {
	rel, err := r.open(v)
	if err != nil {
		return nil, err
	}
	t, ok := r.cat.Tables.Get(rel.Name)
	if !ok {
		return nil, errf("42809", "%q is not a table", v.Relname)
	}
	if err := mixed(t, child, "create"); err != nil {
		return nil, err
	}
	return t, r.mustOwn(t.Owner, "table", v.Relname)
}

// mixed refuses a temporary partition of a table that is not, and the other
// way round.
func mixed(parent, child *catalog.Table, verb string) *sqlError {
	above, below := parent.Persistence.Is(catalog.Temporary), child.Persistence.Is(catalog.Temporary)
	switch {
	case parent.Assumed || child.Assumed:
	case below && !above:
		return errf("42809", "cannot %s a temporary relation as partition of permanent relation %q", verb, parent.Name.Name)
	case above && !below:
		return errf("42809", "cannot %s a permanent relation as partition of temporary relation %q", verb, parent.Name.Name)
	}
	return nil
}

// adopt gives a partition what it has from the table above: indexes, foreign
// keys and row triggers.
func (r *replay) adopt(child, parent catalog.Name) *sqlError {
	p, ok := r.cat.Tables.Get(parent)
	if !ok {
		return nil
	}
	for _, x := range slices.SortedStableFunc(slices.Values(p.Indexes), older) {
		if err := r.cloneIndex(child, parent, x); err != nil {
			return err
		}
	}
	for _, f := range p.ForeignKeys {
		r.cloneForeignKey(child, f)
	}
	for _, g := range p.Triggers {
		if g.ForEachRow {
			if err := r.cloneTrigger(child, parent, g); err != nil {
				return err
			}
		}
	}
	return nil
}

// partitions lists the partitions of a table.
func (r *replay) partitions(table catalog.Name) []catalog.Name {
	return slices.DeleteFunc(r.children(table), func(c catalog.Name) bool {
		t, ok := r.cat.Tables.Get(c)
		return !ok || t.PartitionOf != table
	})
}
