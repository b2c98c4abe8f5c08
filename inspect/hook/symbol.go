package hook

import (
	"regexp"
	"slices"
	"strconv"
	"sync"
)

// A symbol is a scalar of one run, as far as it is known. Comparisons narrow
// it, for everything in the run that holds it.
type symbol struct {
	values []string // what it can be; nil for anything but not
	not    []string // what it has turned out not to be
	form   form
	from   string // the column it comes from
	doc    *node  // the JSON document that it is the text of
	vague  bool   // made by something that could not be followed
}

// A form is what the text of an unknown scalar looks like.
type form int

// The forms.
const (
	anyText form = iota
	uuidText
	numberText
	boolText
	timeText
)

func constant(text string) *symbol { return &symbol{values: []string{text}} }

// known is the text, if only one is possible.
func (s *symbol) known() (string, bool) {
	if s == nil || len(s.values) != 1 {
		return "", false
	}
	return s.values[0], true
}

// can reports whether it may be text.
func (s *symbol) can(text string) bool {
	if s.values != nil {
		return slices.Contains(s.values, text)
	}
	return !slices.Contains(s.not, text) && s.form.fits(text)
}

// is narrows the symbol to text.
func (s *symbol) is(text string) { s.values = []string{text} }

// isNot takes text out of what the symbol can be.
func (s *symbol) isNot(text string) {
	if s.values == nil {
		s.not = keep(s.not, text)
		return
	}
	s.values = slices.DeleteFunc(slices.Clone(s.values), func(v string) bool { return v == text })
}

var uuidForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$`)
})

// fits reports whether a text can have the form.
func (f form) fits(text string) bool {
	switch f {
	case uuidText:
		return uuidForm().MatchString(text)
	case numberText:
		return isNumber(text)
	case boolText:
		return text == "true" || text == "false"
	}
	return true
}

func isNumber(s string) bool { _, err := strconv.ParseFloat(s, 64); return err == nil }

// formOf is the form of what a type prints.
func formOf(typ string) form {
	switch t := baseType(typ); {
	case t == "uuid":
		return uuidText
	case numeric[t]:
		return numberText
	case t == "boolean":
		return boolText
	case temporal[t]:
		return timeText
	}
	return anyText
}

var (
	numeric  = set("smallint", "integer", "bigint", "numeric", "real", "double precision", "oid")
	temporal = set("date", "timestamp with time zone", "timestamp without time zone", "time with time zone", "time without time zone", "interval")
	textual  = set("text", "character varying", "bpchar", "character", "name", "unknown", "", "citext", "extensions.citext", "public.citext")
)

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}
