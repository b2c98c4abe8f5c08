package hook

import (
	"maps"
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// An env is what the names of one statement mean.
type env struct {
	rows   map[string]*row // sources, by alias
	base   *row            // the row under a policy
	ctes   map[string]*cte
	params []*value // of EXECUTE … USING; arguments of a SQL function
	fn     *catalog.Function
	groups grouping
}

// A cte is a query of WITH. Its rows are the same wherever it is named.
type cte struct {
	query *expr.Query
	rows  *rows
}

// A grouping says what an aggregate sees.
type grouping int

const (
	ungrouped grouping = iota
	noRows
	someRows
)

// rows is the result of a query: at most one row that stands for all, or the
// rows of VALUES. more says that there can be others like the last.
type rows struct {
	names []string
	list  [][]*cell
	more  bool
	order bool
	from  catalog.Name // the first relation that is read without a unique key
	none  *reason      // why there are none
}

// A cell is a value that is worked out when it is asked for.
type cell struct {
	v *value
	f func() *value
}

func (c *cell) value() *value {
	if c.v == nil {
		c.v = c.f()
	}
	return c.v
}

func (e *env) inner() *env {
	c := *e
	c.rows = maps.Clone(e.rows)
	c.ctes = maps.Clone(e.ctes)
	if c.ctes == nil {
		c.ctes = map[string]*cte{}
	}
	c.groups = ungrouped
	return &c
}

// query evaluates a SELECT.
func (m *machine) query(outer *env, q *expr.Query) *rows {
	m.step()
	e := outer.inner()
	for _, c := range q.With {
		e.ctes[c.Name] = &cte{query: c.Query}
	}
	out := &rows{names: q.Names, none: &reason{cause: FromRow, at: m.here()}}
	switch {
	case q.SetOp != "":
		m.setOperation(e, q, out)
		return out
	case q.Values != nil:
		for _, r := range q.Values {
			out.list = append(out.list, m.cells(e, r))
		}
		return out
	}
	found, stored := m.bind(e, q.From)
	m.asked = false
	if found && q.Where != nil && !m.truth(m.eval(e, q.Where)) {
		if stored {
			panic(infeasible{}) // the run without a row stands for it
		}
		found = false
	}
	m.finds(q, m.asked, found)
	aggregated := len(q.Group) == 0 && aggregates(q)
	switch {
	case aggregated && found, len(q.Group) > 0 && found:
		e.groups = someRows
	case aggregated:
		e.groups, found = noRows, true
	}
	if found && q.Having != nil {
		found = m.truth(m.eval(e, q.Having))
	}
	if c, ok := q.Limit.(*expr.Const); ok && c.Text == "0" {
		found = false
	}
	if !found {
		return out
	}
	out.list = [][]*cell{m.cells(e, q.Targets)}
	if !aggregated && !one(q.Limit) {
		out.from, out.more = m.several(e, q)
		out.order = len(q.Order) > 0
	}
	return out
}

func one(limit expr.Expr) bool {
	c, ok := limit.(*expr.Const)
	return ok && c.Text == "1"
}

// cells prepares the output columns. Columns are read when they are asked
// for, anything else now, for what it may raise.
func (m *machine) cells(e *env, targets []expr.Expr) []*cell {
	out := make([]*cell, len(targets))
	for i, t := range targets {
		if _, ok := t.(*expr.Column); ok && e.groups == ungrouped {
			out[i] = &cell{f: func() *value { return m.eval(e, t) }}
			continue
		}
		out[i] = &cell{v: m.eval(e, t)}
	}
	return out
}

func (m *machine) setOperation(e *env, q *expr.Query, out *rows) {
	l, r := m.query(e, q.Left), m.query(e, q.Right)
	out.from = l.from
	switch {
	case q.SetOp == "union" || q.SetOp == "union all":
		out.list = slices.Concat(l.list, r.list)
		out.more = l.more || r.more
		if r.more && !l.more {
			out.from = r.from
		}
	case len(l.list) > 0 && m.choose(2) == 0:
		out.list, out.more = l.list, l.more
	}
	if one(q.Limit) && len(out.list) > 0 {
		out.list, out.more = out.list[:1], false
	}
}

// scalar is a sub-select as an expression.
func (m *machine) scalar(e *env, q *expr.Query) *value {
	switch rs := m.query(e, q); {
	case q.Kind == expr.Exists:
		return boolean(len(rs.list) > 0)
	case q.Kind == expr.Any || q.Kind == expr.All:
		return m.anyRow(e, q, rs)
	case q.Kind == expr.ArrayOf:
		l := &list{rest: rs.more}
		for _, r := range rs.list {
			l.items = append(l.items, r[0].value())
		}
		typ := "text[]"
		if len(l.items) > 0 {
			typ = l.items[0].typ + "[]"
		}
		return &value{typ: typ, list: l}
	case len(rs.list) == 0:
		return null("unknown", rs.none)
	case len(rs.list) > 1:
		m.fail("21000", "more than one row returned by a subquery used as an expression")
		return nil
	default:
		if rs.more {
			m.oneOfMany(rs, true)
			m.mayFail("21000", "more than one row returned by a subquery used as an expression")
		}
		return rs.list[0][0].value()
	}
}

// oneOfMany notes that one row is taken where there can be several.
func (m *machine) oneOfMany(rs *rows, strict bool) {
	m.out.rows = keep(m.out.rows, Rows{Relation: rs.from, Strict: strict, Ordered: rs.order, At: m.here()})
}

// anyRow is x op any (select …), or all.
func (m *machine) anyRow(e *env, q *expr.Query, rs *rows) *value {
	if len(rs.list) == 0 {
		return boolean(q.Kind == expr.All)
	}
	x := m.eval(e, q.Test)
	result := boolean(q.Kind == expr.All)
	for _, r := range rs.list {
		v := m.compare(q.Op, x, r[0].value())
		if v.null {
			return v
		}
		if m.truth(v) != (q.Kind == expr.All) {
			return boolean(q.Kind == expr.Any)
		}
	}
	if rs.more {
		return boolean(m.choose(2) == 0)
	}
	return result
}

// into is the first row of a result as one record.
func (rs *rows) record() *row {
	r := &row{names: rs.names, fields: map[string]*value{}}
	cells := rs.list[0]
	r.make = func(name string) *value {
		if i := slices.Index(rs.names, name); i >= 0 && i < len(cells) {
			return cells[i].value()
		}
		return nil
	}
	return r
}
