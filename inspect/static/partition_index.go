package static

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// indexChildren gives the partitions of a table a new index of it.
func (r *replay) indexChildren(table catalog.Name, x *catalog.Index) *sqlError {
	t, ok := r.cat.Tables.Get(table)
	if !ok || t.Kind != catalog.Partitioned {
		return nil
	}
	for _, child := range r.children(table) {
		if err := r.cloneIndex(child, table, x); err != nil {
			return err
		}
	}
	return nil
}

// onlyIndex leaves the partitions of a table without a new index of it, which
// is not valid until each has one attached.
func (r *replay) onlyIndex(table catalog.Name, x *catalog.Index) *sqlError {
	x.Valid = len(r.partitions(table)) == 0
	return nil
}

// cloneIndex gives a partition an index of the table above, unless it has an
// equal one, which is taken for it.
func (r *replay) cloneIndex(child, parent catalog.Name, x *catalog.Index) *sqlError {
	t, ok := r.cat.Tables.Edit(child)
	if !ok || t.Kind == catalog.Foreign {
		return nil
	}
	for _, y := range t.Indexes {
		if t.PartitionOf == parent && !r.attached(child, y.Name) && slices.Equal(x.Columns, y.Columns) && slices.EqualFunc(x.Exprs, y.Exprs, expr.Equal) && x.Method == y.Method &&
			x.Unique == y.Unique && expr.Equal(x.Where, y.Where) && x.NullsNotDistinct == y.NullsNotDistinct &&
			(x.Constraint == "" || y.Constraint != "") {
			r.attachIndex(child, y.Name, parent, x.Name)
			return nil
		}
	}
	if err := r.partitionKeyCovered(t, x); err != nil {
		return err
	}
	c := *x
	c.Columns, c.Exprs, c.Include = slices.Clone(x.Columns), slices.Clone(x.Exprs), slices.Clone(x.Include)
	c.Origin, c.Valid = r.at, true
	if c.Primary && t.PrimaryKey != nil {
		return errf("42P16", "multiple primary keys for table %q are not allowed", child.Name)
	}
	labels := r.indexLabels(&c)
	switch {
	case c.Primary:
		c.Name = r.relationName(child.Schema, child.Name, "", "pkey", true)
	case c.Constraint != "":
		c.Name = r.relationName(child.Schema, child.Name, columnsLabel(indexColumnNames(labels)), "key", true)
	default:
		c.Name = r.relationName(child.Schema, child.Name, columnsLabel(indexColumnNames(labels)), "idx", false)
	}
	if c.Constraint != "" {
		c.Constraint = c.Name
		r.putKey(t, &c, false)
	} else {
		r.cat.PutIndex(child, &c)
	}
	refs := r.deps.uses[object{aRelation, catalog.Name{Schema: parent.Schema, Name: x.Name}, ""}]
	r.depend(object{aRelation, catalog.Name{Schema: child.Schema, Name: c.Name}, ""}, onTable(refs, parent, child))
	if t.PartitionOf == parent {
		r.attachIndex(child, c.Name, parent, x.Name)
	}
	return r.indexChildren(child, &c)
}

// attached reports whether the index of a partition belongs to one of the table
// above.
func (r *replay) attached(child catalog.Name, index string) bool {
	return slices.ContainsFunc(r.deps.uses[object{aRelation, catalog.Name{Schema: child.Schema, Name: index}, ""}], func(o object) bool {
		rel, ok := r.cat.Relation(o.name)
		return ok && o.class == aRelation && o.sub == "" && rel.Kind == catalog.IndexRelation
	})
}

// attachIndex lets the index of a partition belong to that of the table above.
func (r *replay) attachIndex(child catalog.Name, index string, parent catalog.Name, above string) {
	if c, ok := r.cat.Tables.Get(child); !ok || c.PartitionOf != parent {
		return // a copy by LIKE stands on its own
	}
	o := object{aRelation, catalog.Name{Schema: child.Schema, Name: index}, ""}
	up := object{aRelation, catalog.Name{Schema: parent.Schema, Name: above}, ""}
	r.depend(o, union(r.deps.uses[o], []object{up}))
	t, ok := r.cat.Tables.Edit(parent)
	if !ok {
		return
	}
	x, ok := t.Index(above)
	if !ok || x.Valid {
		return
	}
	attached := 0
	for _, u := range r.users(func(x object) bool { return x == up }) {
		if rel, ok := r.cat.Relation(u.name); ok && rel.Kind == catalog.IndexRelation {
			attached++
		}
	}
	x.Valid = attached >= len(r.partitions(parent))
}

// indexLabels is what the columns of an existing index are called, and those it
// includes; its expressions as far as that can be told from what is kept of
// them.
func (r *replay) indexLabels(x *catalog.Index) []string {
	out := append(slices.Clone(x.Columns), x.Include...)
	if x.Called != nil {
		out = slices.Clone(x.Called)
	}
	next := 0
	for i, c := range x.Columns {
		if c != "" || next >= len(x.Exprs) {
			continue
		}
		switch e := x.Exprs[next].(type) {
		case *expr.Call:
			out[i] = e.Name[strings.LastIndexByte(e.Name, '.')+1:]
		case *expr.Coalesce:
			out[i] = "coalesce"
		}
		next++
	}
	return out
}
