package guard

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"policylint/inspect/catalog"
)

// textFunction are the functions on text. ok is false for a function that is
// none of them.
func (e *Env) textFunction(name string, args []Value) (Value, bool) {
	switch name {
	case "format":
		return e.format(args), true
	case "concat":
		var b strings.Builder
		whole := true
		for _, a := range args {
			if !a.IsNull() {
				_, ok := a.String()
				whole = whole && ok
				b.WriteString(a.pattern())
			}
		}
		return text(b.String(), whole), true
	case "concat_ws":
		return concatWith(args), true
	case "quote_ident", "quote_literal", "quote_nullable":
		return quote(name, args), true
	}
	f, ok := textFunctions[name]
	if !ok {
		return Value{}, false
	}
	words := make([]string, len(args))
	for i, a := range args {
		if a.IsNull() {
			return null, true
		}
		s, ok := a.String()
		if !ok {
			return Value{}, true
		}
		words[i] = s
	}
	if len(words) < f.min || len(words) > f.max {
		return Value{}, true
	}
	return f.do(words), true
}

// text is a text that is known as a whole, or else its pattern.
func text(s string, whole bool) Value {
	if whole {
		return Of(s)
	}
	return partly(s)
}

var textFunctions = map[string]struct {
	min, max int
	do       func(a []string) Value
}{
	"lower":       {1, 1, func(a []string) Value { return Of(strings.ToLower(a[0])) }},
	"upper":       {1, 1, func(a []string) Value { return Of(strings.ToUpper(a[0])) }},
	"initcap":     {1, 1, func([]string) Value { return Value{} }},
	"btrim":       {1, 2, func(a []string) Value { return Of(strings.Trim(a[0], cutset(a))) }},
	"trim":        {1, 2, func(a []string) Value { return Of(strings.Trim(a[0], cutset(a))) }},
	"ltrim":       {1, 2, func(a []string) Value { return Of(strings.TrimLeft(a[0], cutset(a))) }},
	"rtrim":       {1, 2, func(a []string) Value { return Of(strings.TrimRight(a[0], cutset(a))) }},
	"length":      {1, 1, func(a []string) Value { return Of(utf8.RuneCountInString(a[0])) }},
	"char_length": {1, 1, func(a []string) Value { return Of(utf8.RuneCountInString(a[0])) }},
	"replace":     {3, 3, func(a []string) Value { return Of(replace(a[0], a[1], a[2])) }},
	"starts_with": {2, 2, func(a []string) Value { return Of(strings.HasPrefix(a[0], a[1])) }},
	"strpos":      {2, 2, func(a []string) Value { return Of(position(a[0], a[1])) }},
	"position":    {2, 2, func(a []string) Value { return Of(position(a[0], a[1])) }},
	"chr": {1, 1, func(a []string) Value {
		n, err := strconv.Atoi(a[0])
		if err != nil || n <= 0 || n > utf8.MaxRune {
			return Value{}
		}
		return Of(string(rune(n)))
	}},
	"repeat": {2, 2, func(a []string) Value {
		n, err := strconv.Atoi(a[1])
		if err != nil || n*len(a[0]) > 10_000 {
			return Value{}
		}
		return Of(strings.Repeat(a[0], max(n, 0)))
	}},
	"left":           {2, 2, func(a []string) Value { return slice(a[0], 0, a[1]) }},
	"right":          {2, 2, func(a []string) Value { return slice(a[0], 1, a[1]) }},
	"substr":         {2, 3, substring},
	"substring":      {2, 3, substring},
	"split_part":     {3, 3, splitPart},
	"regexp_replace": {3, 4, regexpReplace},
	"md5":            {1, 1, func([]string) Value { return Value{} }},
	"string_to_array": {2, 2, func(a []string) Value {
		if a[0] == "" {
			return Value{Kind: Array}
		}
		if a[1] == "" {
			return Of([]string{a[0]})
		}
		return Of(strings.Split(a[0], a[1]))
	}},
}

