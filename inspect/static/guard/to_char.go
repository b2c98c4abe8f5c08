package guard

import (
	"strings"
	"time"
)

// charPatterns are the patterns of to_char (PostgreSQL docs 9.8), the longer
// ones first; "" for those that are not modelled.
var charPatterns = []struct{ pattern, form string }{
	{"FM", ""}, {"TM", ""}, {"IYYY", ""}, {"Y,YYY", ""}, {"YYYY", "2006"}, {"YYY", ""}, {"YY", "06"}, {"Y", ""},
	{"HH24", "15"}, {"HH12", "03"}, {"HH", "03"}, {"MI", "04"}, {"SSSS", ""}, {"SS", "05"}, {"MS", ""},
	{"MONTH", ""}, {"MON", ""}, {"MM", "01"}, {"DDD", ""}, {"DD", "02"}, {"DAY", ""}, {"DY", ""}, {"D", ""},
}

// toChar is to_char of a date or timestamp, in numbers.
func toChar(v Value, format string) Value {
	t, ok := moment(v.Text)
	if !ok {
		return Value{}
	}
	var b strings.Builder
	for rest := format; rest != ""; {
		if c := rest[0]; strings.IndexByte("-_/.:, ", c) >= 0 {
			b.WriteByte(c)
			rest = rest[1:]
			continue
		}
		if text, after, ok := strings.Cut(strings.TrimPrefix(rest, `"`), `"`); rest[0] == '"' && ok && !strings.Contains(text, `\`) {
			b.WriteString(text)
			rest = after
			continue
		}
		n := patternAt(t, &b, rest)
		if n == 0 {
			return Value{}
		}
		rest = rest[n:]
	}
	return Of(b.String())
}

// patternAt writes what the pattern that s begins with stands for, and gives
// its length, 0 when it is not modelled.
func patternAt(t time.Time, b *strings.Builder, s string) int {
	for _, p := range charPatterns {
		if len(s) < len(p.pattern) || !strings.EqualFold(s[:len(p.pattern)], p.pattern) {
			continue
		}
		after := strings.ToUpper(s[len(p.pattern):])
		if p.form == "" || strings.HasPrefix(after, "TH") {
			return 0
		}
		b.WriteString(t.Format(p.form))
		return len(p.pattern)
	}
	return 0
}
