// Package js reads what is written out in JavaScript and TypeScript: texts,
// lists and objects, and the names of constants that hold them. Nothing is run;
// what would have to be is unknown. JSON is read too, being a part of the
// language.
package js

import (
	"errors"
	"io"
	"strings"

	"github.com/tdewolff/parse/v2"
	lexer "github.com/tdewolff/parse/v2/js"

	"policylint/inspect/catalog"
	"policylint/inspect/project/place"
)

// A Script is a file cut into tokens.
type Script struct {
	lines  *place.Lines
	tokens []token
	consts map[string][]int // where the value of each declared name begins; -1 when it is not a constant
	read   map[int]Value    // values of constants, by where they begin
	left   int              // steps until the file is too much
}

// token is one that is neither blank nor comment.
type token struct {
	kind     lexer.TokenType
	text     string
	from, to int
	newline  bool // a line break stands before it
}

// A Fault is a place that no token begins at.
type Fault struct {
	Message string
	Origin  catalog.Origin
}

// maxTokens is the length above which a file is a machine's work, not a
// person's configuration.
const maxTokens = 200_000

// Read cuts a text into tokens. The tokeniser does not know types, but
// TypeScript's stand between tokens that it does know.
func Read(file string, text []byte) (*Script, *Fault) {
	s := &Script{lines: place.New(file, text), consts: map[string][]int{}, read: map[int]Value{}, left: 1_000_000}
	l := lexer.NewLexer(parse.NewInputBytes(append([]byte(nil), s.lines.Text...)))
	newline, at := false, 0
	for {
		kind, raw := l.Next()
		if (kind == lexer.DivToken || kind == lexer.DivEqToken) && s.operandNext() {
			kind, raw = l.RegExp()
		}
		from := at
		at += len(raw)
		switch kind {
		case lexer.ErrorToken:
			if errors.Is(l.Err(), io.EOF) {
				s.declarations()
				return s, nil
			}
			return nil, &Fault{"no token begins here", s.lines.At(from, from+1)}
		case lexer.WhitespaceToken, lexer.CommentToken:
			continue
		case lexer.LineTerminatorToken, lexer.CommentLineTerminatorToken:
			newline = true
			continue
		}
		if len(s.tokens) == maxTokens {
			return nil, &Fault{"the file is too long to have been written by hand", s.lines.At(from, from)}
		}
		s.tokens = append(s.tokens, token{kind, string(raw), from, at, newline})
		newline = false
	}
}

// operandNext reports whether a value must come next, so that a slash begins a
// regular expression.
func (s *Script) operandNext() bool {
	if len(s.tokens) == 0 {
		return true
	}
	switch t := s.tokens[len(s.tokens)-1]; {
	case t.kind == lexer.CloseParenToken, t.kind == lexer.CloseBracketToken, t.kind == lexer.CloseBraceToken,
		t.kind == lexer.StringToken, t.kind == lexer.TemplateToken, t.kind == lexer.TemplateEndToken, t.kind == lexer.RegExpToken,
		lexer.IsNumeric(t.kind), lexer.IsIdentifier(t.kind), t.kind == lexer.ThisToken, t.kind == lexer.SuperToken,
		t.kind == lexer.NullToken, t.kind == lexer.TrueToken, t.kind == lexer.FalseToken,
		t.kind == lexer.IncrToken, t.kind == lexer.DecrToken:
		return false
	}
	return true
}

// declarations finds the names that are declared, and where their values are.
func (s *Script) declarations() {
	for i, t := range s.tokens {
		switch t.kind {
		case lexer.ConstToken, lexer.LetToken, lexer.VarToken:
		default:
			continue
		}
		if !lexer.IsIdentifier(s.at(i + 1).kind) {
			continue
		}
		name, value := s.tokens[i+1].text, s.afterType(i+2)
		if t.kind != lexer.ConstToken || s.at(value).kind != lexer.EqToken {
			value = -2
		}
		s.consts[name] = append(s.consts[name], value+1)
	}
}

// afterType skips a type annotation, and is where = should stand.
func (s *Script) afterType(i int) int {
	if s.at(i).kind != lexer.ColonToken {
		return i
	}
	for depth := 0; i < len(s.tokens); i++ {
		switch t := s.tokens[i]; {
		case opens(t.kind) || t.kind == lexer.LtToken:
			depth++
		case closes(t.kind) || t.kind == lexer.GtToken:
			depth--
		case depth == 0 && (t.kind == lexer.EqToken || t.kind == lexer.SemicolonToken):
			return i
		}
	}
	return i
}

// at is a token, the zero one behind the last.
func (s *Script) at(i int) token {
	if i < 0 || i >= len(s.tokens) {
		return token{}
	}
	return s.tokens[i]
}

func opens(k lexer.TokenType) bool {
	return k == lexer.OpenParenToken || k == lexer.OpenBracketToken || k == lexer.OpenBraceToken || k == lexer.TemplateStartToken
}

func closes(k lexer.TokenType) bool {
	return k == lexer.CloseParenToken || k == lexer.CloseBracketToken || k == lexer.CloseBraceToken || k == lexer.TemplateEndToken
}

// is reports whether a token is a word, reserved or not.
func (t token) is(word string) bool { return t.text == word && t.kind != lexer.StringToken }

// unquote is the text of a literal without what stands around it.
func (t token) unquote() string {
	text := t.text
	switch t.kind {
	case lexer.StringToken, lexer.TemplateToken:
		text = text[1 : len(text)-1]
	case lexer.TemplateStartToken, lexer.TemplateMiddleToken:
		text = text[1 : len(text)-2]
	case lexer.TemplateEndToken:
		text = text[1 : len(text)-1]
	}
	if strings.Contains(text, `\`) {
		text = unescape(text)
	}
	return text
}
