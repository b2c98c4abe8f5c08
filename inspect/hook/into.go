package hook

import (
	"slices"
	"strings"

	"policylint/inspect/expr/dml"
	"policylint/inspect/plpgsql"
)

// sql runs a SQL statement standing by itself.
func (m *machine) sql(s *plpgsql.SQL) {
	p := m.fragment(s.Text)
	rs := m.statement(m.env(), p)
	if rs == nil {
		return
	}
	if s.Into == nil && p.stmt != nil && p.stmt.Kind == dml.Select {
		m.fail("42601", "query has no destination for result data")
	}
	m.setFound(len(rs.list) > 0)
	if s.Into != nil {
		m.into(rs, s.Into, s.Strict)
	}
}

// into stores the first row, or nulls when there is none.
func (m *machine) into(rs *rows, targets []plpgsql.Target, strict bool) {
	switch {
	case strict && len(rs.list) == 0:
		m.fail("P0002", "query returned no rows")
	case strict && (rs.more || len(rs.list) > 1):
		m.oneOfMany(rs, true)
		if len(rs.list) > 1 {
			m.fail("P0003", "query returned more than one row")
		}
		m.mayFail("P0003", "query returned more than one row")
	case rs.more:
		m.oneOfMany(rs, false)
	}
	if len(targets) == 1 && m.record(targets[0]) {
		d := targets[0].Decl.Resolve()
		if len(rs.list) == 0 {
			m.frame.vars[d] = &value{typ: "record", row: m.nullRow(rs)}
			return
		}
		r := rs.record()
		if cells := rs.list[0]; len(cells) == 1 {
			if v := cells[0]; slices.Contains(rs.names, "*") || v.v != nil && v.v.row != nil || strings.HasSuffix(rs.names[0], "*") {
				if w := v.value(); w.row != nil {
					r = w.row
				}
			}
		}
		m.frame.vars[d] = &value{typ: "record", row: r}
		return
	}
	for i, t := range targets {
		v := null("unknown", rs.none)
		if len(rs.list) > 0 && i < len(rs.list[0]) {
			v = rs.list[0][i].value()
		}
		m.set(t, v)
	}
}

// record reports whether a target takes a whole row.
func (m *machine) record(t plpgsql.Target) bool {
	if len(t.Path) > 0 {
		return false
	}
	d := t.Decl.Resolve()
	if d.Kind == plpgsql.Record || d.Kind == plpgsql.Row {
		return true
	}
	return strings.HasSuffix(m.frame.types(m, d), "%rowtype")
}

// nullRow is a record after a query without a row: all of its fields are null.
func (m *machine) nullRow(rs *rows) *row {
	why := rs.none
	if why == nil {
		why = &reason{cause: FromRow, at: m.here()}
	}
	r := &row{names: slices.Clone(rs.names), fields: map[string]*value{}}
	if slices.Contains(r.names, "*") {
		r.names = nil
	}
	if r.names == nil {
		r.names = []string{"…"}
	}
	r.make = func(string) *value { return null("unknown", why) }
	return r
}

// execute runs a computed statement, when what it computes to is known.
func (m *machine) execute(s *plpgsql.Execute) {
	rs := m.dynamic(s.Query, s.Using)
	if rs == nil {
		for _, t := range s.Into {
			if m.record(t) {
				m.frame.vars[t.Decl.Resolve()] = &value{typ: "record", row: m.unknownRow()}
				continue
			}
			m.set(t, m.vague(m.frame.types(m, t.Decl.Resolve())))
		}
		return
	}
	if s.Into != nil {
		m.into(rs, s.Into, s.Strict)
	}
}

// dynamic is the result of EXECUTE; nil when it cannot be told.
func (m *machine) dynamic(query plpgsql.Fragment, using []plpgsql.Fragment) *rows {
	q := m.expression(query)
	if q.null {
		m.fail("22004", "query string argument of EXECUTE is null")
	}
	e := m.env()
	e.params = []*value{}
	for _, u := range using {
		e.params = append(e.params, m.expression(u))
	}
	var sql string
	var ok bool
	if q.scalar != nil {
		sql, ok = q.scalar.known()
	}
	if !ok {
		m.unknown("a computed statement is executed")
		return nil
	}
	key := parseKey{m.frame.fn, -1, sql}
	p, seen := m.in.parsed[key]
	if !seen {
		p = m.prepareDynamic(sql)
		m.in.parsed[key] = p
	}
	return m.statement(e, p)
}

// prepareDynamic parses a computed statement: it sees no variables.
func (m *machine) prepareDynamic(sql string) *prepared {
	scope := m.scope()
	s, err := dml.Parse(sql, scope)
	if err != nil {
		return &prepared{fault: &raise{state: "42601", message: err.Error()}}
	}
	p := &prepared{stmt: s}
	outer := m.frame.scope
	m.frame.scope = nil
	m.inspect(p)
	m.frame.scope = outer
	return p
}

// fetch reads a row of a cursor: any row of its query, or none.
func (m *machine) fetch(s *plpgsql.Fetch) {
	if s.Move {
		return
	}
	rs := &rows{none: &reason{cause: FromRow, at: m.here()}}
	if d := s.Cursor.Decl.Resolve(); d.Query != nil {
		rs = m.statement(m.env(), m.fragment(*d.Query))
	} else {
		m.unknown("a cursor is not followed")
		if m.choose(2) == 0 {
			r := m.unknownRow()
			rs.names = []string{"*"}
			rs.list = [][]*cell{{{v: &value{typ: "record", row: r}}}}
		}
	}
	rs.more = false
	m.setFound(len(rs.list) > 0)
	m.into(rs, s.Into, false)
}
