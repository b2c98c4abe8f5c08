package expr

// boxed reports whether a query has to be printed as (select …) with it inside:
// a function in FROM cannot have a select of its own.
func (p *printer) boxed(q *Query) bool {
	if p.cached || !q.Cached || q.Kind != Exists && q.Kind != Any && q.Kind != All {
		return false
	}
	found := false
	for _, inner := range Queries(q) {
		for _, s := range inner.From {
			s.below(func(x Expr) {
				c, ok := x.(*Call)
				found = found || ok && c.Cached
			})
		}
	}
	return found
}

func (p *printer) query(q *Query) {
	if p.boxed(q) {
		p.once(true, func() { p.query(q) })
		return
	}
	switch q.Kind {
	case Exists:
		p.put("exists ")
	case ArrayOf:
		p.put("array")
	case Any, All:
		p.expr(q.Test, precOperator)
		if q.Kind == Any && q.Op == "=" {
			p.put(" in ")
		} else {
			p.put(" ", q.Op, " ", quantifier(q.Kind == All), " ")
		}
	}
	if q.Kind != Statement {
		p.put("(")
	}
	cached := p.cached
	p.cached = cached || q.Cached && (q.Kind == Scalar || q.Kind == ArrayOf || q.Kind != Exists && q.Kind != Statement && plain(q))
	p.nested++
	p.selectText(q)
	p.nested--
	p.cached = cached
	if q.Kind != Statement {
		p.put(")")
	}
}

func (p *printer) selectText(q *Query) {
	p.ctes(q.With)
	switch {
	case q.SetOp != "" && q.Left != nil && q.Right != nil:
		p.put("(")
		p.selectText(q.Left)
		p.put(") ", q.SetOp, " (")
		p.selectText(q.Right)
		p.put(")")
	case len(q.Values) > 0:
		p.put("values ")
		for i, row := range q.Values {
			if i > 0 {
				p.put(", ")
			}
			p.put("(")
			p.list(row, ", ", 0)
			p.put(")")
		}
	default:
		p.selectBody(q)
	}
	p.order(q.Order)
	if q.Limit != nil {
		p.put(" limit ")
		p.expr(q.Limit, precAtom)
	}
	if q.Offset != nil {
		p.put(" offset ")
		p.expr(q.Offset, precAtom)
	}
	if q.Lock {
		p.put(" for update")
	}
}

func (p *printer) ctes(list []CTE) {
	for i, c := range list {
		switch {
		case i > 0:
			p.put(", ")
		case c.Recursive:
			p.put("with recursive ")
		default:
			p.put("with ")
		}
		p.put(quoteIdent(c.Name))
		p.columns(c.Columns)
		p.put(" as (")
		if c.Query != nil {
			p.selectText(c.Query)
		} else {
			p.put("table ", quoteIdent(c.Name))
		}
		p.put(")")
	}
	if len(list) > 0 {
		p.put(" ")
	}
}

func (p *printer) columns(names []string) {
	for i, n := range names {
		if i == 0 {
			p.put("(")
		} else {
			p.put(", ")
		}
		p.put(quoteIdent(n))
	}
	if len(names) > 0 {
		p.put(")")
	}
}

func (p *printer) selectBody(q *Query) {
	p.put("select ")
	if q.Distinct {
		p.put("distinct ")
	}
	if len(q.On) > 0 {
		p.put("on (")
		p.list(q.On, ", ", 0)
		p.put(") ")
	}
	if len(q.Targets) == 0 && q.Kind == Exists {
		p.put("1")
	}
	for i, t := range q.Targets {
		if i > 0 {
			p.put(", ")
		}
		p.expr(t, 0)
		if q.Kind == Statement && i < len(q.Names) && q.Names[i] != "?column?" && q.Names[i] != "*" && !named(t, q.Names[i]) {
			p.put(" as ", quoteIdent(q.Names[i]))
		}
	}
	for i, s := range q.From {
		if i == 0 {
			p.put(" from ")
		} else {
			p.put(", ")
		}
		p.source(s)
	}
	if q.Where != nil {
		p.put(" where ")
		p.expr(q.Where, 0)
	}
	if len(q.Group) > 0 {
		p.put(" group by ")
		p.list(q.Group, ", ", 0)
	}
	if q.Having != nil {
		p.put(" having ")
		p.expr(q.Having, 0)
	}
}

// named reports whether a target has the name without AS.
func named(e Expr, name string) bool {
	c, ok := e.(*Column)
	return ok && c.Name == name
}

func (p *printer) source(s Source) {
	switch {
	case s.Join != nil:
		p.put("(")
		p.side(s.Join.L)
		p.put(" ", s.Join.Kind, " join ")
		p.side(s.Join.R)
		p.put(" on ")
		if s.Join.On != nil {
			p.expr(s.Join.On, 0)
		} else {
			p.put("true")
		}
		p.put(")")
		return
	case s.Sub != nil:
		if s.Lateral {
			p.put("lateral ")
		}
		p.put("(")
		p.selectText(s.Sub)
		p.put(")")
	case s.Func != nil:
		if s.Lateral {
			p.put("lateral ")
		}
		p.expr(s.Func, 0)
	default:
		p.put(s.Name)
	}
	if alias := p.alias(s.Alias); s.Sub != nil || len(s.Columns) > 0 || alias != quoteIdent(bareName(s.Name)) {
		p.put(" ", alias)
		p.definitions(s.Columns, s.Types)
	}
}

func (p *printer) definitions(names, types []string) {
	if len(names) != len(types) {
		p.columns(names)
		return
	}
	for i, n := range names {
		if i == 0 {
			p.put("(")
		} else {
			p.put(", ")
		}
		p.put(quoteIdent(n), " ", types[i])
	}
	if len(names) > 0 {
		p.put(")")
	}
}

func (p *printer) side(list []Source) {
	for i, s := range list {
		if i > 0 {
			p.put(" cross join ")
		}
		if len(list) > 1 && i == 0 {
			p.put("(")
		}
		p.source(s)
	}
	if len(list) > 1 {
		p.put(")")
	}
}
