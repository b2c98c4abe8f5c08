package plpgsql

// statements reads up to what ends a list of statements.
func (p *parser) statements() []Stmt {
	var list []Stmt
	for {
		t := p.peek()
		if t.kind == eof || p.ends(t) {
			return list
		}
		list = append(list, p.stmt())
	}
}

func (p *parser) ends(t token) bool {
	if t.keyword("end") || t.keyword("else") || t.keyword("when") {
		return true
	}
	return (t.keyword("elsif") || t.keyword("elseif") || t.keyword("exception")) && !p.assignment()
}

// assignment reports whether the next statement is an assignment. A word that
// begins a statement is a variable only before :=, = or [; a dotted name only
// when a variable is found.
func (p *parser) assignment() bool {
	t := p.peek()
	if t.kind != name || !t.quoted && reserved[t.word] {
		return false
	}
	parts, n := p.path()
	if d, _ := p.scope.Lookup(parts...); d == nil {
		return false
	}
	after := p.ahead(n)
	return len(parts) > 1 || after.assigns() || after.symbol("[") || after.symbol(".")
}

func (p *parser) stmt() Stmt {
	first := p.peek()
	if p.assignment() {
		return p.assign()
	}
	if first.symbol("<<") {
		label := p.label()
		return p.labelled(first, label)
	}
	if first.kind != name {
		p.syntax(first)
	}
	if parts, _ := p.path(); first.quoted || len(parts) > 1 && !reserved[first.word] {
		return p.other(first)
	}
	switch first.word {
	case "begin", "declare", "loop", "while", "for", "foreach":
		return p.labelled(first, "")
	case "if":
		return p.ifStmt()
	case "case":
		return p.caseStmt()
	case "execute":
		return p.execute()
	case "null":
		p.next()
		return &Null{p.finish(first)}
	case "exit", "continue":
		return p.exit()
	case "return":
		return p.returnStmt()
	case "raise":
		return p.raise()
	case "assert":
		return p.assert()
	case "perform":
		p.next()
		q := p.fragmentOrNothing(Select)
		return &Perform{p.finish(first), q}
	case "call", "do":
		q := p.fragment(Statement, ";")
		return &Call{p.finish(first), q}
	case "open":
		return p.open()
	case "fetch", "move":
		return p.fetch()
	case "close":
		p.next()
		c := p.cursor()
		return &Close{p.finish(first), c}
	case "get":
		return p.diagnostics()
	case "commit":
		chain := p.chain()
		return &Commit{p.finish(first), chain}
	case "rollback":
		chain := p.chain()
		return &Rollback{p.finish(first), chain}
	case "import", "insert", "merge":
		return p.statement()
	}
	return p.other(first)
}

// other is a SQL statement; its first word must not be one PL/pgSQL keeps.
func (p *parser) other(first token) Stmt {
	parts, n := p.path()
	after := p.ahead(n)
	if after.assigns() || after.symbol("[") || after.symbol(".") {
		p.unknown(first, join(parts))
	}
	if len(parts) == 1 && !first.quoted && (reserved[first.word] || unreserved[first.word]) {
		p.syntax(first)
	}
	return p.statement()
}

// chain reads the rest of COMMIT or ROLLBACK.
func (p *parser) chain() bool {
	p.next()
	if !p.acceptFree("and") {
		return false
	}
	no := p.acceptFree("no")
	p.expectFree("chain")
	return !no
}

func (p *parser) labelled(first token, label string) Stmt {
	switch t := p.peek(); {
	case t.keyword("begin"), t.keyword("declare"):
		b := p.block(first, label)
		p.expect(";")
		return b
	case t.keyword("loop"), t.keyword("while"), t.keyword("for"), t.keyword("foreach"):
		return p.loop(first, label)
	default:
		p.syntax(t)
		return nil
	}
}

func (p *parser) ifStmt() Stmt {
	first := p.next()
	p.enter(first)
	defer p.leave()
	s := &If{Cond: p.fragment(Expr, "then")}
	p.next()
	s.Then = p.statements()
	for p.peek().keyword("elsif") || p.peek().keyword("elseif") {
		e := &Elsif{Line: p.line(p.next().start)}
		e.Cond = p.fragment(Expr, "then")
		p.next()
		e.Body = p.statements()
		s.Elsifs = append(s.Elsifs, e)
	}
	if p.accept("else") {
		s.HasElse = true
		s.Else = p.statements()
	}
	p.expect("end")
	p.expect("if")
	s.Pos = p.finish(first)
	return s
}

func (p *parser) caseStmt() Stmt {
	first := p.next()
	p.enter(first)
	defer p.leave()
	s := &Case{}
	if !p.peek().keyword("when") {
		e := p.fragment(Expr, "when")
		s.Operand = &e
	}
	for p.peek().keyword("when") {
		w := &When{Line: p.line(p.next().start)}
		w.Cond = p.fragment(Expr, "then")
		p.next()
		w.Body = p.statements()
		s.Whens = append(s.Whens, w)
	}
	if p.accept("else") {
		s.HasElse = true
		s.Else = p.statements()
	}
	p.expect("end")
	p.expect("case")
	s.Pos = p.finish(first)
	return s
}

func (p *parser) exit() Stmt {
	first := p.next()
	s := &Exit{Continue: first.word == "continue"}
	if t := p.peek(); t.plain() {
		s.Label = p.next().word
		switch found, loop := p.scope.label(s.Label); {
		case !found:
			p.fail(t, "there is no label %q attached to any block or loop enclosing this statement", s.Label)
		case s.Continue && !loop:
			p.fail(t, "block label %q cannot be used in CONTINUE", s.Label)
		}
	} else if !p.scope.inLoop() {
		if s.Continue {
			p.fail(first, "CONTINUE cannot be used outside a loop")
		}
		p.fail(first, "EXIT cannot be used outside a loop, unless it has a label")
	}
	if p.accept("when") {
		e := p.fragment(Expr, ";")
		s.When = &e
	}
	s.Pos = p.finish(first)
	return s
}
