package report

import (
	"fmt"
	"strings"
)

// mdText makes text safe within Markdown: it stays text, links nowhere and
// notifies nobody. GitHub looks for mentions, issue numbers and addresses in
// what the Markdown has become, where a backslash is gone; only a character of
// no width between keeps them from being one.
func mdText(s string) string {
	s = clean(s)
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune("\\`*_[]<>&|~!$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '@' || r == '#' || r == ':' && strings.HasPrefix(s[i:], "://"):
			b.WriteRune(r)
			b.WriteString("&#8203;")
		case r == '.' && strings.HasSuffix(strings.ToLower(s[:i]), "www"):
			b.WriteString("&#8203;.")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// mdCode makes text a code span. Its fence is longer than any within.
func mdCode(s string) string {
	s = clean(s)
	fence := strings.Repeat("`", longest(s, '`')+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || s == "" {
		s = " " + s + " "
	}
	return fence + s + fence
}

// mdBlock makes SQL one block of code; "" for none.
func mdBlock(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	text := cleanLines(strings.Join(parts, "\n\n"))
	fence := strings.Repeat("`", max(longest(text, '`')+1, 3))
	return fmt.Sprintf("%ssql\n%s\n%s\n\n", fence, text, fence)
}

// longest is the length of the longest run of a character.
func longest(s string, c byte) int {
	most, run := 0, 0
	for i := range len(s) {
		if s[i] == c {
			run++
			most = max(most, run)
		} else {
			run = 0
		}
	}
	return most
}
