package project

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/project/js"
)

// A ContentPolicy is a content security policy that some pages are served
// with.
type ContentPolicy struct {
	File       string // from the project's folder
	Origin     catalog.Origin
	directives []policyDirective
}

type policyDirective struct {
	name    string
	sources []string
}

// Ref names the policy by its file.
func (c ContentPolicy) Ref() catalog.Ref {
	return catalog.Ref{Kind: "content security policy", Name: c.File}
}

// parsePolicy takes a policy apart (W3C CSP 3, 2.2.1): of a directive that is
// written twice the first counts.
func parsePolicy(text string) []policyDirective {
	var out []policyDirective
	for part := range strings.SplitSeq(text, ";") {
		words := strings.Fields(part)
		if len(words) == 0 {
			continue
		}
		out = append(out, policyDirective{strings.ToLower(words[0]), words[1:]})
	}
	return out
}

// ConnectSources are the sources that scripts may connect to: those of
// connect-src, or else of default-src. It reports false when there are none of
// either, so that everything is allowed. Whether they are all known is the last
// result.
func (c ContentPolicy) ConnectSources() (sources []string, directive string, known bool) {
	known = true
	for _, name := range []string{"connect-src", "default-src"} {
		for _, d := range c.directives {
			if strings.Contains(d.name, js.Hole) {
				known = false // may be the very directive
				continue
			}
			if d.name != name {
				continue
			}
			for _, s := range d.sources {
				if strings.Contains(s, js.Hole) {
					known = false
				}
			}
			return d.sources, d.name, known
		}
	}
	return nil, "", known
}
