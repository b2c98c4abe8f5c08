package catalog

import "strings"

// A Directive is a policylint comment in a migration, which asks that findings
// of some rules not be reported.
type Directive struct {
	Rules     []string // rule IDs as written
	Reason    string   // what stands behind the colon
	WholeFile bool     // ignore-file: for the whole file, not the next statement
	Origin    Origin   // the comment
	Target    Origin   // the next statement's span; zero when none follows, or for a whole file
	Malformed string   // what is wrong with the comment; "" when nothing is
}

// DirectivePrefix begins a comment that speaks to policylint.
const DirectivePrefix = "policylint:"

// ReadDirective reads the text of a comment, without the marks that make it
// one; ok is false when it is an ordinary comment. Where it stands and what it
// is for is the caller's to say.
func ReadDirective(comment string) (d Directive, ok bool) {
	text, ok := strings.CutPrefix(strings.TrimSpace(comment), DirectivePrefix)
	if !ok {
		return d, false
	}
	verb, rest, _ := strings.Cut(text, " ")
	switch verb {
	case "ignore":
	case "ignore-file":
		d.WholeFile = true
	default:
		d.Malformed = "unknown directive " + DirectivePrefix + verb
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
