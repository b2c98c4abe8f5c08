package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"policylint/inspect/catalog"
)

// An Idle is an ignore that does nothing, or that does not say why it is
// there.
type Idle struct {
	Object  catalog.Ref
	Message string
	Origin  catalog.Origin
}

// ignores is every ignore of a run and whether a finding met it.
type ignores struct {
	config     *Config
	directives []catalog.Directive
	entries    []Ignore
	usedRules  []map[string]bool // of directives: the rules that a finding was met of
	usedEntry  []bool
}

func newIgnores(c *catalog.Catalog, config *Config) *ignores {
	return &ignores{
		config:     config,
		directives: c.Directives, usedRules: make([]map[string]bool, len(c.Directives)),
		entries: config.Ignores, usedEntry: make([]bool, len(config.Ignores)),
	}
}

// add takes in comments of another source.
func (in *ignores) add(more []catalog.Directive) {
	in.directives = append(slices.Clip(in.directives), more...)
	in.usedRules = append(in.usedRules, make([]map[string]bool, len(more))...)
}

// suppress moves the findings that an ignore covers out of the report.
func (r *Result) suppress(in *ignores) {
	kept := r.Findings[:0]
	for _, f := range r.Findings {
		if f.Suppressed = in.covering(f); f.Suppressed != nil {
			r.Suppressed = append(r.Suppressed, f)
		} else {
			kept = append(kept, f)
		}
	}
	r.Findings = kept
}

// covering is why a finding is not reported, nil when it is. Every ignore that
// covers it counts as used.
func (in *ignores) covering(f *Finding) *Suppression {
	var found *Suppression
	for i, d := range in.directives {
		if d.Malformed != "" || !slices.Contains(d.Rules, f.Rule.ID) || !covers(d, f.Origin) {
			continue
		}
		if in.usedRules[i] == nil {
			in.usedRules[i] = map[string]bool{}
		}
		in.usedRules[i][f.Rule.ID] = true
		if found == nil {
			found = &Suppression{InSource: true, Reason: d.Reason, Origin: d.Origin}
		}
	}
	for i, e := range in.entries {
		if e.Rule != f.Rule.ID || !matchObject(e.Object, f.Object.String()) || !matchFile(e.File, f.Origin.File) {
			continue
		}
		in.usedEntry[i] = true
		if found == nil {
			found = &Suppression{Reason: e.Reason, Origin: e.Origin}
		}
	}
	return found
}

// covers reports whether a statement is the one that the comment is for, or in
// the file that it is for.
func covers(d catalog.Directive, at catalog.Origin) bool {
	if at.IsZero() || at.File != d.Origin.File {
		return false
	}
	from := func(line, column int) bool { return at.Line > line || at.Line == line && at.Column >= column }
	t := d.Target
	return d.WholeFile || !t.IsZero() && from(t.Line, t.Column) && !from(t.EndLine, t.EndColumn)
}

// idle lists what is wrong with the ignores themselves. One for a rule that
// did not run may well be needed when it does, so nothing is said of it.
func (in *ignores) idle(ran []*Rule, partial bool) []Idle {
	didRun := map[string]bool{}
	for _, r := range ran {
		didRun[r.ID] = true
	}
	var out []Idle
	for i, d := range in.directives {
		add := func(message string) {
			// The file's own name, so that the fingerprint is the same from any folder.
			name := strings.TrimSpace(path.Base(d.Origin.File) + " " + strings.Join(d.Rules, ","))
			out = append(out, Idle{catalog.Ref{Kind: "ignore", Name: name}, message, d.Origin})
		}
		switch {
		case d.Malformed != "" && len(d.Rules) > 0:
			add("ignore of " + strings.Join(d.Rules, ", ") + " covers nothing: " + d.Malformed)
			continue
		case d.Malformed != "":
			add("policylint comment is not understood: " + d.Malformed)
			continue
		}
		for _, id := range d.Rules {
			if _, known := in.config.Rule(id); !known {
				add("ignore names an " + in.config.UnknownRule(id))
			} else if didRun[id] && !in.usedRules[i][id] {
				add("ignore of " + id + " covers no finding of that rule")
			}
		}
	}
	for i, e := range in.entries {
		if didRun[e.Rule] && !in.usedEntry[i] && !partial {
			ref := catalog.Ref{Kind: "ignore", Name: strings.TrimSpace(e.Rule + " " + e.Object + " " + e.File)}
			out = append(out, Idle{ref, "ignore of " + e.Rule + " for " + e.subject() + " covers no finding", e.Origin})
		}
	}
	return out
}

// subject is what the entry is for, in words.
func (e Ignore) subject() string {
	switch {
	case e.File == "":
		return e.Object
	case e.Object == "":
		return e.File
	}
	return e.Object + " in " + e.File
}

// matchObject matches a whole reference such as "table public.t"; * stands for
// any characters and the pattern "" for any object.
func matchObject(pattern, s string) bool {
	if pattern == "" {
		return true
	}
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == s
	}
	if !strings.HasPrefix(s, parts[0]) {
		return false
	}
	s = s[len(parts[0]):]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(s, part)
		if i < 0 {
			return false
		}
		s = s[i+len(part):]
	}
	return strings.HasSuffix(s, parts[len(parts)-1])
}

// matchFile matches a path, or its end from any folder on, by a pattern.
func matchFile(pattern, file string) bool {
	if pattern == "" {
		return true
	}
	if file == "" {
		return false
	}
	file = strings.ReplaceAll(file, `\`, "/")
	return doublestar.MatchUnvalidated(pattern, file) || doublestar.MatchUnvalidated("**/"+pattern, file)
}
