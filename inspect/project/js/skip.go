package js

import (
	"slices"

	lexer "github.com/tdewolff/parse/v2/js"
)

// comma is the next comma that is not within brackets, or the end.
func (s *Script) comma(i, end int) int {
	for ; i < end; i++ {
		if s.at(i).kind == lexer.CommaToken {
			return i
		}
		if opens(s.at(i).kind) {
			i = max(s.skip(i)-1, i)
		}
	}
	return end
}

// skip is the token behind a bracket's other half.
func (s *Script) skip(open int) int {
	depth := 0
	for i := open; i < len(s.tokens); i++ {
		switch {
		case opens(s.tokens[i].kind):
			depth++
		case closes(s.tokens[i].kind):
			depth--
		}
		if depth <= 0 {
			return i + 1
		}
	}
	return len(s.tokens)
}

// skipType is the token behind a type such as `const`, `Set<string>` or
// `readonly string[]`.
func (s *Script) skipType(i int) int {
	words := []lexer.TokenType{lexer.DotToken, lexer.LtToken, lexer.GtToken, lexer.BitOrToken, lexer.StringToken}
	for i < len(s.tokens) {
		t := s.tokens[i]
		switch {
		case t.newline && lexer.IsIdentifierName(t.kind):
			return i
		case t.kind == lexer.OpenBracketToken:
			i = s.skip(i)
		case lexer.IsIdentifierName(t.kind) || slices.Contains(words, t.kind):
			i++
		default:
			return i
		}
	}
	return i
}
