package access

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"policylint/inspect/catalog"
)

var uuidForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:[0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}$`) })

// integers are the bounds of the integer types, in bits.
var integers = map[string]uint{"smallint": 16, "integer": 32, "bigint": 64}

// cast is a value converted to a type. What a text cannot be read as raises
// 22P02.
func (m *machine) cast(v Value, typ string) Value {
	if v.sure || v.isNull() {
		return v
	}
	base, size, sized := strings.Cut(strings.TrimPrefix(typ, "pg_catalog."), "(")
	base = strings.TrimSpace(base)
	if !v.isText() {
		return m.castOpen(v, base)
	}
	if v.isJSON {
		return m.castJSON(v, base)
	}
	s := strings.TrimSpace(v.Text)
	wrong := raising(&Raise{SQLState: "22P02", Message: "invalid input syntax for type " + base + ": " + quoted(v.Text)})
	switch base {
	case "text", "name", "character varying", "citext", "extensions.citext", "public.citext":
		if n, err := strconv.Atoi(strings.TrimSuffix(size, ")")); sized && err == nil && utf8.RuneCountInString(v.Text) > n {
			return Text(string([]rune(v.Text)[:n]))
		}
		return v
	case "uuid":
		inner := strings.TrimSuffix(strings.TrimPrefix(s, "{"), "}")
		if !uuidForm().MatchString(inner) {
			return wrong
		}
		hex := strings.ToLower(strings.ReplaceAll(inner, "-", ""))
		return Text(hex[:8] + "-" + hex[8:12] + "-" + hex[12:16] + "-" + hex[16:20] + "-" + hex[20:])
	case "smallint", "integer", "bigint":
		n, ok := new(big.Int).SetString(s, 10)
		switch {
		case !ok || strings.Contains(s, "_"):
			return wrong
		case n.BitLen() >= int(integers[base]):
			return raising(&Raise{SQLState: "22003", Message: "value " + quoted(v.Text) + " is out of range for type " + base})
		}
		return Text(n.String())
	case "numeric", "double precision", "real":
		if _, ok := new(big.Rat).SetString(s); !ok || strings.ContainsAny(s, "/_") {
			if strings.ContainsAny(s, "nN") && strings.ContainsAny(s, "aAfF") && len(s) < 10 {
				return unknownValue("a conversion to " + base) // NaN, Infinity
			}
			return wrong
		}
		if sized || base == "real" {
			return unknownValue("a number that is rounded")
		}
		return Text(s)
	case "date", "timestamp with time zone", "timestamp without time zone":
		r := &Raise{SQLState: "22007", Message: "invalid input syntax for type " + base + ": " + quoted(v.Text)}
		if !strings.ContainsAny(s, "0123456789") && !slices.Contains(moments, strings.ToLower(s)) {
			return raising(r)
		}
		open := unknownValue("a conversion to " + base)
		r.Possible, open.raise = true, r
		return open
	case "text[]", "uuid[]", "integer[]":
		if !strings.HasPrefix(s, "{") && !dimensions.MatchString(s) {
			return raising(&Raise{SQLState: "22P02", Message: "malformed array literal: " + quoted(v.Text)})
		}
	case "boolean":
		if b, ok := readBool(s); ok {
			return valueOf(outcome{t: truth(b)})
		}
		return wrong
	case "json", "jsonb":
		doc, ok := decode(s)
		if !ok {
			return raising(&Raise{SQLState: "22P02", Message: "invalid input syntax for type json"})
		}
		return jsonValue(doc)
	}
	if m.asker != nil {
		if e, ok := m.asker.judge.cat.Types.Get(catalog.ParseName(base)); ok && e.Kind == catalog.Enum && !e.Unsure.Any(catalog.Everything) {
			if slices.Contains(e.Labels, v.Text) {
				return v
			}
			return raising(&Raise{SQLState: "22P02", Message: "invalid input value for enum " + base + ": " + quoted(v.Text)})
		}
	}
	return unknownValue("a conversion to " + base)
}

// dimensions is how an array literal begins that names its bounds.
var dimensions = regexp.MustCompile(`^\[[0-9]`)

// moments are words that a date or time can be written as.
var moments = []string{"now", "today", "tomorrow", "yesterday", "epoch", "infinity", "-infinity", "allballs"}

// castOpen is a value that is not known, converted: it may not have the form.
func (m *machine) castOpen(v Value, base string) Value {
	if v.row || v.present && base == "uuid" {
		return v // a column has its type, and Auth writes its own claims well
	}
	switch base {
	case "text", "name", "character varying", "jsonb", "json":
		return v
	}
	if v.unknown == "" {
		v.unknown = "a conversion to " + base
	}
	return v
}

// castJSON is a document converted.
func (m *machine) castJSON(v Value, base string) Value {
	switch base {
	case "text", "character varying":
		return Text(v.Text)
	case "json", "jsonb":
		return v
	case "boolean":
		if b, ok := v.json.(bool); ok {
			return valueOf(outcome{t: truth(b)})
		}
	case "smallint", "integer", "bigint", "numeric", "double precision", "real":
		if kindOf(v.json) == "number" {
			if _, whole := integers[base]; whole {
				return m.cast(Text(rounded(v.Text)), base)
			}
			return m.cast(Text(v.Text), base)
		}
	default:
		return unknownValue("a conversion of jsonb to " + base)
	}
	return raising(&Raise{SQLState: "22023", Message: "cannot cast jsonb " + kindOf(v.json) + " to type " + base})
}

// rounded is a number without its fraction, half away from zero.
func rounded(s string) string {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return s
	}
	return r.FloatString(0)
}

// readBool reads a text as boolean does: any beginning of a word that is not
// ambiguous (PostgreSQL docs 8.6).
func readBool(s string) (value, ok bool) {
	s = strings.ToLower(s)
	if s == "" {
		return false, false
	}
	switch {
	case s == "1", s == "on", strings.HasPrefix("true", s), strings.HasPrefix("yes", s):
		return true, true
	case s == "0", s == "off", s == "of", strings.HasPrefix("false", s), strings.HasPrefix("no", s):
		return false, true
	}
	return false, false
}
