package hook

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
)

// bind gives each source of FROM a row that stands for all; false when a
// source has none. stored says that a table is among them, so that another
// run stands for there being no row.
func (m *machine) bind(e *env, from []expr.Source) (found, stored bool) {
	found = true
	for _, s := range from {
		f, st := m.source(e, s)
		stored = stored || st
		if !f {
			return false, stored
		}
	}
	return true, stored
}

func (m *machine) source(e *env, s expr.Source) (found, stored bool) {
	switch {
	case s.Join != nil:
		return m.outerJoin(e, s.Join)
	case s.CTE:
		return m.common(e, s), false
	case s.Sub != nil:
		return m.derived(e, s, m.query(e, s.Sub)), false
	case s.Func != nil:
		return m.functionRows(e, s), false
	}
	r := m.stored(s.Name)
	if r == nil {
		return false, true
	}
	e.rows[s.Alias] = renamed(r, s.Columns)
	return true, true
}

// common is a query of WITH; of one that writes, only that it may have rows is
// known, and so of one that reads itself.
func (m *machine) common(e *env, s expr.Source) bool {
	c := e.ctes[splitName(s.Name)[0]]
	if c == nil || c.query == nil {
		e.rows[s.Alias] = m.unknownRow()
		return m.choose(2) == 0
	}
	if c.rows == nil {
		q := c.query
		c.query = nil
		c.rows = m.query(e, q)
		c.query = q
	}
	return m.derived(e, s, c.rows)
}

// derived is a sub-select in FROM.
func (m *machine) derived(e *env, s expr.Source, rs *rows) bool {
	if len(rs.list) == 0 {
		return false
	}
	one := *rs
	if len(rs.list) > 1 {
		one.list = rs.list[m.choose(len(rs.list)):]
	}
	e.rows[s.Alias] = renamed(one.record(), s.Columns)
	return true
}

// renamed is a row with column aliases.
func renamed(r *row, names []string) *row {
	if len(names) == 0 {
		return r
	}
	out := &row{names: slices.Clone(r.names), fields: map[string]*value{}}
	copy(out.names, names)
	out.make = func(name string) *value {
		if i := slices.Index(out.names, name); i >= 0 && i < len(r.names) {
			name = r.names[i]
		}
		v, _ := r.field(name)
		return v
	}
	return out
}

// outerJoin binds both sides of an outer join, or one of them with nulls.
func (m *machine) outerJoin(e *env, j *expr.Join) (found, stored bool) {
	keepL, keepR := j.Kind != "right", j.Kind != "left"
	switch {
	case keepL && m.choose(2) == 1:
		found, stored = m.bind(e, j.L)
		m.nulls(e, j.R)
		return found, stored
	case keepR && m.choose(2) == 1:
		found, stored = m.bind(e, j.R)
		m.nulls(e, j.L)
		return found, stored
	}
	l, st1 := m.bind(e, j.L)
	if !l {
		return false, st1
	}
	r, st2 := m.bind(e, j.R)
	if !r || j.On != nil && !m.truth(m.eval(e, j.On)) {
		panic(infeasible{}) // the run with nulls stands for it
	}
	return true, st1 || st2
}

func (m *machine) nulls(e *env, list []expr.Source) {
	for _, s := range list {
		if s.Join != nil {
			m.nulls(e, s.Join.L)
			m.nulls(e, s.Join.R)
			continue
		}
		why := &reason{cause: FromRow, at: m.here()}
		e.rows[s.Alias] = &row{fields: map[string]*value{}, make: func(string) *value { return null("unknown", why) }}
	}
}

