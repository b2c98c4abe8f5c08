package plpgsql

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Parse decodes a body. The error is an *Error.
//
// One call costs one run of the SQL scanner over the body and one of the SQL
// parser over all its fragments together.
func Parse(src Source) (f *Function, err error) {
	body := src.Body
	switch {
	case len(body) > MaxBody:
		return nil, errorAt(body, MaxBody, fmt.Sprintf("the body is longer than %d bytes", MaxBody))
	case strings.IndexByte(body, 0) >= 0:
		return nil, errorAt(body, strings.IndexByte(body, 0), "the body holds a zero byte")
	case !utf8.ValidString(body):
		return nil, errorAt(body, invalid(body), "the body is not UTF-8")
	}
	tokens, bad := scan(body)
	if bad != nil {
		return nil, bad
	}
	p := &parser{src: src, body: body, tokens: tokens, lines: newLines(body)}
	p.rules(src)
	f = p.declare(src)
	p.scope = f.Scope()
	bad = p.run(f)
	// A malformed statement can mislead the parser about where it ends, so
	// the first bad fragment goes before what was stumbled over behind it.
	if e := check(body, p.fragments); e != nil {
		return nil, e
	}
	if bad != nil {
		return nil, bad
	}
	return f, nil
}

// run parses the whole body; the parser leaves it by panicking with an *Error.
func (p *parser) run(f *Function) (bad *Error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *Error:
			bad = e
		default:
			panic(e)
		}
	}()
	for p.peek().symbol("#") {
		f.Options = append(f.Options, p.option())
	}
	label := p.label()
	if !p.peek().keyword("declare") && !p.peek().keyword("begin") {
		p.syntax(p.peek())
	}
	f.Body = p.block(p.peek(), label)
	p.accept(";")
	if t := p.peek(); t.kind != eof {
		p.syntax(t)
	}
	return nil
}

// option is "#variable_conflict use_column" and the like.
func (p *parser) option() string {
	p.next()
	t := p.next()
	allowed := map[string]string{
		"option":              "dump",
		"print_strict_params": "on off",
		"variable_conflict":   "error use_variable use_column",
	}[t.word]
	if allowed == "" || t.quoted {
		p.syntax(t)
	}
	v := p.next()
	if v.quoted || v.kind != name || !words(allowed)[v.word] {
		p.syntax(v)
	}
	return t.word + " " + v.word
}

func invalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return 0
}
