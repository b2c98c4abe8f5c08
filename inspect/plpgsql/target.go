package plpgsql

import "strings"

// path is the dotted name of at most three parts that comes next, and how
// many tokens it takes.
func (p *parser) path() (parts []string, n int) {
	if p.peek().kind != name {
		return nil, 0
	}
	parts, n = []string{p.peek().word}, 1
	for len(parts) < 3 && p.ahead(n).symbol(".") {
		t := p.ahead(n + 1)
		if !t.plain() || t.text[0] == '$' {
			break
		}
		parts = append(parts, t.word)
		n += 2
	}
	return parts, n
}

// dotted takes a dotted name.
func (p *parser) dotted() []string {
	if t := p.peek(); t.kind != name || !t.quoted && reserved[t.word] {
		p.syntax(t)
	}
	parts, n := p.path()
	p.pos += n
	return parts
}

func join(parts []string) string { return strings.Join(parts, ".") }

// target takes a variable, or a field of one, that is to be written.
func (p *parser) target() Target {
	first := p.peek()
	parts := p.dotted()
	d, rest := p.scope.Lookup(parts...)
	if d == nil {
		if len(parts) == 1 && !first.quoted && unreserved[first.word] {
			p.syntax(first)
		}
		p.unknown(first, join(parts))
	}
	if v := d.Resolve(); v.Constant {
		p.fail(first, "variable %q is declared CONSTANT", v.Name)
	}
	t := Target{Name: d.Name, Decl: d, Offset: first.start, Text: p.body[first.start:p.last().end]}
	for _, f := range rest {
		t.Path = append(t.Path, Step{Field: f})
	}
	return t
}

// record reports whether a target is a whole record or row, for sure.
func (t Target) record() bool { return len(t.Path) == 0 && t.Decl.certain() }

// targets takes one record or a list of scalars.
func (p *parser) targets() []Target {
	list := []Target{p.target()}
	if list[0].record() {
		if t := p.peek(); t.symbol(",") {
			p.fail(t, "record variable cannot be part of multiple-item INTO list")
		}
		return list
	}
	for p.accept(",") {
		first := p.peek()
		t := p.target()
		if t.record() {
			p.fail(first, "%q is not a scalar variable", t.Text)
		}
		list = append(list, t)
	}
	return list
}

// assign is target := expression; the target may go on with fields and
// subscripts.
func (p *parser) assign() Stmt {
	first, start := p.peek(), p.pos
	p.skim(Statement, []string{";"})
	p.pos = start
	s := &Assign{Target: p.target()}
	for !p.peek().assigns() {
		t := p.next()
		switch {
		case t.symbol("["):
			s.Target.Path = append(s.Target.Path, p.subscript())
		case t.symbol(".") && p.peek().kind == name:
			s.Target.Path = append(s.Target.Path, Step{Field: p.next().word})
		case t.symbol("."):
			p.syntax(p.peek())
		case t.symbol(";"):
			p.fail(t, "syntax error at end of input")
		default:
			p.syntax(t)
		}
	}
	s.Target.Text = p.body[first.start:p.last().end]
	p.next()
	s.Expr = p.fragmentOrNothing(Expr)
	s.Pos = p.finish(first)
	return s
}

// subscript reads behind "[" through "]".
func (p *parser) subscript() Step {
	var s Step
	if !p.peek().symbol(":") {
		e := p.fragment(Expr, ":", "]")
		s.Index = &e
	}
	if p.accept(":") {
		s.Slice = true
		if !p.peek().symbol("]") {
			e := p.fragment(Expr, "]")
			s.Upper = &e
		}
	}
	p.expect("]")
	return s
}

// cursor takes a variable that holds a cursor.
func (p *parser) cursor() Target {
	first := p.peek()
	parts := p.dotted()
	d, rest := p.scope.Lookup(parts...)
	switch {
	case d == nil && len(parts) == 1 && !first.quoted && unreserved[first.word]:
		p.syntax(first)
	case d == nil:
		p.unknown(first, join(parts))
	case len(rest) > 0 || d.certain():
		p.fail(first, "cursor variable must be a simple variable")
	case p.peek().symbol("["):
		p.fail(first, "cursor variable must be a simple variable")
	case !d.cursor():
		p.fail(first, "variable %q must be of type cursor or refcursor", d.Name)
	}
	return Target{Name: d.Name, Decl: d, Offset: first.start, Text: p.body[first.start:p.last().end]}
}
