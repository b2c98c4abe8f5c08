package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// attachIndex carries out ALTER INDEX … ATTACH PARTITION.
func (a *alteration) attachIndex(n *pg.PartitionCmd) *sqlError {
	r := a.r
	own, _ := r.cat.Relation(a.name)
	parent, ok := r.cat.Tables.Get(own.Table)
	if !ok {
		return nil
	}
	if parent.Kind != catalog.Partitioned {
		return errf("42809", "ALTER action ATTACH PARTITION cannot be performed on relation %q", a.name.Name)
	}
	rel, _, ok := r.relation(n.Name)
	if !ok {
		return errf("42P01", "relation %q does not exist", n.Name.Relname)
	}
	if rel.Kind != catalog.IndexRelation {
		return errf("42P17", "%q is not an index", n.Name.Relname)
	}
	if err := r.mustOwn(r.relationOwner(rel), "index", rel.Name.Name); err != nil {
		return err
	}
	if r.attachedTo(rel.Table, rel.Name.Name, a.name) {
		return nil
	}
	t, ok := r.cat.Tables.Get(rel.Table)
	refuse := func(state string) *sqlError {
		return errf(state, "cannot attach index %q as a partition of index %q", rel.Name.Name, a.name.Name)
	}
	if !ok || r.attached(rel.Table, rel.Name.Name) || t.PartitionOf != own.Table {
		return refuse("55000")
	}
	for _, x := range t.Indexes {
		if r.attachedTo(t.Name, x.Name, a.name) {
			return refuse("55000") // another is attached for the partition
		}
	}
	x, ok := t.Index(rel.Name.Name)
	above, ok2 := parent.Index(a.name.Name)
	if !ok || !ok2 {
		return nil
	}
	if above.Constraint != "" && x.Constraint == "" || differentIndex(x, above) {
		return refuse("42P17")
	}
	r.attachIndex(rel.Table, rel.Name.Name, own.Table, a.name.Name)
	return nil
}

// attachedTo reports whether the index of a partition belongs to that one.
func (r *replay) attachedTo(child catalog.Name, index string, above catalog.Name) bool {
	return slices.Contains(r.deps.uses[object{aRelation, catalog.Name{Schema: child.Schema, Name: index}, ""}], object{aRelation, above, ""})
}

// differentIndex reports whether two indexes certainly say something else.
func differentIndex(x, y *catalog.Index) bool {
	return x.Method != y.Method || x.Unique != y.Unique || x.NullsNotDistinct != y.NullsNotDistinct ||
		!slices.Equal(x.Columns, y.Columns) || len(x.Exprs) != len(y.Exprs) ||
		(x.Where == nil) != (y.Where == nil) || differs(x.Where, y.Where) ||
		slices.ContainsFunc(zip(x.Exprs, y.Exprs), func(e [2]expr.Expr) bool { return differs(e[0], e[1]) })
}

// zip pairs two lists of the same length.
func zip[T any](a, b []T) [][2]T {
	out := make([][2]T, len(a))
	for i := range a {
		out[i] = [2]T{a[i], b[i]}
	}
	return out
}

// indexStatistics refuses statistics about a column of an index, known by its
// number: only expressions have their own.
func (a *alteration) indexStatistics(number int) *sqlError {
	rel, ok := a.r.cat.Relation(a.name)
	if !ok || a.kind != plainIndex || number < 1 {
		return nil
	}
	t, ok := a.r.cat.Tables.Get(rel.Table)
	if !ok {
		return nil
	}
	x, ok := t.Index(a.name.Name)
	switch {
	case !ok:
	case number > len(x.Columns)+len(x.Include):
		return errf("42703", "column number %d of relation %q does not exist", number, a.name.Name)
	case number > len(x.Columns):
		return errf("0A000", "cannot alter statistics on included column %q of index %q", x.Include[number-1-len(x.Columns)], a.name.Name)
	case x.Columns[number-1] != "":
		return errf("0A000", "cannot alter statistics on non-expression column %q of index %q", x.Columns[number-1], a.name.Name)
	}
	return nil
}
