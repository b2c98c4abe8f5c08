package source

import (
	"strings"
)

// A lexer walks over tokens as PostgreSQL's scanner cuts them (PostgreSQL docs
// 4.1), without making any: only kind and span.
type lexer struct {
	text string
	pos  int
	// comment is called for each -- comment.
	comment func(start, end int)
}

// A token is one lexeme.
type token struct {
	kind       tokenKind
	start, end int
}

type tokenKind uint8

const (
	eof    tokenKind = iota
	word             // identifier or key word, unquoted
	quoted           // "identifier"
	str              // string constant of any form
	number
	symbol       // one byte of anything else
	unterminated // a quote or comment that the text ends in
)

// next skips white space and comments and returns the token behind them.
func (l *lexer) next() token {
	if open, ok := l.trivia(); !ok {
		return token{unterminated, open, len(l.text)}
	}
	start := l.pos
	if start == len(l.text) {
		return token{eof, start, start}
	}
	switch c := l.text[start]; {
	case c == '\'':
		return l.quote(start, start, '\'', false)
	case c == '"':
		t := l.quote(start, start, '"', false)
		if t.kind == str {
			t.kind = quoted
		}
		return t
	case c == '$':
		return l.dollar(start)
	case wordStart(c):
		return l.word(start)
	case c >= '0' && c <= '9', c == '.' && start+1 < len(l.text) && digit(l.text[start+1]):
		return l.number(start)
	}
	l.pos = start + 1
	return token{symbol, start, l.pos}
}

// trivia skips white space and comments. It returns false and the place of a
// comment that does not end.
func (l *lexer) trivia() (int, bool) {
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; {
		case c == ' ' || c >= '\t' && c <= '\r':
			l.pos++
		case c == '-' && strings.HasPrefix(l.text[l.pos:], "--"):
			start := l.pos
			if n := strings.IndexAny(l.text[start:], "\r\n"); n >= 0 {
				l.pos = start + n
			} else {
				l.pos = len(l.text)
			}
			if l.comment != nil {
				l.comment(start, l.pos)
			}
		case c == '/' && strings.HasPrefix(l.text[l.pos:], "/*"):
			start := l.pos
			if !l.block() {
				return start, false
			}
		default:
			return 0, true
		}
	}
	return 0, true
}

// block skips a /* comment */, which nests.
func (l *lexer) block() bool {
	depth := 0
	for i := l.pos; i < len(l.text)-1; i++ {
		switch l.text[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			i++
			if depth--; depth == 0 {
				l.pos = i + 1
				return true
			}
		}
	}
	l.pos = len(l.text)
	return false
}

// quote reads from an opening quote to the closing one; doubled quotes are
// part of it, and with escapes what follows a backslash.
func (l *lexer) quote(start, open int, q byte, escapes bool) token {
	for i := open + 1; i < len(l.text); i++ {
		n := strings.IndexByte(l.text[i:], q)
		if n < 0 {
			break
		}
		if escapes {
			if b := strings.IndexByte(l.text[i:i+n], '\\'); b >= 0 {
				i += b + 1
				continue
			}
		}
		i += n
		if i+1 < len(l.text) && l.text[i+1] == q {
			i++
			continue
		}
		l.pos = i + 1
		return token{str, start, l.pos}
	}
	l.pos = len(l.text)
	return token{unterminated, start, l.pos}
}

// dollar reads a dollar-quoted string, a parameter or a lone dollar.
func (l *lexer) dollar(start int) token {
	i := start + 1
	for i < len(l.text) && wordPart(l.text[i]) && l.text[i] != '$' {
		i++
	}
	l.pos = i
	if i == len(l.text) || l.text[i] != '$' || digit(l.text[start+1]) {
		if i == start+1 {
			return token{symbol, start, i}
		}
		return token{number, start, i}
	}
	tag := l.text[start : i+1]
	n := strings.Index(l.text[i+1:], tag)
	if n < 0 {
		l.pos = len(l.text)
		return token{unterminated, start, l.pos}
	}
	l.pos = i + 1 + n + len(tag)
	return token{str, start, l.pos}
}

// word reads an identifier, or a string constant that a letter introduces.
func (l *lexer) word(start int) token {
	i := start + 1
	if i < len(l.text) {
		switch c := l.text[i]; {
		case c == '\'' && strings.IndexByte("eE", l.text[start]) >= 0:
			return l.quote(start, i, '\'', true)
		case c == '\'' && strings.IndexByte("bBxXnN", l.text[start]) >= 0:
			return l.quote(start, i, '\'', false)
		case c == '&' && strings.IndexByte("uU", l.text[start]) >= 0 && i+1 < len(l.text):
			switch l.text[i+1] {
			case '\'':
				return l.quote(start, i+1, '\'', false)
			case '"':
				t := l.quote(start, i+1, '"', false)
				if t.kind == str {
					t.kind = quoted
				}
				return t
			}
		}
	}
	for i < len(l.text) && wordPart(l.text[i]) {
		i++
	}
	l.pos = i
	return token{word, start, i}
}

func (l *lexer) number(start int) token {
	i := start + 1
	for i < len(l.text) && (wordPart(l.text[i]) || l.text[i] == '.' ||
		(l.text[i] == '-' || l.text[i] == '+') && l.text[i-1]|0x20 == 'e' && l.text[start] != '0') {
		i++
	}
	l.pos = i
	return token{number, start, i}
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func wordStart(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= 0x80 }

func wordPart(c byte) bool { return wordStart(c) || digit(c) || c == '$' }

// is reports whether the token is this key word, given in lower case.
func (l *lexer) is(t token, w string) bool {
	return t.kind == word && t.end-t.start == len(w) && strings.EqualFold(l.text[t.start:t.end], w)
}

// ident is the name that an identifier token stands for.
func (l *lexer) ident(t token) (string, bool) {
	s := l.text[t.start:t.end]
	switch {
	case t.kind == word:
		return clip(strings.ToLower(s)), true
	case t.kind == quoted && s[0] == '"':
		return clip(strings.ReplaceAll(s[1:len(s)-1], `""`, `"`)), true
	}
	return "", false
}

// clip cuts a name to the 63 bytes that PostgreSQL keeps, at a character.
func clip(s string) string {
	if len(s) <= 63 {
		return s
	}
	n := 63
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
