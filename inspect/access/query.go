package access

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
)

// query is EXISTS, IN (select …) and the like.
func (m *machine) query(x *expr.Query) outcome {
	rows := m.rows(x)
	if rows.sure() {
		return rows
	}
	switch x.Kind {
	case expr.Exists:
		rows.t &^= Null
		return rows.settle()
	case expr.Any, expr.All:
		return m.quantified(x, rows)
	case expr.Scalar:
		return truthOf(m.scalar(x))
	}
	return Value{row: true}.open(Unknown)
}

// quantified is Test Op ANY or ALL of a query's rows.
func (m *machine) quantified(x *expr.Query, rows outcome) outcome {
	all := x.Kind == expr.All
	if rows.t == False {
		return outcome{t: truth(all), raise: rows.raise}
	}
	v := Value{}
	if x.Test != nil {
		v = m.value(x.Test)
	}
	if v.sure {
		return outcome{raise: v.raise}
	}
	if known, ok := m.rowsOf(x); ok {
		if known.raise != nil {
			return outcome{raise: known.raise}
		}
		return m.among(x.Op, x.Test, v, known.list, all)
	}
	t := Unknown
	if v.isNull() && !all {
		t = False | Null
	}
	rows.t = t
	rows.depends(outcome{row: v.row, unknown: v.unknown, raise: v.raise})
	if !rows.row && rows.unknown == "" {
		rows.row = true
	}
	return rows.settle()
}

// scalar is the value of a sub-select.
func (m *machine) scalar(x *expr.Query) Value {
	if x.Kind == expr.Exists || x.Kind == expr.Any || x.Kind == expr.All {
		return valueOf(m.query(x))
	}
	rows := m.rows(x)
	if rows.sure() {
		return raising(rows.raise)
	}
	if !rows.t.Can(True) && plain(x) {
		v := Absent()
		v.raise = rows.raise
		return v
	}
	if known, ok := m.rowsOf(x); ok {
		switch {
		case known.raise != nil:
			return raising(known.raise)
		case len(known.list) == 0:
			return Absent()
		case len(known.list) == 1:
			return known.list[0]
		}
		return raising(&Raise{SQLState: "21000", Message: "more than one row returned by a subquery used as an expression"})
	}
	v := Value{row: rows.row || len(x.From) > 0, unknown: rows.unknown, raise: rows.raise}
	if len(x.Targets) == 1 {
		if c, ok := x.Targets[0].(*expr.Call); ok && c.Name == "count" && len(x.Group) == 0 {
			v.present = true
			if !rows.t.Can(True) {
				return Text("0")
			}
		}
	}
	return v
}

// rows is whether a query has any row.
func (m *machine) rows(x *expr.Query) outcome {
	if x.SetOp != "" {
		return m.combined(x)
	}
	if len(x.Values) > 0 {
		return outcome{t: True}
	}
	if known, ok := m.rowsOf(x); ok {
		return known.any()
	}
	in := m
	if m.asker != nil && len(x.From) > 0 {
		in = m.inside(x)
	}
	out := outcome{t: True}
	for _, s := range x.From {
		o := in.source(s, x)
		if o.sure() {
			return o
		}
		out = both(out, o, false)
	}
	if x.Where != nil {
		w := in.clause(x.Where)
		// A sub-select over no rows never looks at its WHERE.
		out = both(out, w, true)
	}
	out.t = out.t.of(func(t Truth) Truth { return truth(t == True) })
	if len(x.From) == 0 && out.t == True && slices.ContainsFunc(x.Targets, manyRows) {
		out.t, out.row = True|False, true
	}
	if !plain(x) && out.t != True { // an aggregate, or something else that makes a row of none
		if len(x.Group) == 0 && x.SetOp == "" && x.Having == nil && len(expr.Calls(&expr.Row{Args: x.Targets})) > 0 {
			return outcome{t: True, raise: out.raise}
		}
		out.t, out.row = True|False, true
	}
	return out.settle()
}

// combined is a UNION and the like.
func (m *machine) combined(x *expr.Query) outcome {
	l, r := m.rows(x.Left), m.rows(x.Right)
	switch x.SetOp {
	case "union", "union all":
		return either(l, r)
	case "intersect", "intersect all":
		out := both(l, r, false)
		if out.t.Can(True) {
			out.t, out.row = True|False, true
		}
		return out
	}
	if !l.t.Can(True) {
		return l
	}
	return outcome{t: True | False, row: true, raise: l.raise}
}

// inside is the machine for what stands in the query.
func (m *machine) inside(x *expr.Query) *machine {
	a := *m.asker
	a.sources = map[string]catalog.Name{}
	for k, v := range m.asker.sources {
		a.sources[k] = v
	}
	for _, s := range expr.Sources(x.From) {
		if s.Name != "" && !s.CTE {
			a.sources[s.Alias] = catalog.ParseSource(s.Name)
		}
	}
	in := *m
	in.asker, in.Claim = &a, a.claim
	return &in
}

// source is whether one item of FROM has any row.
func (m *machine) source(s expr.Source, q *expr.Query) outcome {
	switch {
	case s.Sub != nil:
		return m.rows(s.Sub)
	case s.Join != nil:
		return outcome{t: True | False, row: true}
	case s.Func != nil:
		if known, ok := m.unnested(s.Func); ok {
			return known.any()
		}
		v := m.value(s.Func)
		if v.sure {
			return outcome{raise: v.raise}
		}
		return v.open(True | False)
	case s.CTE:
		for _, c := range q.With {
			if c.Name == s.Name && c.Query != nil {
				return m.rows(c.Query)
			}
		}
		return outcome{t: True | False, row: true}
	}
	if m.asker == nil {
		return outcome{t: True | False, row: true}
	}
	if q.Helper != "" && !strings.Contains(s.Name, ".") && !builtin.HasRelation("pg_catalog", s.Name) { // looked up when the function is called
		return outcome{raise: &Raise{SQLState: "42P01", Message: "relation " + quoted(s.Name) + " does not exist in the search_path of function " + q.Helper}}
	}
	return m.asker.relation(catalog.ParseSource(s.Name), q)
}

// plain reports whether a query gives no row where its WHERE is never true.
func plain(q *expr.Query) bool {
	return q.SetOp == "" && len(q.Values) == 0 && len(q.Group) == 0 && q.Having == nil && !aggregates(q.Targets)
}

// aggregates reports whether a call that can be an aggregate is among these.
func aggregates(targets []expr.Expr) bool {
	return len(expr.Calls(&expr.Row{Args: targets})) > 0
}
