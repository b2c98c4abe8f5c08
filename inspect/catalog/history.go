package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// A History is the table in which the Supabase CLI notes the migrations that it
// has applied.
type History struct {
	Applied []Applied // in order of version
}

// An Applied is a migration that was applied. Name and Digest are "" when the
// table does not keep them.
type Applied struct {
	Version string
	Name    string
	Digest  string // of its statements, see Digest
}

// Digest stands for the text of a migration, which may hold secrets. Two texts
// have the same digest when they differ in nothing but comments, white space
// and semicolons between statements: how a tool cut the file into statements
// leaves no trace.
func Digest(statements ...string) string {
	h := sha256.New()
	for _, s := range statements {
		for s != "" {
			n, kept := lexeme(s)
			if kept {
				// A line break within a quote may have been changed on its way.
				h.Write([]byte(strings.ReplaceAll(s[:n], "\r\n", "\n") + "\x00"))
			}
			s = s[n:]
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// lexeme is the length of what a text begins with: a word, a quote, a sign,
// or something that says nothing (PostgreSQL docs 4.1).
func lexeme(s string) (n int, kept bool) {
	switch c := s[0]; {
	case c == ';' || c == ' ' || c >= '\t' && c <= '\r' || strings.HasPrefix(s, "\ufeff"):
		if c == 0xEF {
			return len("\ufeff"), false
		}
		return 1, false
	case strings.HasPrefix(s, "--"):
		return through(s, 2, "\n"), false
	case strings.HasPrefix(s, "/*"):
		return comment(s), false
	case c == '\'':
		return quoted(s, 0, false), true
	case (c == 'e' || c == 'E') && strings.HasPrefix(s[1:], "'"):
		return quoted(s, 1, true), true
	case c == '"':
		return through(s, 1, `"`), true
	case c == '$':
		if tag := dollarTag(s); tag != "" {
			return through(s, len(tag), tag), true
		}
		return 1, true
	case wordByte(c):
		for n < len(s) && (wordByte(s[n]) || s[n] == '$') {
			n++
		}
		return n, true
	}
	return 1, true
}

func wordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}

// through is the place behind the next end, which is searched from a place on.
func through(s string, from int, end string) int {
	if i := strings.Index(s[from:], end); i >= 0 {
		return from + i + len(end)
	}
	return len(s)
}

// comment is the length of a block comment, which nests.
func comment(s string) int {
	depth := 0
	for i := 0; i+1 < len(s); i++ {
		switch s[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			i++
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// quoted is the place behind the quote that opens at a place. Of two quotes
// that stand for one, each is the end of a string: together they are the same.
func quoted(s string, open int, escapes bool) int {
	for i := open + 1; i < len(s); i++ {
		switch {
		case s[i] == '\'':
			return i + 1
		case s[i] == '\\' && escapes:
			i++
		}
	}
	return len(s)
}

// dollarTag is the tag that a dollar-quoted string begins with, "" when the
// dollar is something else.
func dollarTag(s string) string {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '$':
			return s[:i+1]
		case !wordByte(s[i]) || i == 1 && s[i] >= '0' && s[i] <= '9':
			return ""
		}
	}
	return ""
}
