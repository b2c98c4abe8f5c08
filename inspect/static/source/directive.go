package source

import (
	"strings"

	"policylint/inspect/catalog"
)

// prefix begins a comment that speaks to policylint.
const prefix = "policylint:"

// directive reads a -- comment; ok is false when it is an ordinary one.
func directive(comment string) (d catalog.Directive, ok bool) {
	text, ok := strings.CutPrefix(strings.TrimSpace(strings.TrimLeft(comment, "-")), prefix)
	if !ok {
		return d, false
	}
	verb, rest, _ := strings.Cut(text, " ")
	switch verb {
	case "ignore":
	case "ignore-file":
		d.WholeFile = true
	default:
		d.Malformed = "unknown directive " + prefix + verb
		return d, true
	}
	rules, reason, _ := strings.Cut(rest, ":")
	for rule := range strings.SplitSeq(rules, ",") {
		if rule = strings.TrimSpace(rule); rule != "" {
			d.Rules = append(d.Rules, rule)
		}
	}
	d.Reason = strings.TrimSpace(reason)
	switch {
	case len(d.Rules) == 0:
		d.Malformed = "no rule is named"
	case d.Reason == "":
		d.Malformed = "no reason is given"
	}
	return d, true
}
