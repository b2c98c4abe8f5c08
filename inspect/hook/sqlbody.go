package hook

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr/dml"
	"policylint/inspect/plpgsql"
)

// callSQL runs a SQL body: the server looks all of its names up first, and the
// last statement gives the result.
func (m *machine) callSQL(f *catalog.Function) *value {
	list, at, err := m.sqlBody(f)
	if err != nil {
		m.unknown(err.Error())
		return m.vague(f.Returns)
	}
	for i, p := range list {
		m.frame.at = placeOf(f, at[i])
		if p.fault != nil {
			m.start(p)
		}
	}
	var args []*value
	n := 0
	for _, a := range f.Args {
		v := null(a.Type, &reason{cause: FromVariable})
		if a.Input() {
			if n < len(m.frame.args) {
				v = m.cast(m.frame.args[n], a.Type, explicitCast)
			} else {
				v = m.vague(a.Type)
			}
			n++
		}
		args = append(args, v)
	}
	e := &env{rows: map[string]*row{}, params: args, fn: f}
	var rs *rows
	for i, p := range list {
		m.frame.at = placeOf(f, at[i])
		rs = m.statement(e, p)
	}
	m.frame.returned = m.frame.at
	if f.Returns == "void" {
		return null("void", &reason{cause: FromOther, at: m.here()})
	}
	if rs == nil || len(rs.list) == 0 {
		why := &reason{cause: FromRow, at: m.here()}
		return null(f.Returns, why)
	}
	if rs.more && !f.ReturnsSet {
		m.oneOfMany(rs, false)
	}
	if len(rs.list[0]) == 1 {
		v := rs.list[0][0].value()
		if v.row != nil {
			return v
		}
		return m.cast(v, f.Returns, explicitCast)
	}
	for _, c := range rs.list[0] {
		c.value()
	}
	return &value{typ: "record", row: rs.record()}
}

// sqlBody parses a SQL body, once.
func (m *machine) sqlBody(f *catalog.Function) ([]*prepared, []int, error) {
	b, ok := m.in.sql[f]
	if !ok {
		names := m.visible()
		scope := m.scope()
		scope.Params, scope.Func = params(names), f.Name.Name
		list, at, err := dml.Body(f.Body.Value, scope)
		b = &sqlBody{at: at, err: err}
		for _, s := range list {
			p := &prepared{stmt: s}
			m.inspect(p)
			b.list = append(b.list, p)
		}
		m.in.sql[f] = b
	}
	return b.list, b.at, b.err
}

type sqlBody struct {
	list []*prepared
	at   []int
	err  error
}

// statement runs one statement; nil rows when it gives none.
func (m *machine) statement(e *env, p *prepared) *rows {
	m.start(p)
	switch p.stmt.Kind {
	case dml.Select:
		return m.query(e, p.stmt.Query)
	case dml.Utility:
		m.unknown(p.stmt.Command + " is not followed")
		return nil
	case dml.Truncate:
		return nil
	}
	for _, u := range p.uses {
		m.writable(u)
	}
	touched := true
	if p.stmt.Query != nil && p.stmt.Kind != dml.Insert && p.stmt.Returning == nil {
		touched = len(m.query(e, p.stmt.Query).list) > 0
	} else if p.stmt.Kind == dml.Insert && p.stmt.Query != nil {
		touched = len(m.query(e, p.stmt.Query).list) > 0
	}
	if p.stmt.Returning == nil {
		rs := &rows{}
		if touched {
			rs.list = [][]*cell{nil}
		}
		return rs
	}
	if p.stmt.Kind != dml.Insert || !touched || p.stmt.Skips {
		return m.query(e, p.stmt.Returning)
	}
	m.inserted, _ = qualified(p.stmt.Writes[len(p.stmt.Writes)-1].Table)
	rs := m.query(e, p.stmt.Returning)
	m.evaluate(rs)
	m.inserted, rs.more = catalog.Name{}, rs.more && len(p.stmt.Query.Values) != 1
	return rs
}

// placeOf is the place of a byte of a body.
func placeOf(f *catalog.Function, offset int) catalog.Origin {
	line, column := plpgsql.Position(f.Body.Value, offset)
	return place(f, line, column)
}
