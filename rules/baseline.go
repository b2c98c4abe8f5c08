package rules

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"

	"policylint/inspect/catalog"
)

// A Baseline is what a project knows to be wrong and does not want to be told
// again: findings by rule and object, so that edits and moved lines change
// nothing, and the same for migrations and a running database.
type Baseline struct {
	File    string
	Entries []BaselineEntry // in order of rule and object once UpdateBaseline made it
	// Written says that this run wrote the file, with how many entries that
	// were not there before, and without how many that were.
	Written        bool
	Added, Removed int
}

// A BaselineEntry is the known findings of one rule about one object.
type BaselineEntry struct {
	Rule, Object string
	Count        int // how many findings are known
	// Database is set when only a running database was seen to have them. An
	// inspection then does not take away what the migrations need, nor they
	// what it needs.
	Database bool
	Origin   catalog.Origin // the entry in the file
}

// fingerprint is that of the findings that the entry is for.
func (e BaselineEntry) fingerprint() string { return e.Rule + " " + e.Object }

// known moves the findings that the baseline has out of the report. Of more
// than are known the last are new, as migrations only grow at the end.
func (r *Result) known(b *Baseline) {
	left := map[string]int{}
	for _, e := range b.Entries {
		left[e.fingerprint()] += e.Count
	}
	for _, f := range r.Baselined {
		left[f.Fingerprint()]--
	}
	slices.SortStableFunc(r.Findings, compareFindings)
	kept := r.Findings[:0:0]
	for _, f := range r.Findings {
		if id := f.Fingerprint(); left[id] > 0 {
			left[id]--
			r.Baselined = append(r.Baselined, f)
		} else {
			kept = append(kept, f)
		}
	}
	r.Findings = kept
}

// found counts the findings of a run by fingerprint, also those that were too
// mild to be reported.
func (r *Result) found() map[string]int {
	out := map[string]int{}
	for _, f := range slices.Concat(r.Findings, r.Baselined, r.mild) {
		out[f.Fingerprint()]++
	}
	return out
}

// stale lists the entries that the run has fewer findings for. Nothing is said
// of an entry that it could not judge.
func (b *Baseline) stale(r *Result, config *Config) []Idle {
	found := r.found()
	var out []Idle
	for _, e := range b.Entries {
		message := ""
		switch n := found[e.fingerprint()]; {
		case n >= e.Count:
		case !b.judged(e, r, config):
		case n == 0:
			message = fmt.Sprintf("baseline has %s for %s, which is no longer found", e.Rule, e.Object)
		default:
			message = fmt.Sprintf("baseline has %s for %s %d times, of which %d are left", e.Rule, e.Object, e.Count, n)
		}
		if message != "" {
			out = append(out, Idle{catalog.Ref{Kind: "baseline", Name: e.fingerprint()}, message, e.Origin})
		}
	}
	return out
}

// judged reports whether a run could have found what the entry is for.
func (b *Baseline) judged(e BaselineEntry, r *Result, config *Config) bool {
	if _, known := config.Rule(e.Rule); !known {
		return true // nobody finds it any more
	}
	ran := slices.ContainsFunc(r.Ran, func(x *Rule) bool { return x.ID == e.Rule })
	return ran && (r.compared || e.Database == (r.Source.Kind == catalog.Database))
}

// UpdateBaseline is the baseline after these runs: what they found, and the
// entries of before that they could not judge. Old may be nil.
func UpdateBaseline(old *Baseline, file string, config *Config, runs ...*Result) *Baseline {
	out := &Baseline{File: file}
	entries := map[string]BaselineEntry{}
	for _, r := range runs {
		for id, n := range r.found() {
			e := entries[id]
			e.Count = max(e.Count, n)
			entries[id] = e
		}
		for _, f := range slices.Concat(r.Findings, r.Baselined, r.mild) {
			e := entries[f.Fingerprint()]
			if e.Rule == "" {
				e.Database = r.Source.Kind == catalog.Database && !r.compared
			}
			e.Rule, e.Object = f.Rule.ID, f.Object.String()
			e.Database = e.Database && r.Source.Kind == catalog.Database
			entries[f.Fingerprint()] = e
		}
	}
	known := map[string]bool{}
	if old != nil {
		for _, e := range old.Entries {
			id := e.fingerprint()
			known[id] = true
			if now, found := entries[id]; found {
				now.Database = now.Database && e.Database
				entries[id] = now
				continue
			}
			judged := func(r *Result) bool { return old.judged(e, r, config) }
			if r := slices.ContainsFunc(runs, judged); !r || slices.ContainsFunc(runs, func(r *Result) bool { return r.partial }) {
				entries[id] = e
			}
		}
	}
	for id, e := range entries {
		rule, ok := config.Rule(e.Rule)
		// A stale entry is no fault to get used to, and what was too mild to be
		// reported is known only if it was before.
		if ok && rule.Needs&NeedsBaseline != 0 || !known[id] && mildOnly(runs, id) {
			continue
		}
		out.Entries = append(out.Entries, e)
		if !known[id] {
			out.Added++
		}
	}
	out.Removed = len(known) + out.Added - len(out.Entries)
	slices.SortFunc(out.Entries, func(a, b BaselineEntry) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Object, b.Object))
	})
	return out
}

// mildOnly reports whether no run reported what has the fingerprint.
func mildOnly(runs []*Result, id string) bool {
	return !slices.ContainsFunc(runs, func(r *Result) bool {
		return slices.ContainsFunc(slices.Concat(r.Findings, r.Baselined), func(f *Finding) bool { return f.Fingerprint() == id })
	})
}

const baselineHead = `# Findings that were there when policylint was switched on, by rule and object.
# They are not reported again; whatever is new is. An entry that is no longer
# found is reported (stale-baseline). ` + "`policylint lint --update-baseline`" + ` writes
# this file; take a line out to see its finding again.
`

// Text is the baseline as a file, one entry a line, sorted, so that a change
// shows as the lines that it is about.
func (b *Baseline) Text() ([]byte, error) {
	word := func(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }
	found := &yaml.Node{Kind: yaml.MappingNode}
	var list *yaml.Node
	for i, e := range b.Entries {
		if i == 0 || b.Entries[i-1].Rule != e.Rule {
			list = &yaml.Node{Kind: yaml.SequenceNode}
			found.Content = append(found.Content, word(e.Rule), list)
		}
		n := word(e.Object)
		if e.Count > 1 || e.Database {
			n = &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle, Content: []*yaml.Node{word("object"), n}}
			if e.Count > 1 {
				n.Content = append(n.Content, word("count"), &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: fmt.Sprint(e.Count)})
			}
			if e.Database {
				n.Content = append(n.Content, word("source"), word("database"))
			}
		}
		list.Content = append(list.Content, n)
	}
	if len(b.Entries) == 0 {
		found.Style = yaml.FlowStyle
	}
	var out bytes.Buffer
	out.WriteString(baselineHead)
	w := yaml.NewEncoder(&out)
	w.SetIndent(2)
	version := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: "1"}
	err := w.Encode(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{word("version"), version, word("findings"), found}})
	return out.Bytes(), err
}