// stored is a row of a table or view; nil when there is none, or none that the
// role sees.
func (m *machine) stored(name string) *row {
	n, ok := qualified(name)
	if !ok || builtin.HasRelation(n.Schema, n.Name) {
		if m.choose(2) == 1 {
			return nil
		}
		return m.unknownRow()
	}
	if v, ok := m.in.cat.Views.Get(n); ok {
		return m.viewRow(v)
	}
	t, ok := m.in.cat.Tables.Get(n)
	if n == m.inserted && ok {
		return m.tableRow(t)
	}
	if m.choose(2) == 1 {
		return nil
	}
	if !ok {
		return m.unknownRow()
	}
	r := m.tableRow(t)
	if m.guarded(t) && !m.shows(t, r) {
		panic(infeasible{}) // hidden is as good as absent
	}
	return r
}

// tableRow is any row of a table.
func (m *machine) tableRow(t *catalog.Table) *row {
	r := &row{fields: map[string]*value{}}
	for _, c := range t.Columns {
		r.names = append(r.names, c.Name)
	}
	r.make = func(name string) *value {
		c, ok := t.Column(name)
		if !ok {
			return m.vague("text")
		}
		at := t.Name.String() + "." + c.Name
		if c.NotNull || primary(t, name) {
			return m.column(t, c, at)
		}
		gone := m.choose(2) == 1
		m.fact(fact{rank: readsColumn, yes: at + " is not null", no: at + " is null", holds: !gone})
		if gone {
			return null(c.Type, &reason{cause: FromRow, at: m.here()})
		}
		return m.column(t, c, at)
	}
	if len(t.Columns) == 0 {
		r.names = nil
	}
	return r
}

func primary(t *catalog.Table, column string) bool {
	return t.PrimaryKey != nil && slices.Contains(t.PrimaryKey.Columns, column)
}

// column is any value that is not null of a column.
func (m *machine) column(t *catalog.Table, c *catalog.Column, from string) *value {
	v := m.any(c.Type, from)
	if v.scalar != nil && v.scalar.values == nil {
		v.scalar.values = checked(t, c.Name)
	}
	return v
}

// checked is what a CHECK constraint leaves a column; nil for anything.
func checked(t *catalog.Table, column string) []string {
	for _, k := range t.Checks {
		in, ok := k.Expr.(*expr.In)
		if !ok || in.Not {
			continue
		}
		x := in.X
		if c, ok := x.(*expr.Cast); ok {
			x = c.X
		}
		if c, ok := x.(*expr.Column); !ok || c.Name != column {
			continue
		}
		var out []string
		for _, e := range in.List {
			c, ok := e.(*expr.Const)
			if !ok || c.Null {
				out = nil
				break
			}
			out = append(out, c.Text)
		}
		if out != nil {
			return out
		}
	}
	return nil
}

// viewRow is any row that a view gives out.
func (m *machine) viewRow(v *catalog.View) *row {
	role := m.role
	if !v.SecurityInvoker.Is(true) && v.Owner.Known {
		m.role = v.Owner.Value
	}
	defer func() { m.role = role }()
	q, ok := v.Query.(*expr.Query)
	if !ok || v.Materialized {
		if m.choose(2) == 1 {
			return nil
		}
		r := &row{fields: map[string]*value{}, make: func(name string) *value {
			return m.perhaps("", v.Name.String()+"."+name)
		}}
		for _, c := range v.Columns {
			r.names = append(r.names, c.Name)
		}
		return r
	}
	known := len(m.out.facts)
	rs := m.query(&env{rows: map[string]*row{}}, q)
	m.out.facts = m.out.facts[:known] // whoever asks knows the view, not its tables
	if len(rs.list) == 0 {
		return nil
	}
	for _, c := range rs.list[0] {
		_ = c.value() // while the role is the view's
	}
	names := make([]string, 0, len(v.Columns))
	for _, c := range v.Columns {
		names = append(names, c.Name)
	}
	return renamed(rs.record(), names)
}

// unknownRow is a row of which nothing is known.
func (m *machine) unknownRow() *row {
	return &row{fields: map[string]*value{}, make: func(string) *value { return m.perhaps("", "") }}
}
