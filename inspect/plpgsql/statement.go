package plpgsql

import "strings"

// statement reads a SQL statement standing by itself, with INTO in it.
func (p *parser) statement() Stmt {
	first := p.peek()
	s := &SQL{Text: Fragment{Offset: first.start, Form: Statement}}
	var before token
	var cut, back int
	into := false
	var end terminator
	for ; ; p.pos++ {
		t := p.peek()
		if end.at(t) {
			break
		}
		switch {
		case t.kind == eof:
			p.unexpected(t, "unexpected end of function definition")
		case !t.keyword("into"), before.keyword("insert"), before.keyword("merge"), first.keyword("import"):
			before = t
			continue
		case into:
			p.unexpected(t, "INTO specified more than once")
		}
		into, cut = true, t.start
		p.next()
		s.Strict = p.accept("strict")
		s.Into = p.targets()
		back = p.peek().start
		before = p.last()
		p.pos--
	}
	s.Pos = p.at(first)
	text := p.body[first.start:s.End]
	if into {
		back = min(back, s.End)
		text = p.body[first.start:cut] + blank(p.body[cut:back]) + p.body[back:s.End]
		text = strings.TrimRight(text, " \t\r\n\f")
	}
	s.Text.Text = text
	p.fragments = append(p.fragments, s.Text)
	p.expect(";")
	return s
}

// blank is as many spaces as bytes, with the line breaks kept.
func blank(s string) string {
	b := []byte(s)
	for i := range b {
		if b[i] != '\n' {
			b[i] = ' '
		}
	}
	return string(b)
}

// A terminator finds the semicolon that ends a SQL statement: not one inside
// parentheses, as in CREATE RULE, nor one inside BEGIN ATOMIC … END of a
// routine (make_execsql_stmt in pl_gram.y).
type terminator struct {
	begun   []string // the first words, at most four
	parens  int
	begins  int
	routine bool
}

// at reports whether the token ends the statement; it is given each in turn.
func (e *terminator) at(t token) bool {
	if len(e.begun) < 4 && !e.routine {
		e.begun = append(e.begun, t.word)
		switch strings.Join(e.begun, " ") {
		case "create function", "create procedure", "create or replace function", "create or replace procedure":
			e.routine = !t.quoted
		}
	}
	switch {
	case t.symbol("("):
		e.parens++
	case t.symbol(")") && e.parens > 0:
		e.parens--
	case t.symbol(";"):
		return e.parens == 0 && e.begins == 0
	case !e.routine || e.parens > 0:
	case t.keyword("begin"), t.keyword("case") && e.begins > 0:
		e.begins++
	case t.keyword("end") && e.begins > 0:
		e.begins--
	}
	return false
}
