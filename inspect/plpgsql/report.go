package plpgsql

import "strings"

var (
	levels = words("exception warning notice info log debug")
	// raiseOptions and the diagnostics are those of PostgreSQL docs 43.9.1
	// and 43.5.5.
	raiseOptions = words("errcode message detail hint column constraint datatype table schema")
	currentItems = words("row_count pg_routine_oid pg_context")
	stackedItems = words(`pg_context pg_exception_detail pg_exception_hint pg_exception_context
		column_name constraint_name pg_datatype_name message_text table_name schema_name
		returned_sqlstate`)
)

func (p *parser) raise() Stmt {
	first := p.next()
	s := &Raise{Level: "exception"}
	if p.accept(";") {
		p.pos--
		s.Pos = p.finish(first)
		return s
	}
	if t := p.peek(); t.kind == name && !t.quoted && levels[t.word] {
		s.Level = p.next().word
	}
	switch t := p.peek(); {
	case t.keyword("using"):
	case t.kind == str:
		s.Message, s.HasMessage = p.next().word, true
		if p.accept(",") {
			s.Args = p.list(";", "using")
		}
	default:
		s.Condition = p.raised()
	}
	if p.accept("using") {
		s.Options = p.raiseOptions()
	}
	s.Pos = p.finish(first)
	if n := placeholders(s.Message); s.HasMessage && n < len(s.Args) {
		p.fail(first, "too many parameters specified for RAISE")
	} else if n > len(s.Args) {
		p.fail(first, "too few parameters specified for RAISE")
	}
	return s
}

// raised is the condition of RAISE, which knows no others.
func (p *parser) raised() string {
	word, t := p.name()
	if word == "sqlstate" {
		return p.sqlstate()
	}
	if d, _ := p.scope.Lookup(word); d != nil {
		p.syntax(t)
	}
	if conditions[word] == nil {
		p.fail(t, "unrecognized exception condition %q", word)
	}
	return word
}

func (p *parser) raiseOptions() []RaiseOption {
	var list []RaiseOption
	for {
		t := p.next()
		if t.kind != name || t.quoted || !raiseOptions[t.word] {
			p.unexpected(t, "unrecognized RAISE statement option")
		}
		if !p.next().assigns() {
			p.unexpected(p.last(), "syntax error, expected \"=\"")
		}
		list = append(list, RaiseOption{t.word, p.fragment(Expr, ",", ";")})
		if !p.accept(",") {
			return list
		}
	}
}

// placeholders counts the % of a RAISE message that are not %%.
func placeholders(message string) int {
	return strings.Count(strings.ReplaceAll(message, "%%", ""), "%")
}

func (p *parser) assert() Stmt {
	first := p.next()
	s := &Assert{Cond: p.fragment(Expr, ",", ";")}
	if p.accept(",") {
		m := p.fragment(Expr, ";")
		s.Message = &m
	}
	s.Pos = p.finish(first)
	return s
}

func (p *parser) diagnostics() Stmt {
	first := p.next()
	s := &GetDiagnostics{}
	if !p.acceptFree("current") {
		s.Stacked = p.acceptFree("stacked")
	}
	p.expectFree("diagnostics")
	for {
		at := p.peek()
		t := p.target()
		if t.record() || p.peek().symbol("[") {
			p.fail(at, "%q is not a scalar variable", t.Text)
		}
		if !p.next().assigns() {
			p.syntax(p.last())
		}
		item := p.next()
		switch {
		case item.kind != name || item.quoted || !currentItems[item.word] && !stackedItems[item.word]:
			p.unexpected(item, "unrecognized GET DIAGNOSTICS item")
		case s.Stacked && !stackedItems[item.word]:
			p.fail(first, "diagnostics item %s is not allowed in GET STACKED DIAGNOSTICS", strings.ToUpper(item.word))
		case !s.Stacked && !currentItems[item.word]:
			p.fail(first, "diagnostics item %s is not allowed in GET CURRENT DIAGNOSTICS", strings.ToUpper(item.word))
		}
		s.Items = append(s.Items, Diagnostic{t, item.word})
		if !p.accept(",") {
			break
		}
	}
	s.Pos = p.finish(first)
	return s
}
