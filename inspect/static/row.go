package static

import (
	"slices"

	"policylint/inspect/catalog"
)

// A rowColumn is a column as expressions see it. typ is without modifier,
// "" when not known, "unknown" for an untyped literal.
type rowColumn struct {
	name, typ string
	from      catalog.Name // the relation it is read from directly, zero if it is computed
	column    string       // the name it has there
	hidden    bool         // merged into another by JOIN … USING: found by qualified name only
	full      string       // the type with its modifier, where it has one
}

// fullType is the type as a view or table made of the row declares it.
func (c rowColumn) fullType() string {
	switch {
	case c.full != "":
		return c.full
	case c.typ == literal:
		return "text"
	}
	return c.typ
}

// A row is one entry of a FROM clause, or the row under a policy or check.
type row struct {
	alias    string
	relation catalog.Name // zero for a sub-select, a function or a join
	columns  []rowColumn  // shared: to be copied before it is changed
	complete bool         // no column is missing from the list
	system   bool         // has tableoid, ctid and their like
}

func (w *row) column(name string) (rowColumn, bool) {
	for _, c := range w.columns {
		if c.name == name {
			return c, true
		}
	}
	return rowColumn{}, false
}

// rowOf is what a relation of the catalog looks like in a FROM clause.
func (r *replay) rowOf(n catalog.Name) *row {
	w := &row{alias: n.Name, relation: n}
	add := func(name, typ string) {
		w.columns = append(w.columns, rowColumn{name: name, typ: bareType(typ), from: n, column: name, full: typ})
	}
	if t, ok := r.cat.Tables.Get(n); ok {
		w.columns = r.tableColumns(t)
		w.complete = !t.Assumed && !t.Unsure.Any(catalog.Columns)
		w.system = true
		return w
	}
	if v, ok := r.cat.Views.Get(n); ok {
		w.columns = make([]rowColumn, 0, len(v.Columns))
		for _, c := range v.Columns {
			add(c.Name, c.Type)
		}
		w.complete = v.Columns != nil && !v.Unsure.Any(catalog.Columns)
		w.system = v.Materialized
		return w
	}
	if t, ok := r.cat.Types.Get(n); ok && t.Kind == catalog.Composite {
		for _, f := range t.Fields {
			add(f.Name, f.Type)
		}
		w.complete = t.Unsure == 0
		return w
	}
	if r.cat.Sequences.Has(n) {
		add("last_value", "bigint")
		add("log_cnt", "bigint")
		add("is_called", "boolean")
		w.complete, w.system = true, true
	}
	return w
}

// tableColumns is the columns of a table. Most statements of a project are
// about a table that many were about before, so the list is kept, and made
// again when a column is no longer as it was.
func (r *replay) tableColumns(t *catalog.Table) []rowColumn {
	kept := r.columns[t.Name]
	if slices.EqualFunc(kept, t.Columns, func(w rowColumn, c *catalog.Column) bool { return w.name == c.Name && w.full == c.Type }) {
		return kept
	}
	out := make([]rowColumn, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = rowColumn{name: c.Name, typ: bareType(c.Type), from: t.Name, column: c.Name, full: c.Type}
	}
	if r.columns == nil {
		r.columns = map[catalog.Name][]rowColumn{}
	}
	r.columns[t.Name] = out
	return out
}

// systemColumns are the columns that every table has unseen (PostgreSQL docs
// 5.5).
var systemColumns = map[string]string{
	"tableoid": "oid", "xmin": "xid", "cmin": "cid", "xmax": "xid", "cmax": "cid", "ctid": "tid",
}
