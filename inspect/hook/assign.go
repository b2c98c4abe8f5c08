package hook

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/expr/dml"
	"policylint/inspect/plpgsql"
)

// checkDeclarations looks the types of all declarations up, as the server does
// when it compiles the body.
func (m *machine) checkDeclarations(code *plpgsql.Function) {
	code.Walk(func(s plpgsql.Stmt, _ *plpgsql.Scope) bool {
		if b, ok := s.(*plpgsql.Block); ok {
			for _, d := range b.Decls {
				if d.Alias == nil && d.Kind != plpgsql.Cursor {
					m.frame.at = place(m.frame.fn, d.Line, 1)
					if d.Offset >= 0 {
						m.frame.at = placeOf(m.frame.fn, d.Offset)
					}
					m.typeOfDecl(d)
				}
			}
		}
		return true
	})
}

// typeOfDecl is the type of a variable: %type and %rowtype are looked up.
func (m *machine) typeOfDecl(d *plpgsql.Decl) string {
	typ := strings.TrimSpace(d.Type)
	lower := strings.ToLower(typ)
	switch {
	case lower == "record" || lower == "":
		return "record"
	case strings.HasSuffix(lower, "%rowtype"):
		m.declared(strings.TrimSpace(typ[:len(typ)-len("%rowtype")]))
		return lower
	case strings.HasSuffix(lower, "%type"):
		return m.typeOfPath(strings.TrimSpace(typ[:len(typ)-len("%type")]))
	}
	x, err := expr.ParseIn("null::"+typ, m.scope())
	c, ok := x.(*expr.Const)
	if err != nil || !ok {
		return "text"
	}
	if missing := m.in.missingType(c.Type); missing != "" {
		name := ""
		if len(splitName(missing)) == 1 {
			name = missing
		}
		m.failName("42704", `type "`+missing+`" does not exist`, name)
	}
	if n, ok := qualified(c.Type); ok {
		if m.in.cat.Tables.Has(n) {
			return c.Type + "%rowtype"
		}
	}
	return c.Type
}

// declared finds the relation that a declaration names.
func (m *machine) declared(name string) catalog.Name {
	s, err := dml.Parse("select from "+name, m.scope())
	if err != nil || s.Query == nil || len(s.Query.From) == 0 {
		return catalog.Name{}
	}
	p := &prepared{stmt: s}
	m.relation(p, s.Query.From[0].Name)
	if p.fault != nil {
		m.failName(p.fault.state, p.fault.message, p.fault.name)
	}
	n, _ := qualified(s.Query.From[0].Name)
	return n
}

// typeOfPath is the type of table.column, or of a variable.
func (m *machine) typeOfPath(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		if d, _ := m.frame.scope.Lookup(strings.ToLower(name)); d != nil {
			return m.typeOfDecl(d)
		}
		return "text"
	}
	n := m.declared(name[:i])
	if t, ok := m.in.cat.Tables.Get(n); ok {
		if c, ok := t.Column(strings.Trim(strings.ToLower(name[i+1:]), `"`)); ok {
			return c.Type
		}
	}
	return "text"
}

// declare gives a variable its first value.
func (m *machine) declare(d *plpgsql.Decl) {
	if d.Alias != nil || d.Kind == plpgsql.Cursor {
		return
	}
	fr := m.frame
	at := fr.at
	if d.Offset >= 0 {
		fr.at = placeOf(fr.fn, d.Offset)
	}
	typ := m.typeOfDecl(d)
	v := null(typ, &reason{cause: FromVariable, at: fr.at})
	if d.Default != nil {
		v = m.cast(m.expression(*d.Default), typ, ioCast)
	}
	if v.null && d.NotNull {
		m.fail("22004", `null value cannot be assigned to variable "`+d.Name+`" declared NOT NULL`)
	}
	fr.vars[d] = v
	fr.at = at
}

