package plpgsql

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// quotedLen is the length of the quoted text that s begins with, the quotes
// included; a doubled quote does not end it.
func quotedLen(s string) int {
	for i := 1; i < len(s); i++ {
		if s[i] != s[0] {
			continue
		}
		if i+1 < len(s) && s[i+1] == s[0] {
			i++
			continue
		}
		return i + 1
	}
	return len(s)
}

// unquoteName is the name that an identifier token stands for.
func unquoteName(text string) (word string, quoted bool) {
	switch {
	case strings.HasPrefix(text, `"`):
		return clip(strings.ReplaceAll(text[1:len(text)-1], `""`, `"`)), true
	case len(text) > 3 && text[1] == '&':
		return clip(unescape(strings.ReplaceAll(text[3:len(text)-1], `""`, `"`), "u")), true
	}
	return fold(text), false
}

// unquoteString is the value of a string literal in any of its spellings, but
// for UESCAPE.
func unquoteString(text string) string {
	if strings.HasPrefix(text, "$") {
		n := strings.Index(text[1:], "$") + 2
		return text[n : len(text)-n]
	}
	prefix, rest, ok := strings.Cut(text, "'")
	if !ok {
		return text
	}
	// A literal goes on in the next line: 'a' newline 'b'.
	var b strings.Builder
	for rest = "'" + rest; strings.HasPrefix(rest, "'"); {
		n := literalLen(rest, strings.EqualFold(prefix, "e"))
		b.WriteString(rest[1:max(n-1, 1)])
		rest = strings.TrimLeft(rest[n:], " \t\r\n\f")
	}
	value := b.String()
	switch strings.ToLower(prefix) {
	case "e":
		return unescape(value, "e")
	case "u&":
		return unescape(strings.ReplaceAll(value, "''", "'"), "u")
	}
	return strings.ReplaceAll(value, "''", "'")
}

// literalLen is quotedLen where a backslash can hide a quote.
func literalLen(s string, escapes bool) int {
	if !escapes {
		return quotedLen(s)
	}
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] == '\'' && i+1 < len(s) && s[i+1] == '\'':
			i++
		case s[i] == '\'':
			return i + 1
		}
	}
	return len(s)
}

// unescape resolves the backslashes of E'…' (style e) or U&'…' (style u).
func unescape(s, style string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		c := s[i]
		i++
		switch {
		case style == "e" && c == '\'' && i < len(s) && s[i] == '\'':
			b.WriteByte('\'')
			i++
		case c != '\\' || i == len(s):
			b.WriteByte(c)
		case style == "e":
			i += unescapeOne(&b, s[i:])
		case s[i] == '\\':
			b.WriteByte('\\')
			i++
		case s[i] == '+':
			i += 1 + code(&b, s[i+1:], 16, 6)
		default:
			i += code(&b, s[i:], 16, 4)
		}
	}
	return b.String()
}

// unescapeOne writes what the escape behind a backslash stands for and returns
// its length.
func unescapeOne(b *strings.Builder, s string) int {
	if i := strings.IndexByte("bfnrt", s[0]); i >= 0 {
		b.WriteByte("\b\f\n\r\t"[i])
		return 1
	}
	switch {
	case s[0] == 'u':
		return 1 + code(b, s[1:], 16, 4)
	case s[0] == 'U':
		return 1 + code(b, s[1:], 16, 8)
	case s[0] == 'x':
		return 1 + octet(b, s[1:], 16, 2)
	case '0' <= s[0] && s[0] <= '7':
		return octet(b, s, 8, 3)
	}
	_, n := utf8.DecodeRuneInString(s)
	b.WriteString(s[:n])
	return n
}

func code(b *strings.Builder, s string, base, most int) int {
	n, v := digits(s, base, most)
	if n > 0 {
		b.WriteRune(rune(v))
	}
	return n
}

func octet(b *strings.Builder, s string, base, most int) int {
	n, v := digits(s, base, most)
	if n > 0 {
		b.WriteByte(byte(v))
	}
	return n
}

func digits(s string, base, most int) (n int, v uint64) {
	for n < most && n < len(s) {
		if _, err := strconv.ParseUint(s[n:n+1], base, 8); err != nil {
			break
		}
		n++
	}
	v, _ = strconv.ParseUint(s[:n], base, 32)
	return n, v
}
