package plpgsql

func (p *parser) execute() Stmt {
	first := p.next()
	s := &Execute{Query: p.fragment(Expr, "into", "using", ";")}
	for !p.peek().symbol(";") {
		switch t := p.next(); {
		case t.keyword("into") && s.Into == nil:
			s.Strict = p.accept("strict")
			s.Into = p.targets()
		case t.keyword("using") && s.Using == nil:
			s.Using = p.list(";", "into")
		default:
			p.syntax(t)
		}
	}
	s.Pos = p.finish(first)
	return s
}

func (p *parser) returnStmt() Stmt {
	first := p.next()
	if p.peek().keyword("next") {
		p.next()
		return p.returnNext(first)
	}
	if p.peek().keyword("query") {
		p.next()
		return p.returnQuery(first)
	}
	s := &Return{}
	if p.known && p.returns == returnsValue {
		e := p.fragment(Expr, ";")
		s.Expr = &e
	} else {
		t := p.peek()
		if !p.known {
			s.Expr = p.optional()
		} else if !t.symbol(";") {
			p.fail(t, "%s", p.returns)
		}
	}
	s.Pos = p.finish(first)
	return s
}

func (p *parser) returnNext(first token) Stmt {
	if p.known && !p.set {
		p.fail(first, "cannot use RETURN NEXT in a non-SETOF function")
	}
	s := &ReturnNext{}
	switch t := p.peek(); {
	case p.outArgs() && !t.symbol(";"):
		p.fail(t, "RETURN NEXT cannot have a parameter in function with OUT parameters")
	case p.outArgs():
	case !p.known:
		s.Expr = p.optional()
	default:
		e := p.fragment(Expr, ";")
		s.Expr = &e
	}
	s.Pos = p.finish(first)
	return s
}

func (p *parser) returnQuery(first token) Stmt {
	if p.known && !p.set {
		p.fail(first, "cannot use RETURN QUERY in a non-SETOF function")
	}
	s := &ReturnQuery{Dynamic: p.accept("execute")}
	if s.Dynamic {
		s.Query = p.fragment(Expr, ";", "using")
		s.Using = p.using(";")
	} else {
		s.Query = p.fragment(Statement, ";")
	}
	s.Pos = p.finish(first)
	return s
}