// variable reads a variable.
func (m *machine) variable(d *plpgsql.Decl) *value {
	d = d.Resolve()
	if v, ok := m.frame.vars[d]; ok && v != nil {
		return v
	}
	return null(d.Type, &reason{cause: FromVariable, at: m.here()})
}

func (m *machine) assign(s *plpgsql.Assign) { m.set(s.Target, m.expression(s.Expr)) }

// set writes a variable, or a part of one.
func (m *machine) set(t plpgsql.Target, v *value) {
	d := t.Decl.Resolve()
	if len(t.Path) > 0 {
		v = m.part(m.variable(d), t.Path, v)
		m.frame.vars[d] = v
		return
	}
	typ := ""
	if old, ok := m.frame.vars[d]; ok && old != nil && d.Kind != plpgsql.Record {
		typ = m.frame.types(m, d)
	}
	if v.null && d.NotNull {
		m.fail("22004", `null value cannot be assigned to variable "`+d.Name+`" declared NOT NULL`)
	}
	m.frame.vars[d] = m.cast(v, typ, ioCast)
}

// types is the declared type of a variable.
func (fr *frame) types(m *machine, d *plpgsql.Decl) string {
	if t, ok := fr.declared[d]; ok {
		return t
	}
	if fr.declared == nil {
		fr.declared = map[*plpgsql.Decl]string{}
	}
	t := m.typeOfDecl(d)
	fr.declared[d] = t
	return t
}

// part is a value with a field or a subscript of it replaced.
func (m *machine) part(old *value, path []plpgsql.Step, v *value) *value {
	step := path[0]
	if step.Field != "" {
		r := &row{fields: map[string]*value{}}
		if old.row != nil {
			from := old.row
			r.names = from.names
			r.make = func(name string) *value { f, _ := from.field(name); return f }
		}
		if len(path) > 1 {
			inner := null("unknown", old.why)
			if f, ok := r.field(step.Field); ok {
				inner = f
			}
			v = m.part(inner, path[1:], v)
		}
		r.fields[step.Field] = v
		return &value{typ: old.typ, row: r}
	}
	if step.Index == nil || step.Slice {
		return m.vague(old.typ)
	}
	if !isJSON(old.typ) {
		if old.list != nil {
			return &value{typ: old.typ, list: &list{items: append(append([]*value{}, old.list.items...), v), rest: true}}
		}
		return &value{typ: old.typ, list: &list{items: []*value{v}}}
	}
	var keys []string
	for _, s := range path {
		if s.Index == nil {
			return m.blurred("a slice is written")
		}
		k := m.expression(*s.Index)
		if k.null {
			m.fail("22004", "jsonb subscript in assignment must not be null")
		}
		t, ok := k.scalar.known()
		if !ok {
			return m.blurred("a computed key is written")
		}
		keys = append(keys, t)
	}
	n := m.node(object)
	if !old.null {
		n = old.doc
	}
	return document(old.typ, m.fill(n, keys, m.nodeOf(m.asJSON(v))))
}

// asJSON is what a subscript of jsonb takes: jsonb, or a text that is parsed.
func (m *machine) asJSON(v *value) *value {
	if v.null || v.doc != nil {
		return v
	}
	if v.typ == "unknown" || textual[baseType(v.typ)] {
		return m.toJSON(v, "jsonb", ioCast)
	}
	m.fail("42804", "subscripted assignment to jsonb requires type jsonb but expression is of type "+v.typ)
	return nil
}

// fill writes at a path and makes the objects on the way, as subscripts do
// (PostgreSQL docs 8.14.5).
func (m *machine) fill(n *node, keys []string, v *node) *node {
	if m.is(n, jnull) {
		n = m.node(object)
	}
	if !m.is(n, object) {
		if m.is(n, array) {
			return m.copy(n)
		}
		m.fail("22023", "cannot replace existing key")
	}
	if len(keys) == 1 {
		return m.with(n, keys[0], v)
	}
	inner := m.member(n, keys[0])
	if inner == nil {
		inner = m.node(object)
	}
	return m.with(n, keys[0], m.fill(inner, keys[1:], v))
}
