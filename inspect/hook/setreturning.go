package hook

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
)

// functionRows is a function in FROM: false when it gives no row.
func (m *machine) functionRows(e *env, s expr.Source) bool {
	c, ok := s.Func.(*expr.Call)
	if !ok || !m.returnsSet(c) {
		v := m.eval(e, s.Func)
		r := &row{names: []string{"value"}, fields: map[string]*value{"value": v}}
		if v.row != nil {
			r = v.row
		}
		e.rows[s.Alias] = renamed(r, s.Columns)
		return true
	}
	r := m.setRow(e, c)
	if r == nil {
		return false
	}
	e.rows[s.Alias] = renamed(r, s.Columns)
	return true
}

// returnsSet reports whether a function can give more than one row.
func (m *machine) returnsSet(c *expr.Call) bool {
	parts := splitName(c.Name)
	if len(parts) == 1 {
		for _, f := range builtin.Functions("pg_catalog", c.Name) {
			if f.Set {
				return true
			}
		}
		return c.Name == "rows from"
	}
	o, ok := m.in.cat.Functions.Get(catalog.Name{Schema: parts[0], Name: parts[1]})
	if !ok {
		return true
	}
	for _, f := range o.Functions {
		if f.ReturnsSet {
			return true
		}
	}
	return false
}

// setRow is a row that stands for those of a set-returning function; nil when
// it gives none.
func (m *machine) setRow(e *env, c *expr.Call) *row {
	args := make([]*value, len(c.Args))
	for i, a := range c.Args {
		args[i] = m.eval(e, a)
	}
	one := func(v *value) *row {
		if v == nil {
			return nil
		}
		return &row{names: []string{"value"}, fields: map[string]*value{"value": v}}
	}
	switch c.Name {
	case "unnest", "jsonb_array_elements", "jsonb_array_elements_text", "json_array_elements", "json_array_elements_text":
		return one(m.element(c.Name, args[0]))
	case "jsonb_each", "json_each", "jsonb_each_text", "json_each_text", "jsonb_object_keys", "json_object_keys":
		if args[0].null || m.choose(2) == 1 {
			return nil
		}
		if c.Name == "jsonb_object_keys" || c.Name == "json_object_keys" {
			return one(m.any("text", ""))
		}
		r := &row{names: []string{"key", "value"}, fields: map[string]*value{"key": m.any("text", "")}}
		r.make = func(string) *value {
			if c.Name == "jsonb_each" || c.Name == "json_each" {
				return m.any("jsonb", "")
			}
			return m.perhaps("text", "")
		}
		return r
	}
	if m.choose(2) == 1 {
		return nil
	}
	parts := splitName(c.Name)
	if len(parts) == 2 {
		return m.tableFunction(catalog.Name{Schema: parts[0], Name: parts[1]}, args)
	}
	return m.unknownRow()
}

// element is one element of an array, of SQL or JSON; nil when it has none.
func (m *machine) element(name string, v *value) *value {
	if v.null {
		return nil
	}
	if name == "unnest" {
		if v.list == nil {
			return m.perhaps("", "")
		}
		n := len(v.list.items)
		if v.list.rest || n == 0 {
			if m.choose(2) == 1 || n == 0 && !v.list.rest {
				return nil
			}
		}
		if n == 0 {
			return m.perhaps("", "")
		}
		return v.list.items[m.choose(n)]
	}
	n := m.document(v).doc
	if !m.is(n, array) {
		m.fail("22023", "cannot extract elements from a scalar")
	}
	var item *node
	switch {
	case len(n.items) == 0 && !n.rest, n.rest && m.choose(2) == 1:
		return nil
	case len(n.items) == 0:
		item = anyNode(anything)
	default:
		item = n.items[m.choose(len(n.items))]
	}
	if name == "jsonb_array_elements" || name == "json_array_elements" {
		return document("jsonb", item)
	}
	return m.asText(item, &reason{cause: FromKey, at: m.here()})
}

// elements is a set-returning function among the targets of a SELECT.
func elements(m *machine, args []*value) *value {
	if v := m.element("unnest", args[0]); v != nil && args[0].list != nil {
		return v
	}
	return m.perhaps("", "")
}

// tableFunction is a row of an application's function that returns a set. A
// SQL function's query is followed.
func (m *machine) tableFunction(n catalog.Name, args []*value) *row {
	o, ok := m.in.cat.Functions.Get(n)
	if !ok || len(o.Functions) != 1 {
		return m.unknownRow()
	}
	f := o.Functions[0]
	m.maySchema(n.Schema)
	if !m.in.opts.Granted && m.in.cat.MayExecute(m.role, f).Is(false) {
		m.fail("42501", "permission denied for function "+n.Name)
	}
	if f.Language != "sql" || !f.Body.Known {
		m.unknown("the rows of " + f.Ref().Name + " are not followed")
		return m.unknownRow()
	}
	v := m.call(f, args)
	switch {
	case v.row != nil:
		return v.row
	case v.null:
		panic(infeasible{})
	}
	return &row{names: []string{"value"}, fields: map[string]*value{"value": v}}
}
