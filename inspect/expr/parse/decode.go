package parse

import (
	"strconv"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// A decoder reads one JSON text. What it knows of the tree's types is in
// messages.go, which is generated.
type decoder struct {
	text  string
	pos   int
	sql   string // what the tree is of
	zeros int    // integers of which it is not known whether they are zero
}

func decode(text, sql string, tree *pg.ParseResult) error {
	d := &decoder{text: text, sql: sql}
	if !readParseResult(d, tree) || d.zeros > 0 && d.minus() {
		return errForm
	}
	return nil
}

// take reads one byte of punctuation.
func (d *decoder) take(c byte) bool {
	if d.pos < len(d.text) && d.text[d.pos] == c {
		d.pos++
		return true
	}
	return false
}

// key reads a key and the colon.
func (d *decoder) key() (string, bool) {
	if !d.take('"') {
		return "", false
	}
	start := d.pos
	for d.pos < len(d.text) && d.text[d.pos] != '"' { // keys are short: no call is worth it
		d.pos++
	}
	key := d.text[start:d.pos]
	return key, d.take('"') && d.take(':')
}

// object reads an object, and calls field for each key to read its value.
// False is for whatever does not fit.
func (d *decoder) object(field func(key string) bool) bool {
	if !d.take('{') {
		return false
	}
	if d.take('}') {
		return true
	}
	for {
		key, ok := d.key()
		if !ok || !field(key) {
			return false
		}
		if d.take('}') {
			return true
		}
		if !d.take(',') {
			return false
		}
	}
}

// list reads a list of messages.
func list[T any](d *decoder, into *[]*T, message func(*decoder, *T) bool) bool {
	if !d.take('[') {
		return false
	}
	if d.take(']') {
		return true
	}
	out := make([]*T, 0, 4)
	for {
		m := new(T)
		if !message(d, m) {
			return false
		}
		out = append(out, m)
		if d.take(']') {
			*into = out
			return true
		}
		if !d.take(',') {
			return false
		}
	}
}

// one reads a message.
func one[T any](d *decoder, into **T, message func(*decoder, *T) bool) bool {
	*into = new(T)
	return message(d, *into)
}

// enum reads the name of an enum's value.
func enum[T ~int32](d *decoder, into *T, values map[string]int32) bool {
	if !d.take('"') {
		return false
	}
	n := strings.IndexByte(d.text[d.pos:], '"')
	if n < 0 {
		return false
	}
	v, ok := values[d.text[d.pos:d.pos+n]]
	*into = T(v)
	d.pos += n + 1
	return ok
}

// integer reads a whole number.
func integer[T int32 | int64 | uint32 | uint64](d *decoder, into *T) bool {
	start, n := d.pos, T(0)
	for d.pos < len(d.text) && d.text[d.pos] >= '0' && d.text[d.pos] <= '9' && d.pos-start < 9 {
		n = n*10 + T(d.text[d.pos]-'0')
		d.pos++
	}
	if d.pos > start && d.pos < len(d.text) && (d.text[d.pos] == ',' || d.text[d.pos] == '}') { // nearly always
		*into = n
		return true
	}
	d.pos = start
	for d.pos < len(d.text) && (d.text[d.pos] >= '0' && d.text[d.pos] <= '9' || d.text[d.pos] == '-') {
		d.pos++
	}
	if text := d.text[start:d.pos]; *into-1 > *into {
		n, err := strconv.ParseUint(text, 10, 64) // T has no sign
		*into = T(n)
		return err == nil
	} else {
		n, err := strconv.ParseInt(text, 10, 64)
		*into = T(n)
		return err == nil
	}
}

func (d *decoder) boolean(into *bool) bool {
	for _, word := range [...]string{"true", "false"} {
		if strings.HasPrefix(d.text[d.pos:], word) {
			d.pos += len(word)
			*into = word == "true"
			return true
		}
	}
	return false
}

// str reads a string. It is copied: what a catalog keeps of it must not keep
// the whole JSON text.
func (d *decoder) str(into *string) bool {
	if !d.take('"') {
		return false
	}
	rest := d.text[d.pos:]
	n := 0
	for n < len(rest) && rest[n] != '"' && rest[n] != '\\' {
		n++
	}
	if n == len(rest) {
		return false
	}
	if rest[n] == '"' {
		d.pos += n + 1
		*into = strings.Clone(rest[:n])
		return true
	}
	for n < len(rest) && rest[n] != '"' {
		if rest[n] == '\\' {
			n++
		}
		n++
	}
	if n >= len(rest) {
		return false
	}
	d.pos += n + 1
	text, ok := unescape(rest[:n])
	*into = text
	return ok
}

// unescape resolves the escapes that libpg_query writes.
func unescape(s string) (string, bool) {
	var b strings.Builder
	b.Grow(len(s))
	for {
		n := strings.IndexByte(s, '\\')
		if n < 0 {
			b.WriteString(s)
			return b.String(), true
		}
		b.WriteString(s[:n])
		if n+1 >= len(s) {
			return "", false
		}
		c := s[n+1]
		s = s[n+2:]
		switch c {
		case '"', '\\', '/':
			b.WriteByte(c)
		case 'b':
			b.WriteByte('\b')
		case 'f':
			b.WriteByte('\f')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'u':
			if len(s) < 4 {
				return "", false
			}
			r, err := strconv.ParseUint(s[:4], 16, 32)
			if err != nil || r >= 0xD800 && r < 0xE000 {
				return "", false
			}
			b.WriteRune(rune(r))
			s = s[4:]
		default:
			return "", false
		}
	}
}
