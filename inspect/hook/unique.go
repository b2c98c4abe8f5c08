package hook

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// several reports whether a query can have more than one row, and the first
// relation in it whose rows no unique key pins down.
func (m *machine) several(e *env, q *expr.Query) (catalog.Name, bool) {
	if q.Group != nil {
		return catalog.Name{}, true
	}
	list := flatten(q.From)
	pinned := map[string]bool{} // aliases with at most one row
	conds := expr.Conjuncts(q.Where)
	for _, s := range q.From {
		conds = append(conds, joinConditions(s)...)
	}
	inside := map[string]bool{}
	for _, s := range list {
		inside[s.Alias] = true
	}
	for changed := true; changed; {
		changed = false
		for _, s := range list {
			if !pinned[s.Alias] && m.single(e, s, conds, pinned, inside) {
				pinned[s.Alias], changed = true, true
			}
		}
	}
	for _, s := range list {
		if !pinned[s.Alias] {
			n, _ := qualified(s.Name)
			return n, true
		}
	}
	return catalog.Name{}, false
}

func flatten(list []expr.Source) []expr.Source {
	var out []expr.Source
	for _, s := range list {
		if s.Join != nil {
			out = slices.Concat(out, flatten(s.Join.L), flatten(s.Join.R))
			continue
		}
		out = append(out, s)
	}
	return out
}

func joinConditions(s expr.Source) []expr.Expr {
	if s.Join == nil {
		return nil
	}
	out := expr.Conjuncts(s.Join.On)
	for _, x := range slices.Concat(s.Join.L, s.Join.R) {
		out = append(out, joinConditions(x)...)
	}
	return out
}

// single reports whether a source has at most one row: a unique key of it is
// set equal to what is fixed.
func (m *machine) single(e *env, s expr.Source, conds []expr.Expr, pinned, inside map[string]bool) bool {
	switch {
	case s.CTE:
		c := e.ctes[splitName(s.Name)[0]]
		return c != nil && c.query != nil && m.oneRow(e, c.query)
	case s.Sub != nil:
		return m.oneRow(e, s.Sub)
	case s.Func != nil:
		c, ok := s.Func.(*expr.Call)
		return !ok || !m.returnsSet(c)
	}
	n, ok := qualified(s.Name)
	if !ok {
		return false
	}
	fixed := map[string]bool{}
	for _, c := range conds {
		k, ok := c.(*expr.Compare)
		if !ok || k.Op != "=" {
			continue
		}
		for _, side := range [][2]expr.Expr{{k.L, k.R}, {k.R, k.L}} {
			if col, ok := uncast(side[0]).(*expr.Column); ok && col.Table == s.Alias && settled(side[1], pinned, inside) {
				fixed[col.Name] = true
			}
		}
	}
	return m.in.pins(n, fixed)
}

// oneRow reports whether a query has at most one row.
func (m *machine) oneRow(e *env, q *expr.Query) bool {
	if one(q.Limit) || aggregates(q) && len(q.Group) == 0 {
		return true
	}
	_, more := m.several(e, q)
	return !more && q.SetOp == "" && len(q.Values) < 2
}

func uncast(e expr.Expr) expr.Expr {
	if c, ok := e.(*expr.Cast); ok {
		return c.X
	}
	return e
}

// settled reports whether an expression has one value for all rows of the
// query.
func settled(e expr.Expr, pinned, inside map[string]bool) bool {
	for _, c := range expr.Columns(e) {
		if inside[c.Table] && !pinned[c.Table] || c.Table == "?" {
			return false
		}
	}
	return true
}

// pins reports whether a unique key of the relation is among the columns. Of
// what is not known, it says yes.
func (in *interp) pins(n catalog.Name, fixed map[string]bool) bool {
	if v, ok := in.cat.Views.Get(n); ok {
		return in.viewPins(v, fixed)
	}
	t, ok := in.cat.Tables.Get(n)
	if !ok || t.Assumed || t.Unsure.Any(catalog.Keys|catalog.Columns) {
		return true
	}
	all := func(columns []string) bool {
		return len(columns) > 0 && !slices.ContainsFunc(columns, func(c string) bool { return !fixed[c] })
	}
	if t.PrimaryKey != nil && all(t.PrimaryKey.Columns) {
		return true
	}
	for _, u := range t.Uniques {
		if all(u.Columns) {
			return true
		}
	}
	for _, i := range t.Indexes {
		if i.Unique && i.Where == nil && all(i.Columns) {
			return true
		}
	}
	return t.Platform && fixed["id"]
}

// viewPins follows a view that reads one relation.
func (in *interp) viewPins(v *catalog.View, fixed map[string]bool) bool {
	q, ok := v.Query.(*expr.Query)
	if !ok || v.Columns == nil {
		return true
	}
	if len(q.From) != 1 || q.From[0].Name == "" || q.From[0].CTE || q.Group != nil {
		return false
	}
	n, ok := qualified(q.From[0].Name)
	below := map[string]bool{}
	for i, t := range q.Targets {
		if c, isColumn := t.(*expr.Column); isColumn && i < len(v.Columns) && fixed[v.Columns[i].Name] {
			below[c.Name] = true
		}
	}
	return ok && in.pins(n, below)
}
