package static

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// changes reports whether an expression mentions what is renamed. It is asked
// of everything, so that only what changes has to be copied.
func (m *moves) changes(r *replay, e expr.Expr, table catalog.Name) bool {
	return e != nil && m.expr(r, e, table, "") != e
}

// columnsOf reports whether any column of the relation is renamed.
func (m *moves) columnsOf(n catalog.Name) bool {
	for k := range m.columns {
		if k.relation == n {
			return true
		}
	}
	return false
}

// touchesTable reports whether anything that a table says is renamed.
func (m *moves) touchesTable(r *replay, t *catalog.Table) bool {
	if m.columnsOf(t.Name) || m.relation(t.Name) != t.Name || m.relation(t.PartitionOf) != t.PartitionOf || m.relation(t.OfType) != t.OfType {
		return true
	}
	for _, n := range t.Inherits {
		if m.relation(n) != n {
			return true
		}
	}
	for _, c := range t.Columns {
		if m.printed(c.Type) != c.Type || c.Default != nil && m.expr(r, c.Default, t.Name, c.Type) != c.Default {
			return true
		}
	}
	for _, c := range t.Checks {
		if m.changes(r, c.Expr, t.Name) {
			return true
		}
	}
	for _, f := range t.ForeignKeys {
		if m.relation(f.References) != f.References || m.columnsOf(f.References) {
			return true
		}
	}
	for p := range t.Policies() {
		if m.changes(r, p.Using, t.Name) || m.changes(r, p.Check, t.Name) {
			return true
		}
	}
	return m.touchesIndexes(r, t.Name, t.Indexes) || m.touchesTriggers(r, t.Name, t.Triggers)
}

// touchesView does the same for a view.
func (m *moves) touchesView(r *replay, v *catalog.View) bool {
	if m.columnsOf(v.Name) || m.relation(v.Name) != v.Name || m.changes(r, v.Query, catalog.Name{}) {
		return true
	}
	for _, c := range v.Columns {
		if m.printed(c.Type) != c.Type {
			return true
		}
	}
	for _, n := range v.Reads {
		if m.relation(n) != n {
			return true
		}
	}
	for _, n := range v.Calls {
		if m.functionNamed(r, n, -1) != n {
			return true
		}
	}
	return m.touchesIndexes(r, v.Name, v.Indexes) || m.touchesTriggers(r, v.Name, v.Triggers)
}

func (m *moves) touchesIndexes(r *replay, n catalog.Name, list []*catalog.Index) bool {
	for _, x := range list {
		if m.changes(r, x.Where, n) {
			return true
		}
		for _, e := range x.Exprs {
			if m.changes(r, e, n) {
				return true
			}
		}
	}
	return false
}

func (m *moves) touchesTriggers(r *replay, n catalog.Name, list []*catalog.Trigger) bool {
	for _, g := range list {
		if m.changes(r, g.When, n) || m.functionNamed(r, g.Function, 0) != g.Function {
			return true
		}
	}
	return false
}
