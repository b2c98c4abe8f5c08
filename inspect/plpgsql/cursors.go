package plpgsql

// cursorArgs reads the arguments of a bound cursor, nil when it has none.
func (p *parser) cursorArgs(c Target) []CursorArg {
	d := c.Decl.Resolve()
	paren := p.peek()
	switch has := p.accept("("); {
	case has && len(d.Params) == 0:
		p.fail(paren, "cursor %q has no arguments", d.Name)
	case !has && len(d.Params) == 0:
		return nil
	case !has:
		p.fail(paren, "cursor %q has arguments", d.Name)
	}
	var args []CursorArg
	seen := make(map[string]bool)
	for i := range d.Params {
		at, param := p.peek(), d.Params[i].Name
		var a CursorArg
		if at.plain() && p.ahead(1).symbol(":=") {
			a.Name, _ = p.name()
			p.next()
			if !d.hasParam(a.Name) {
				p.fail(at, "cursor %q has no argument named %q", d.Name, a.Name)
			}
			param = a.Name
		}
		if seen[param] {
			p.fail(at, "value for parameter %q of cursor %q specified more than once", param, d.Name)
		}
		seen[param] = true
		a.Expr = p.fragment(Expr, ",", ")")
		args = append(args, a)
		end, last := p.next(), i == len(d.Params)-1
		if end.symbol(")") && !last {
			p.fail(end, "not enough arguments for cursor %q", d.Name)
		}
		if end.symbol(",") && last {
			p.fail(end, "too many arguments for cursor %q", d.Name)
		}
	}
	return args
}

func (d *Decl) hasParam(name string) bool {
	for _, a := range d.Params {
		if a.Name == name {
			return true
		}
	}
	return false
}

func (p *parser) open() Stmt {
	first := p.next()
	s := &Open{Cursor: p.cursor()}
	if s.Cursor.Decl.Resolve().Query != nil {
		s.Args = p.cursorArgs(s.Cursor)
		s.Pos = p.finish(first)
		return s
	}
	if p.accept("no") {
		p.expect("scroll")
		s.Scroll = "no scroll"
	} else if p.accept("scroll") {
		s.Scroll = "scroll"
	}
	if !p.accept("for") {
		p.unexpected(p.peek(), `syntax error, expected "FOR"`)
	}
	var q Fragment
	if s.Dynamic = p.accept("execute"); s.Dynamic {
		q = p.fragment(Expr, "using", ";")
		s.Using = p.using(";")
	} else {
		q = p.fragment(Statement, ";")
	}
	s.Query = &q
	s.Pos = p.finish(first)
	return s
}

func (p *parser) fetch() Stmt {
	first := p.next()
	s := &Fetch{Move: first.word == "move", Direction: "next"}
	many := p.direction(s)
	s.Cursor = p.cursor()
	if !s.Move {
		p.expect("into")
		s.Into = p.targets()
	}
	s.Pos = p.finish(first)
	if many && !s.Move {
		p.fail(first, "FETCH statement cannot return multiple rows")
	}
	return s
}

// direction reads through FROM or IN and reports whether it asks for more
// than one row.
func (p *parser) direction(s *Fetch) (many bool) {
	t := p.peek()
	from := func() {
		if !p.accept("from") && !p.accept("in") {
			p.unexpected(p.peek(), "expected FROM or IN")
		}
	}
	count := func() {
		e := p.fragment(Expr, "from", "in")
		s.Count = &e
		from()
	}
	switch {
	case t.keyword("next"), t.keyword("prior"), t.keyword("first"), t.keyword("last"):
		s.Direction = p.next().word
		from()
	case t.keyword("absolute"), t.keyword("relative"):
		s.Direction = p.next().word
		count()
	case t.keyword("all"):
		p.next()
		s.Direction, s.All, many = "forward", true, true
		from()
	case t.keyword("forward"), t.keyword("backward"):
		s.Direction = p.next().word
		switch {
		case p.accept("from"), p.accept("in"):
		case p.accept("all"):
			s.All, many = true, true
			from()
		default:
			many = true
			count()
		}
	case p.accept("from"), p.accept("in"):
	default:
		parts, _ := p.path()
		if d, _ := p.scope.Lookup(parts...); t.kind == name && d != nil {
			return false
		}
		s.Direction, many = "forward", true
		count()
	}
	return many
}
