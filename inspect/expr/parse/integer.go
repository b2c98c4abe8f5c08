package parse

import (
	"strconv"
	"strings"
	"unicode"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// libpg_query leaves an integer node's value out of its JSON when it is not
// above zero (src/pg_query_json_outfuncs_conds of 16: _outInteger), so that -1
// looks like 0. What it was is read from the SQL, or, where that is not
// certain, left to the other parser.

// repair puts right what a message holds of such integers; false when it
// cannot.
func (d *decoder) repair(m any) bool {
	switch m := m.(type) {
	case *pg.Integer:
		if m.Ival == 0 {
			d.zeros++
		}
	case *pg.A_Const:
		if i := m.GetIval(); i != nil && i.Ival == 0 {
			d.zeros--
			n, ok := d.negative(int(m.Location))
			i.Ival = n
			return ok
		}
	case *pg.TypeName:
		for _, b := range m.ArrayBounds {
			if i := b.GetInteger(); i != nil && i.Ival == 0 {
				d.zeros--
				i.Ival = -1 // [] has no bound
				if !d.noBounds(int(m.Location)) && d.zeroBound() {
					return false
				}
			}
		}
	}
	return true
}

// negative is the number at an offset of the SQL if it has a minus sign; zero
// otherwise.
func (d *decoder) negative(at int) (int32, bool) {
	if at < 0 || at >= len(d.sql) || d.sql[at] != '-' {
		return 0, true
	}
	rest := strings.TrimLeft(d.sql[at+1:], " \t\r\n")
	n := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	if n < len(rest) && (rest[n] == '_' || rest[n]|0x20 >= 'a' && rest[n]|0x20 <= 'z') {
		return 0, false
	}
	v, err := strconv.ParseInt(rest[:n], 10, 32)
	return int32(-v), err == nil
}

// noBounds reports whether the type at an offset of the SQL certainly has []
// and no numbers in them.
func (d *decoder) noBounds(at int) bool {
	if at < 0 || at > len(d.sql) {
		return false
	}
	rest := d.sql[at:]
	n := strings.IndexByte(rest, '[')
	if n < 0 || strings.IndexFunc(rest[:n], notInType) >= 0 {
		return false
	}
	for rest = rest[n:]; strings.HasPrefix(rest, "["); {
		rest = strings.TrimLeft(rest[1:], " \t\r\n")
		if !strings.HasPrefix(rest, "]") {
			return false
		}
		rest = strings.TrimLeft(rest[1:], " \t\r\n")
	}
	return true
}

// notInType is for what does not stand in the name of a type, before its
// brackets: a word there may be one, a comment not.
func notInType(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_$.\"(), \t\r\n", r)
}

// zeroBound reports whether the SQL may have an array bound of zero.
func (d *decoder) zeroBound() bool {
	for rest := d.sql; ; {
		n := strings.IndexByte(rest, '[')
		if n < 0 {
			return false
		}
		rest = rest[n+1:]
		if s := strings.TrimLeft(rest, " \t\r\n"); s != "" && strings.IndexByte("0/-", s[0]) >= 0 {
			return true
		}
	}
}

// minus reports whether the SQL may have a negative number.
func (d *decoder) minus() bool {
	for rest := d.sql; ; {
		n := strings.IndexByte(rest, '-')
		if n < 0 {
			return false
		}
		rest = strings.TrimLeft(rest[n+1:], " \t\r\n")
		if rest != "" && (rest[0] >= '0' && rest[0] <= '9' || rest[0] == '/') {
			return true
		}
	}
}