func cutset(a []string) string {
	if len(a) > 1 {
		return a[1]
	}
	return " "
}

func replace(s, from, to string) string {
	if from == "" {
		return s
	}
	return strings.ReplaceAll(s, from, to)
}

func position(s, part string) int {
	i := strings.Index(s, part)
	if i < 0 {
		return 0
	}
	return utf8.RuneCountInString(s[:i]) + 1
}

// slice is left() and right(); a negative count leaves that many out at the
// other end.
func slice(s string, end int, count string) Value {
	n, err := strconv.Atoi(count)
	if err != nil {
		return Value{}
	}
	r := []rune(s)
	if n < 0 {
		n = max(0, len(r)+n)
	}
	n = min(n, len(r))
	if end == 0 {
		return Of(string(r[:n]))
	}
	return Of(string(r[len(r)-n:]))
}

func substring(a []string) Value {
	from, err := strconv.Atoi(a[1])
	if err != nil {
		return Value{} // by a regular expression
	}
	r := []rune(a[0])
	to := len(r) + 1
	if len(a) > 2 {
		n, err := strconv.Atoi(a[2])
		if err != nil || n < 0 {
			return Value{}
		}
		to = min(to, from+n)
	}
	from = min(max(from, 1), len(r)+1)
	return Of(string(r[from-1 : max(from, to)-1]))
}

func splitPart(a []string) Value {
	n, err := strconv.Atoi(a[2])
	if err != nil || n == 0 || a[1] == "" {
		return Value{}
	}
	list := strings.Split(a[0], a[1])
	if n < 0 {
		n = len(list) + n + 1
	}
	if n < 1 || n > len(list) {
		return Of("")
	}
	return Of(list[n-1])
}

func regexpReplace(a []string) Value {
	if strings.Contains(a[1], `\`) && regexp.MustCompile(`\\[mMyYABZ]|\\[0-9]`).MatchString(a[1]) {
		return Value{}
	}
	flags := ""
	if len(a) > 3 {
		flags = a[3]
	}
	pattern := a[1]
	if strings.Contains(flags, "i") {
		pattern = "(?i)" + pattern
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return Value{}
	}
	with := regexp.MustCompile(`\\([0-9])`).ReplaceAllString(strings.ReplaceAll(a[2], "$", "$$"), "$${$1}")
	with = strings.ReplaceAll(with, `\&`, "${0}")
	if strings.Contains(flags, "g") {
		return Of(re.ReplaceAllString(a[0], with))
	}
	m := re.FindStringSubmatchIndex(a[0])
	if m == nil {
		return Of(a[0])
	}
	return Of(a[0][:m[0]] + string(re.ExpandString(nil, with, a[0], m)) + a[0][m[1]:])
}

func concatWith(args []Value) Value {
	if len(args) == 0 || args[0].IsNull() {
		return null
	}
	var words []string
	_, whole := args[0].String()
	for _, a := range args[1:] {
		if a.IsNull() {
			continue
		}
		_, ok := a.String()
		whole = whole && ok
		words = append(words, a.pattern())
	}
	return text(strings.Join(words, args[0].pattern()), whole)
}

// quote is quote_ident, quote_literal and quote_nullable.
func quote(name string, args []Value) Value {
	if len(args) != 1 {
		return Value{}
	}
	v := args[0]
	if v.IsNull() {
		if name == "quote_nullable" {
			return Of("NULL")
		}
		return null
	}
	s, whole := v.String()
	if !whole {
		s = v.pattern()
	}
	if name == "quote_ident" {
		return text(catalog.Quote(s), whole)
	}
	return text(quoteLiteral(s), whole)
}

// quoteLiteral is a string constant as quote_literal and %L write it.
func quoteLiteral(s string) string {
	q := "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(s) + "'"
	if strings.Contains(s, `\`) {
		return "E" + q
	}
	return q
}
