package guard

import (
	"strconv"
	"strings"

	"policylint/inspect/catalog"
)

// format is format(): %s, %I and %L, with positions and widths.
func (e *Env) format(args []Value) Value {
	if len(args) == 0 || args[0].IsNull() {
		return null
	}
	f, ok := args[0].String()
	if !ok {
		return partly(args[0].pattern())
	}
	var b strings.Builder
	whole, next := true, 1
	for i := 0; i < len(f); i++ {
		if f[i] != '%' {
			b.WriteByte(f[i])
			continue
		}
		i++
		j := i
		for j < len(f) && strings.IndexByte("0123456789-*$", f[j]) >= 0 {
			j++
		}
		if j >= len(f) {
			return Value{}
		}
		spec := f[i:j]
		i = j
		if f[j] == '%' {
			b.WriteByte('%')
			continue
		}
		at := next
		if pos, _, ok := strings.Cut(spec, "$"); ok {
			n, err := strconv.Atoi(pos)
			if err != nil || n < 1 {
				return Value{}
			}
			at = n
		} else if strings.Contains(spec, "*") {
			return Value{}
		}
		next = at + 1
		if at >= len(args) {
			return Value{}
		}
		s, known, ok := formatted(f[j], args[at])
		if !ok {
			return Value{}
		}
		whole = whole && known
		b.WriteString(s)
	}
	return text(b.String(), whole)
}

// formatted is one argument of format.
func formatted(verb byte, v Value) (s string, known, ok bool) {
	if v.IsNull() {
		switch verb {
		case 's':
			return "", true, true
		case 'L':
			return "NULL", true, true
		}
		return "", false, false // an error on a server
	}
	s, known = v.String()
	if !known {
		s = v.pattern()
	}
	switch verb {
	case 's':
		return s, known, true
	case 'I':
		return catalog.Quote(s), known, true
	case 'L':
		return quoteLiteral(s), known, true
	}
	return "", false, false
}
