package report

import (
	"fmt"
	"strings"

	"policylint/rules"
)

// severities is a number of findings of a severity.
func severities(n int, severity string) string {
	if severity == rules.Info.String() {
		return fmt.Sprint(n, " info")
	}
	return count(n, severity)
}

// host is the site that an address leads to.
func host(address string) string {
	site, _, _ := strings.Cut(strings.TrimPrefix(address, "https://"), "/")
	return strings.TrimPrefix(site, "www.")
}

// A span of prose is text or code.
type span struct {
	Text string
	Code bool
}

// ticks cuts Markdown at its backticks.
func ticks(markdown string) []span {
	var out []span
	for i, part := range strings.Split(markdown, "`") {
		if part != "" {
			out = append(out, span{clean(part), i%2 == 1})
		}
	}
	return out
}

// plainWords begin sentences that are not about a name, which would change its
// meaning with its first letter.
var plainWords = map[string]bool{
	"policy": true, "only": true, "replica": true, "claim": true, "the": true, "row": true, "setting": true, "nobody": true,
	"whether": true, "which": true, "publication": true, "it": true, "tables": true, "a": true, "what": true,
}

// sentence is a message with a capital letter, where it does not begin with a
// name, and a full stop.
func sentence(s string) string {
	s = clean(s)
	if first, _, _ := strings.Cut(s, " "); plainWords[first] {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	return s + "."
}
