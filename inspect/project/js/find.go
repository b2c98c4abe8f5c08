package js

import (
	"strings"

	lexer "github.com/tdewolff/parse/v2/js"

	"policylint/inspect/catalog"
)

// Header finds the values that a header is given, by any of
//
//	{key: 'Name', value: …}    'Name': …    f('Name', …)
func (s *Script) Header(name string) []Value {
	var out []Value
	for i, t := range s.tokens {
		if t.kind != lexer.StringToken || !strings.EqualFold(t.unquote(), name) {
			continue
		}
		switch before, after := s.at(i-1), s.at(i+1); {
		case after.kind == lexer.ColonToken && before.kind != lexer.QuestionToken,
			after.kind == lexer.CommaToken && before.kind == lexer.OpenParenToken:
			out = append(out, s.value(i+2))
		case before.kind == lexer.ColonToken && s.name(i-2) == "key":
			if v := s.sibling(i, "value"); v >= 0 {
				out = append(out, s.value(v))
			}
		}
	}
	return out
}

// sibling is where the value of a field begins that stands in the same object
// as a token; -1 when there is none.
func (s *Script) sibling(i int, name string) int {
	start := i
	for depth := 0; start >= 0; start-- {
		if closes(s.tokens[start].kind) {
			depth++
		} else if opens(s.tokens[start].kind) {
			if depth--; depth < 0 {
				break
			}
		}
	}
	depth := 0
	for j := start + 1; j < len(s.tokens); j++ {
		switch t := s.tokens[j]; {
		case opens(t.kind):
			depth++
		case closes(t.kind):
			if depth--; depth < 0 {
				return -1
			}
		case depth == 0 && s.name(j) == name && s.at(j+1).kind == lexer.ColonToken:
			return j + 2
		}
	}
	return -1
}

// name is a token as the name of a field, "" when it cannot be one.
func (s *Script) name(i int) string {
	switch t := s.at(i); {
	case t.kind == lexer.StringToken:
		return t.unquote()
	case lexer.IsIdentifierName(t.kind):
		return t.text
	}
	return ""
}

// Named finds the values of constants and fields whose name fits, in order.
func (s *Script) Named(fits func(string) bool) []Value {
	var out []Value
	for i := range s.tokens {
		name := s.name(i)
		if name == "" || !fits(name) {
			continue
		}
		switch before := s.at(i - 1); {
		case before.kind == lexer.ConstToken:
			if eq := s.afterType(i + 1); s.at(eq).kind == lexer.EqToken {
				out = append(out, s.value(eq+1))
			}
		case (before.kind == lexer.CommaToken || before.kind == lexer.OpenBraceToken) && s.at(i+1).kind == lexer.ColonToken:
			out = append(out, s.value(i+2))
		}
	}
	return out
}

// Literals finds every text that is written out and fits, with the constants
// and calls around it that are understood.
func (s *Script) Literals(fits func(string) bool) []Value {
	var out []Value
	for i, t := range s.tokens {
		switch t.kind {
		case lexer.StringToken, lexer.TemplateToken, lexer.TemplateStartToken:
		default:
			continue
		}
		if fits(t.unquote()) {
			out = append(out, s.value(i))
		}
	}
	return out
}

// span is from one token to before another.
func (s *Script) span(from, to int) catalog.Origin {
	return s.lines.At(s.at(from).from, s.at(max(to-1, from)).to)
}
