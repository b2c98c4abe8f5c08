package access

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
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
	if list, _, ok := m.rowsOf(x); ok {
		return m.among(x.Op, x.Test, v, list, all)
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
	if list, _, ok := m.rowsOf(x); ok && len(list) == 1 {
		return list[0]
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
			a.sources[s.Alias] = catalog.ParseName(s.Name)
		}
	}
	in := *m
	in.asker, in.claim = &a, a.claim
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
		if list, null, ok := m.unnested(s.Func); ok {
			return outcome{t: truth(len(list) > 0 && !null)}
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
	return m.asker.relation(catalog.ParseName(s.Name), q)
}

// rowsOf are the values of a query of one column that is known: one row of a
// token's array each, or none.
func (m *machine) rowsOf(x *expr.Query) (list []Value, null, ok bool) {
	if x.SetOp != "" || len(x.Targets) != 1 || len(x.Group) > 0 || x.Limit != nil || x.Offset != nil || len(x.Values) > 0 {
		return nil, false, false
	}
	switch {
	case len(x.From) == 0:
		if x.Where != nil && m.cond(x.Where).t != True {
			return nil, false, false
		}
		if list, null, ok := m.unnested(x.Targets[0]); ok {
			if null {
				return nil, false, true // no rows
			}
			return list, false, true
		}
		return nil, false, false
	case len(x.From) == 1 && x.From[0].Func != nil && x.Where == nil:
		c, isColumn := x.Targets[0].(*expr.Column)
		if !isColumn || c.Table != x.From[0].Alias {
			return nil, false, false
		}
		list, null, ok := m.unnested(x.From[0].Func)
		if null {
			return nil, false, ok
		}
		return list, false, ok
	}
	return nil, false, false
}

// unnested are the rows of a set-returning function over something known.
func (m *machine) unnested(x expr.Expr) (list []Value, null, ok bool) {
	c, isCall := x.(*expr.Call)
	if !isCall || len(c.Args) != 1 {
		return nil, false, false
	}
	switch c.Name {
	case "unnest":
		return m.elements(c.Args[0])
	case "jsonb_array_elements_text", "json_array_elements_text", "jsonb_array_elements", "json_array_elements":
		v := m.value(c.Args[0])
		if v.isNull() {
			return nil, true, true
		}
		array, isArray := v.json.([]any)
		if !v.isJSON || !isArray {
			return nil, false, false
		}
		for _, item := range array {
			if slices.Contains([]string{"jsonb_array_elements_text", "json_array_elements_text"}, c.Name) {
				list = append(list, scalarText(item))
			} else {
				list = append(list, jsonValue(item))
			}
		}
		return list, false, true
	}
	return nil, false, false
}

// plain reports whether a query gives no row where its WHERE is never true.
func plain(q *expr.Query) bool {
	return q.SetOp == "" && len(q.Values) == 0 && len(q.Group) == 0 && q.Having == nil && !aggregates(q.Targets)
}

// aggregates reports whether a call that can be an aggregate is among these.
func aggregates(targets []expr.Expr) bool {
	return len(expr.Calls(&expr.Row{Args: targets})) > 0
}
