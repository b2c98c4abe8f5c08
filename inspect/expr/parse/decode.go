package parse

import (
	"reflect"
	"strconv"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// A decoder reads one JSON text.
type decoder struct {
	text  string
	pos   int
	sql   string // what the tree is of
	zeros int    // integers of which it is not known whether they are zero
}

func decode(text, sql string, tree *pg.ParseResult) error {
	d := decoder{text: text, sql: sql}
	if !d.message(reflect.ValueOf(tree).Elem(), planOf(reflect.TypeFor[pg.ParseResult]())) || d.zeros > 0 && d.minus() {
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

// message reads an object into a message. False is for whatever does not fit.
func (d *decoder) message(into reflect.Value, p *plan) bool {
	if !d.take('{') {
		return false
	}
	if d.take('}') {
		return !p.repaired || d.repair(into.Addr().Interface())
	}
	for {
		key, ok := d.key()
		if !ok {
			return false
		}
		f := p.fields[key]
		if f == nil || !d.field(into, f) {
			return false
		}
		if d.take('}') {
			return !p.repaired || d.repair(into.Addr().Interface())
		}
		if !d.take(',') {
			return false
		}
	}
}

// key reads a key and the colon.
func (d *decoder) key() (string, bool) {
	if !d.take('"') {
		return "", false
	}
	n := strings.IndexByte(d.text[d.pos:], '"')
	if n < 0 {
		return "", false
	}
	key := d.text[d.pos : d.pos+n]
	d.pos += n + 1
	return key, d.take(':')
}

func (d *decoder) field(into reflect.Value, f *field) bool {
	v := into.Field(f.index)
	if f.wrapper == nil {
		return d.value(v, f)
	}
	w := reflect.New(f.wrapper)
	if !d.value(w.Elem().Field(0), f) {
		return false
	}
	v.Set(w)
	return true
}

func (d *decoder) value(v reflect.Value, f *field) bool {
	switch f.kind {
	case reflect.Pointer:
		m := reflect.New(f.message)
		v.Set(m)
		return d.message(m.Elem(), f.messagePlan())
	case reflect.Slice:
		return d.list(v, f)
	case reflect.String:
		s, ok := d.str()
		v.SetString(s)
		return ok
	case reflect.Bool:
		b, ok := d.boolean()
		v.SetBool(b)
		return ok
	case reflect.Int32, reflect.Int64:
		n, ok := d.integer(f)
		v.SetInt(n)
		return ok
	case reflect.Uint32, reflect.Uint64:
		n, err := strconv.ParseUint(d.number(), 10, 64)
		v.SetUint(n)
		return err == nil
	}
	return false
}

func (f *field) messagePlan() *plan {
	if p := f.plan.Load(); p != nil {
		return p
	}
	p := planOf(f.message)
	f.plan.Store(p)
	return p
}

func (d *decoder) list(v reflect.Value, f *field) bool {
	if !d.take('[') || f.message == nil {
		return false
	}
	if d.take(']') {
		return true
	}
	p := f.messagePlan()
	if f.message == nodeType {
		return d.nodes(v, p)
	}
	out := v
	for {
		m := reflect.New(f.message)
		if !d.message(m.Elem(), p) {
			return false
		}
		out = reflect.Append(out, m)
		if d.take(']') {
			v.Set(out)
			return true
		}
		if !d.take(',') {
			return false
		}
	}
}

// nodes is list for the one type of element that most lists have.
func (d *decoder) nodes(v reflect.Value, p *plan) bool {
	var out []*pg.Node
	for {
		n := &pg.Node{}
		if !d.message(reflect.ValueOf(n).Elem(), p) {
			return false
		}
		out = append(out, n)
		if d.take(']') {
			v.Set(reflect.ValueOf(out))
			return true
		}
		if !d.take(',') {
			return false
		}
	}
}

func (d *decoder) boolean() (value, ok bool) {
	for _, word := range [...]string{"true", "false"} {
		if strings.HasPrefix(d.text[d.pos:], word) {
			d.pos += len(word)
			return word == "true", true
		}
	}
	return false, false
}

// number is the text of a number.
func (d *decoder) number() string {
	start := d.pos
	for d.pos < len(d.text) && (d.text[d.pos] >= '0' && d.text[d.pos] <= '9' || d.text[d.pos] == '-') {
		d.pos++
	}
	return d.text[start:d.pos]
}

func (d *decoder) integer(f *field) (int64, bool) {
	if f.enum != nil {
		if !d.take('"') {
			return 0, false
		}
		n := strings.IndexByte(d.text[d.pos:], '"')
		if n < 0 {
			return 0, false
		}
		value, ok := f.enum[d.text[d.pos:d.pos+n]]
		d.pos += n + 1
		return value, ok
	}
	n, err := strconv.ParseInt(d.number(), 10, 64)
	return n, err == nil
}

// str reads a string. It is copied: what a catalog keeps of it must not keep
// the whole JSON text.
func (d *decoder) str() (string, bool) {
	if !d.take('"') {
		return "", false
	}
	rest := d.text[d.pos:]
	n := strings.IndexAny(rest, `"\`)
	if n < 0 {
		return "", false
	}
	if rest[n] == '"' {
		d.pos += n + 1
		return strings.Clone(rest[:n]), true
	}
	for n < len(rest) && rest[n] != '"' {
		if rest[n] == '\\' {
			n++
		}
		n++
	}
	if n >= len(rest) {
		return "", false
	}
	d.pos += n + 1
	return unescape(rest[:n])
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
