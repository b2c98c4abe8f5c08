package hook

import (
	"policylint/inspect/expr"
)

// eval evaluates an expression.
func (m *machine) eval(e *env, x expr.Expr) *value {
	m.step()
	switch x := x.(type) {
	case *expr.Const:
		return m.constant(x)
	case *expr.Param:
		return m.param(e, x)
	case *expr.Column:
		return m.columnRef(e, x)
	case *expr.Claim:
		return m.token(x)
	case *expr.Setting:
		return m.setting(x)
	case *expr.Call:
		return m.callExpr(e, x)
	case *expr.NamedArg:
		return m.eval(e, x.X)
	case *expr.Cast:
		return m.cast(m.eval(e, x.X), x.Type, explicitCast)
	case *expr.Collate:
		return m.eval(e, x.X)
	case *expr.Compare:
		return m.compareExpr(e, x)
	case *expr.Operator:
		return m.operator(e, x)
	case *expr.IsNull:
		return m.nullTest(e, x)
	case *expr.IsDistinct:
		return m.distinct(m.eval(e, x.L), m.eval(e, x.R), x.Not)
	case *expr.BoolTest:
		return m.boolTest(m.eval(e, x.X), x)
	case *expr.And:
		return m.all(e, x.Args, "false")
	case *expr.Or:
		return m.all(e, x.Args, "true")
	case *expr.Not:
		v := m.eval(e, x.X)
		if v.null {
			return v
		}
		return boolean(!m.truth(v))
	case *expr.In:
		return m.inList(e, x)
	case *expr.AnyOf:
		return m.anyOf(e, x)
	case *expr.Case:
		return m.caseExpr(e, x)
	case *expr.Coalesce:
		m.tolerant++
		v := m.coalesce(e, x.Args)
		m.tolerant--
		return v
	case *expr.NullIf:
		v := m.eval(e, x.X)
		if y := m.eval(e, x.Y); !v.null && !y.null && m.truth(m.compare("=", v, y)) {
			return null(v.typ, &reason{cause: FromOther, call: "nullif", at: m.here()})
		}
		return v
	case *expr.Array:
		l := &list{}
		typ := "text[]"
		for _, el := range x.Elems {
			v := m.eval(e, el)
			l.items = append(l.items, v)
			if v.typ != "unknown" {
				typ = v.typ + "[]"
			}
		}
		return &value{typ: typ, list: l}
	case *expr.Row:
		r := &row{fields: map[string]*value{}}
		for i, a := range x.Args {
			name := field(i)
			r.names = append(r.names, name)
			r.fields[name] = m.eval(e, a)
		}
		return &value{typ: "record", row: r}
	case *expr.Subscript:
		return m.subscript(e, x)
	case *expr.Field:
		return m.fieldOf(m.eval(e, x.X), x.Name)
	case *expr.Query:
		return m.scalar(e, x)
	}
	if o, ok := x.(*expr.Opaque); ok {
		for _, p := range o.Parts {
			m.eval(e, p)
		}
		m.unknown("expression is not followed: " + o.Text)
	}
	return m.vague("")
}

func (m *machine) constant(c *expr.Const) *value {
	typ := c.Type
	if typ == "" {
		typ = "unknown"
	}
	if c.Null {
		return null(typ, &reason{cause: FromConstant, at: m.here()})
	}
	if typ == "unknown" || textual[baseType(typ)] {
		return text(typ, c.Text)
	}
	return m.cast(text("unknown", c.Text), typ, explicitCast)
}

// param is a variable, or an argument.
func (m *machine) param(e *env, p *expr.Param) *value {
	if e.params != nil && (p.Name == "" || e.fn != nil) {
		if p.Index >= 1 && p.Index <= len(e.params) {
			return e.params[p.Index-1]
		}
		m.fail("42P02", "there is no parameter $"+digits(p.Index))
	}
	if fr := m.frame; fr.scope != nil {
		name := p.Name
		if name == "" {
			name = argument(p.Index - 1)
		}
		if d, _ := fr.scope.Lookup(name); d != nil {
			return m.variable(d)
		}
	}
	m.fail("42703", `column "`+p.Name+`" does not exist`)
	return nil
}

