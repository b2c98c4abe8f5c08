package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

var strategies = map[pg.PartitionStrategy]string{
	pg.PartitionStrategy_PARTITION_STRATEGY_LIST: "LIST", pg.PartitionStrategy_PARTITION_STRATEGY_RANGE: "RANGE",
	pg.PartitionStrategy_PARTITION_STRATEGY_HASH: "HASH",
}

// partitioning reads PARTITION BY, once the table is in the catalog.
func (d *draft) partitioning(n *pg.CreateStmt) *sqlError {
	if n.Partspec == nil {
		return nil
	}
	r, name := d.r, d.t.Name
	w := r.rowOf(name)
	var parts []string
	var refs []object
	for _, p := range n.Partspec.PartParams {
		e := p.GetPartitionElem()
		typ := anyKnown
		if e.GetExpr() == nil {
			c, ok := w.column(e.GetName())
			if !ok {
				if _, system := systemColumns[e.GetName()]; system {
					return errf("42P17", "cannot use system column %q in partition key", e.GetName())
				}
				return errf("42703", "column %q named in partition key does not exist", e.GetName())
			}
			typ = c.typ
			parts, refs = append(parts, catalog.Quote(e.Name)), append(refs, object{aRelation, name, e.Name})
		} else {
			exprType, used, err := r.check(e.Expr, inPartition, "", "", w)
			if err != nil {
				return err
			}
			typ, refs = exprType, append(refs, used...)
			text := expr.String(r.normal(e.Expr, name))
			if e.Expr.GetFuncCall() == nil {
				text = "(" + text + ")"
			}
			parts = append(parts, text)
		}
		method := "btree"
		if n.Partspec.Strategy == pg.PartitionStrategy_PARTITION_STRATEGY_HASH {
			method = "hash"
		}
		if len(e.Opclass) == 0 {
			if err := r.defaultOpclass(method, typ); err != nil {
				return errf("42704", "data type %s has no default operator class for access method %q", typ, method)
			}
		}
	}
	if n.Partspec.Strategy == pg.PartitionStrategy_PARTITION_STRATEGY_LIST && len(parts) > 1 {
		return errf("42P17", `cannot use "list" partition strategy with more than one column`)
	}
	t, _ := r.cat.Tables.Edit(name)
	t.Partitioned = strategies[n.Partspec.Strategy] + " (" + strings.Join(parts, ", ") + ")"
	r.depend(object{aConstraint, name, ""}, union(refs))
	return nil
}

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
func (r *replay) partitionKeyCovered(t *catalog.Table, x *catalog.Index, word string) *sqlError {
	if t.Kind != catalog.Partitioned {
		return nil
	}
	if word == "exclusion" {
		return errf("0A000", "exclusion constraints are not supported on partitioned tables")
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
	parent, err := d.r.partitioned(v)
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
	for _, c := range parent.Checks {
		d.inherited = append(d.inherited, inheritedCheck{parent.Name, c})
	}
	return nil
}

// partitioned finds the table that a partition is for.
func (r *replay) partitioned(v *pg.RangeVar) (*catalog.Table, *sqlError) {
	rel, err := r.open(v)
	if err != nil {
		return nil, err
	}
	t, ok := r.cat.Tables.Get(rel.Name)
	if !ok {
		return nil, errf("42809", "%q is not a table", v.Relname)
	}
	return t, r.mustOwn(t.Owner, "table", v.Relname)
}

// adopt gives a partition what it has from the table above: indexes, foreign
// keys and row triggers.
func (r *replay) adopt(child, parent catalog.Name) *sqlError {
	p, ok := r.cat.Tables.Get(parent)
	if !ok {
		return nil
	}
	for _, x := range p.Indexes {
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

// defaultPartition marks, among what tables refer to, the one that is the
// DEFAULT partition of another. No constraint can have this name.
const defaultPartition = "\x00default"

// bound refuses a bound that contradicts the partitioned table: of another
// strategy, or a second DEFAULT.
func (r *replay) bound(child, parent catalog.Name, b *pg.PartitionBoundSpec) *sqlError {
	p, ok := r.cat.Tables.Get(parent)
	if !ok || p.Assumed {
		return nil
	}
	if p.Kind != catalog.Partitioned {
		return errf("42P17", "%q is not partitioned", parent.Name)
	}
	strategy, _, _ := strings.Cut(p.Partitioned, " ")
	if b.IsDefault {
		if strategy == "HASH" {
			return errf("42P16", "a hash-partitioned table may not have a default partition")
		}
		for _, other := range r.partitions(parent) {
			if other != child && len(r.deps.uses[object{aConstraint, other, defaultPartition}]) > 0 {
				return errf("42P17", "partition %q conflicts with existing default partition %q", child.Name, other.Name)
			}
		}
		r.depend(object{aConstraint, child, defaultPartition}, []object{{aRelation, parent, ""}})
		return nil
	}
	want := map[string]string{"LIST": "l", "RANGE": "r", "HASH": "h"}[strategy]
	if want != "" && b.Strategy != want {
		return errf("42P16", "invalid bound specification for a %s partition", strings.ToLower(strategy))
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
