package plpgsql

import "strconv"

// loop reads a loop of any kind; first is its label or its first word.
func (p *parser) loop(first token, label string) Stmt {
	p.enter(first)
	defer p.leave()
	p.push(label, true)
	defer p.pop()
	word := p.next()
	var s Stmt
	var body *[]Stmt
	var pos *Pos
	switch word.word {
	case "loop":
		l := &Loop{Label: label}
		s, body, pos = l, &l.Body, &l.Pos
		p.pos--
	case "while":
		w := &While{Label: label, Cond: p.fragment(Expr, "loop")}
		s, body, pos = w, &w.Body, &w.Pos
	case "foreach":
		f := p.foreach(label)
		s, body, pos = f, &f.Body, &f.Pos
	default:
		s, body, pos = p.forStmt(label)
	}
	p.expect("loop")
	*body = p.statements()
	p.expect("end")
	p.expect("loop")
	p.endLabel(label)
	*pos = p.finish(first)
	// Like the server, count a loop from its first word, not its label.
	pos.Line = p.line(word.start)
	return s
}

// A loopVar is what stands between FOR or FOREACH and IN: variables, or a
// single word that is none.
type loopVar struct {
	first   token
	targets []Target
	list    bool
}

func (p *parser) loopVar() loopVar {
	v := loopVar{first: p.peek()}
	parts, n := p.path()
	d, _ := p.scope.Lookup(parts...)
	if d == nil {
		word, t := p.name()
		if len(parts) > 1 || p.peek().symbol(",") {
			p.unknown(t, join(parts))
		}
		if !t.quoted && unreserved[word] {
			p.syntax(p.peek())
		}
		return v
	}
	if d.Resolve().Constant {
		// An integer or cursor loop hides it; any other loop refuses it.
		p.pos += n
		v.targets = []Target{{Name: d.Name, Decl: d, Text: join(parts), Offset: v.first.start}}
		return v
	}
	v.targets = p.targets()
	v.list = len(v.targets) > 1
	return v
}

// writable refuses loop variables that cannot be written.
func (p *parser) writable(v loopVar, unknown string) []Target {
	if v.targets == nil {
		p.fail(v.first, "%s", unknown)
	}
	if d := v.targets[0].Decl.Resolve(); d.Constant {
		p.fail(v.first, "variable %q is declared CONSTANT", d.Name)
	}
	return v.targets
}

func (p *parser) foreach(label string) *ForEach {
	v := p.loopVar()
	f := &ForEach{Label: label}
	if p.acceptFree("slice") {
		t := p.next()
		n, err := strconv.ParseInt(t.text, 0, 32)
		if t.kind != number || err != nil {
			p.syntax(t)
		}
		f.Slice = int(n)
	}
	p.expect("in")
	p.expectFree("array")
	f.Array = p.fragment(Expr, "loop")
	f.Vars = p.writable(v, "loop variable of FOREACH must be a known variable or list of variables")
	return f
}

const notRows = "loop variable of loop over rows must be a record variable or list of scalar variables"

func (p *parser) forStmt(label string) (Stmt, *[]Stmt, *Pos) {
	v := p.loopVar()
	p.expect("in")
	if p.accept("execute") {
		f := &ForDynamic{Label: label, Query: p.fragment(Expr, "loop", "using")}
		f.Vars = p.writable(v, notRows)
		f.Using = p.using("loop")
		return f, &f.Body, &f.Pos
	}
	if f := p.forCursor(v, label); f != nil {
		return f, &f.Body, &f.Pos
	}
	reverse := p.peek()
	backward := p.accept("reverse")
	start := p.fragment(Statement, "..", "loop")
	if !p.accept("..") {
		if backward {
			p.fail(reverse, "cannot specify REVERSE in query FOR loop")
		}
		f := &ForQuery{Label: label, Query: start}
		f.Vars = p.writable(v, notRows)
		return f, &f.Body, &f.Pos
	}
	start.Form = Expr
	p.fragments[len(p.fragments)-1].Form = Expr
	f := &ForInt{Label: label, Lower: start, Reverse: backward}
	f.Upper = p.fragment(Expr, "loop", "by")
	if p.accept("by") {
		step := p.fragment(Expr, "loop")
		f.Step = &step
	}
	if v.list {
		p.fail(v.first, "integer FOR loop must have only one target variable")
	}
	f.Var = p.private(v, "integer", Var)
	return f, &f.Body, &f.Pos
}

// private declares the variable that a loop makes for itself.
func (p *parser) private(v loopVar, typ string, kind DeclKind) *Decl {
	word := v.first.word
	if v.targets != nil {
		word = v.targets[0].Text
		if len(v.targets[0].Path) == 0 {
			word = v.targets[0].Name
		}
	}
	d := &Decl{Name: word, Type: typ, Kind: kind, Implicit: true, Line: p.line(v.first.start), Offset: v.first.start}
	p.scope.Decls = append(p.scope.Decls, d)
	return d
}

// forCursor reads FOR … IN cursor, nil when no cursor comes next.
func (p *parser) forCursor(v loopVar, label string) *ForCursor {
	parts, _ := p.path()
	d, rest := p.scope.Lookup(parts...)
	if p.peek().kind != name || d == nil || len(rest) > 0 || d.Resolve().Kind != Cursor {
		return nil
	}
	first := p.peek()
	if v.list {
		p.fail(v.first, "cursor FOR loop must have only one target variable")
	}
	if d.Resolve().Query == nil {
		p.fail(first, "cursor FOR loop must use a bound cursor variable")
	}
	f := &ForCursor{Label: label, Cursor: p.cursor()}
	f.Args = p.cursorArgs(f.Cursor)
	f.Var = p.private(v, "record", Record)
	return f
}