// columnRef is a column of a source, of the row under a policy, or a variable
// with its label.
func (m *machine) columnRef(e *env, c *expr.Column) *value {
	if c.Table == "" {
		if e.base != nil {
			if v, ok := e.base.field(c.Name); ok {
				return v
			}
			return m.vague(c.Type)
		}
		return m.labelled(c)
	}
	r, ok := e.rows[c.Table]
	if !ok && c.Table == "?" {
		return m.perhaps(c.Type, "")
	}
	if !ok {
		return m.perhaps(c.Type, "")
	}
	if c.Name == "*" {
		return &value{typ: "record", row: r}
	}
	if v, ok := r.field(c.Name); ok {
		return v
	}
	if c.Name == "value" && len(r.names) == 1 {
		v, _ := r.field(r.names[0])
		return v
	}
	return m.perhaps(c.Type, "")
}

// labelled is label.variable or record.field.
func (m *machine) labelled(c *expr.Column) *value {
	if fr := m.frame; fr.scope != nil && c.Row != "" {
		if d, rest := fr.scope.Lookup(c.Row, c.Name); d != nil {
			v := m.variable(d)
			for _, f := range rest {
				v = m.fieldOf(v, f)
			}
			return v
		}
	}
	m.fail("42703", `column "`+c.Name+`" does not exist`)
	return nil
}

func (m *machine) fieldOf(v *value, name string) *value {
	if v.null {
		return null("unknown", v.why)
	}
	if v.row == nil {
		return m.vague("")
	}
	f, ok := v.row.field(name)
	if !ok {
		if v.row.names == nil {
			return m.vague("")
		}
		m.fail("42703", `record has no field "`+name+`"`)
	}
	return f
}

// token is what a policy would read of a request's token. There is no request
// when Auth calls the hook, so it is null.
func (m *machine) token(c *expr.Claim) *value {
	what := map[expr.Via]string{
		expr.ViaJWT: "auth.jwt()", expr.ViaUID: "auth.uid()", expr.ViaRole: "auth.role()", expr.ViaEmail: "auth.email()",
		expr.ViaSetting: "request.jwt.claims", expr.ViaLegacy: "request.jwt.claim",
	}[c.Via]
	m.odd(what)
	if !c.MissingOK {
		name := "request.jwt.claims"
		if c.Via == expr.ViaLegacy && len(c.Path) > 0 {
			name = "request.jwt.claim." + c.Path[0]
		}
		m.fail("42704", `unrecognized configuration parameter "`+name+`"`)
	}
	typ := "jsonb"
	if c.Text {
		typ = "text"
	}
	if c.Via == expr.ViaUID {
		typ = "uuid"
	}
	return null(typ, &reason{cause: FromToken, call: what, at: m.here()})
}

func (m *machine) setting(s *expr.Setting) *value {
	if s.MissingOK && m.choose(2) == 1 {
		return null("text", &reason{cause: FromOther, call: "current_setting", at: m.here()})
	}
	return &value{typ: "text", scalar: &symbol{}}
}

func (m *machine) caseExpr(e *env, c *expr.Case) *value {
	var operand *value
	if c.Operand != nil {
		operand = m.eval(e, c.Operand)
	}
	for _, w := range c.Whens {
		cond, asked := m.eval(e, w.Cond), w.Cond
		if operand != nil {
			cond, asked = m.compare("=", operand, cond), &expr.Compare{Op: "=", L: c.Operand, R: w.Cond}
		}
		if m.asks(asked, m.truth(cond)) {
			return m.eval(e, w.Result)
		}
	}
	if c.Else == nil {
		return null("unknown", &reason{cause: FromConstant, call: "case", at: m.here()})
	}
	return m.eval(e, c.Else)
}

func (m *machine) coalesce(e *env, args []expr.Expr) *value {
	var v *value
	typ := "unknown"
	for _, a := range args {
		v = m.eval(e, a)
		if v.typ != "unknown" && typ == "unknown" {
			typ = v.typ
		}
		if !v.null {
			if v.typ == "unknown" && typ != "unknown" {
				return m.cast(v, typ, explicitCast)
			}
			return v
		}
	}
	return v
}
