package guard

import (
	"regexp"
	"strings"
)

// match is LIKE and the regular expressions. Those of PostgreSQL that Go reads
// otherwise, or not at all, are unknown.
func match(op string, l, r Value) Value {
	text, ok := l.String()
	pattern, ok2 := r.String()
	if !ok || !ok2 {
		return Value{}
	}
	if strings.Contains(op, "~~") {
		pattern = likePattern(pattern)
	} else if strings.Contains(pattern, `\`) && regexp.MustCompile(`\\[mMyYABZ]|\\[0-9]`).MatchString(pattern) {
		return Value{}
	}
	flags := "s"
	if strings.HasSuffix(op, "*") {
		flags = "si"
	}
	re, err := regexp.Compile("(?" + flags + ")" + pattern)
	if err != nil {
		return Value{}
	}
	return Of(re.MatchString(text) == !strings.HasPrefix(op, "!"))
}

// likePattern is a LIKE pattern as a regular expression.
func likePattern(p string) string {
	var b strings.Builder
	b.WriteString("^")
	for i := 0; i < len(p); i++ {
		switch c := p[i]; {
		case c == '%':
			b.WriteString(".*")
		case c == '_':
			b.WriteString(".")
		case c == '\\' && i+1 < len(p):
			i++
			b.WriteString(regexp.QuoteMeta(p[i : i+1]))
		default:
			n := i + 1
			for n < len(p) && p[n]&0xC0 == 0x80 {
				n++
			}
			b.WriteString(regexp.QuoteMeta(p[i:n]))
			i = n - 1
		}
	}
	b.WriteString("$")
	return b.String()
}
