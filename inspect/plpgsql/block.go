package plpgsql

import "strings"

// block reads from DECLARE or BEGIN to END [label], without the semicolon;
// first is the label or that token.
func (p *parser) block(first token, label string) *Block {
	p.enter(first)
	defer p.leave()
	p.push(label, false)
	defer p.pop()
	b := &Block{Label: label}
	if p.accept("declare") {
		p.declarations()
		b.Decls = p.scope.Decls
	}
	begin := p.expect("begin")
	b.Body = p.statements()
	if p.accept("exception") {
		p.handlers(b)
	}
	p.expect("end")
	p.endLabel(label)
	b.Pos = p.at(first)
	// Like the server, count a block from its BEGIN.
	b.Line = p.line(begin.start)
	return b
}

func (p *parser) handlers(b *Block) {
	caught := []*Decl{
		{Name: "sqlstate", Type: "text", Constant: true, Implicit: true, Offset: -1},
		{Name: "sqlerrm", Type: "text", Constant: true, Implicit: true, Offset: -1},
	}
	// They join the block's own names, so its label qualifies them too.
	p.push(b.Label, false)
	defer p.pop()
	p.scope.Decls = caught
	if !p.peek().keyword("when") {
		p.syntax(p.peek())
	}
	for p.peek().keyword("when") {
		h := &Handler{Line: p.line(p.next().start), Decls: caught}
		h.Conditions = append(h.Conditions, p.condition())
		for p.accept("or") {
			h.Conditions = append(h.Conditions, p.condition())
		}
		p.expect("then")
		h.Body = p.statements()
		b.Handlers = append(b.Handlers, h)
	}
}

// condition is a condition name of a handler, or SQLSTATE 'xxxxx'.
func (p *parser) condition() string {
	word, t := p.name()
	if word == "sqlstate" {
		return p.sqlstate()
	}
	if word != "others" && conditions[word] == nil {
		p.fail(t, "unrecognized exception condition %q", word)
	}
	return word
}

func (p *parser) sqlstate() string {
	t := p.next()
	if t.kind != str {
		p.syntax(t)
	}
	if len(t.word) != 5 || strings.Trim(t.word, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		p.unexpected(t, "invalid SQLSTATE code")
	}
	return t.word
}

func (p *parser) declarations() {
	for !p.peek().keyword("begin") {
		if p.accept("declare") {
			continue
		}
		if t := p.peek(); t.symbol("<<") {
			p.fail(t, "block label must be placed before DECLARE, not after")
		}
		p.declaration()
	}
}

func (p *parser) declaration() {
	word, t := p.name()
	for _, d := range p.scope.Decls {
		if d.Name == word {
			p.unexpected(t, "duplicate declaration")
		}
	}
	d := &Decl{Name: word, Line: p.line(t.start), Offset: t.start}
	switch {
	case p.peek().keyword("alias") && p.ahead(1).keyword("for"):
		p.pos += 2
		p.alias(d)
	case p.peek().keyword("cursor"), p.peek().keyword("scroll") && p.ahead(1).keyword("cursor"),
		p.peek().keyword("no") && p.ahead(1).keyword("scroll"):
		p.cursorDeclaration(d)
	default:
		p.variable(d)
	}
	p.scope.Decls = append(p.scope.Decls, d)
}

func (p *parser) alias(d *Decl) {
	t := p.peek()
	parts := p.dotted()
	target, rest := p.scope.Lookup(parts...)
	if target == nil || len(rest) > 0 {
		p.fail(t, "variable %q does not exist", strings.Join(parts, "."))
	}
	p.expect(";")
	d.Kind, d.Alias = Alias, target
}

func (p *parser) cursorDeclaration(d *Decl) {
	p.accept("no")
	p.accept("scroll")
	p.expect("cursor")
	d.Kind, d.Type = Cursor, "refcursor"
	if p.accept("(") {
		for {
			word, t := p.name()
			param := &Decl{Name: word, Line: p.line(t.start), Offset: t.start}
			param.Type = p.datatype()
			param.Kind = kindOf(param.Type)
			d.Params = append(d.Params, param)
			if !p.accept(",") {
				break
			}
		}
		p.expect(")")
	}
	if !p.accept("for") {
		p.expect("is")
	}
	q := p.fragment(Statement, ";")
	d.Query = &q
	p.expect(";")
}

func (p *parser) variable(d *Decl) {
	d.Constant = p.accept("constant")
	d.Type = p.datatype()
	d.Kind = kindOf(d.Type)
	if p.accept("collate") {
		p.dotted()
	}
	not := p.peek()
	if p.accept("not") {
		p.expect("null")
		d.NotNull = true
	}
	if t := p.peek(); t.assigns() || t.keyword("default") {
		p.next()
		e := p.fragment(Expr, ";")
		d.Default = &e
	}
	p.expect(";")
	if d.NotNull && d.Default == nil {
		p.fail(not, "variable %q must have a default value, since it's declared NOT NULL", d.Name)
	}
}
