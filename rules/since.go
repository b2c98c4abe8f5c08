package rules

import (
	"slices"

	"policylint/inspect/catalog"
)

// A Since is what a run was narrowed to: what changed since a commit.
type Since struct {
	Ref    string // as it was asked for
	Commit string // what changes are counted from
	Files  int    // changed files among those read, and deleted ones
	// Elsewhere are findings that were there before, caused by what did not
	// change; Fixed are those of before that are gone.
	Elsewhere, Fixed []*Finding
}

// Narrow leaves in the report what a change has to answer for: findings caused
// by a statement in a file that changed, and findings that were not there
// before. Base is the run of before, without a baseline.
func (r *Result) Narrow(s *Since, base *Result, changed func(file string) bool) {
	r.Since = s
	before := map[string]int{}
	for _, f := range slices.Concat(base.Findings, base.Suppressed) {
		before[f.Fingerprint()]++
	}
	now := map[string]int{}
	for _, f := range slices.Concat(r.Findings, r.Suppressed, r.Baselined, r.mild) {
		now[f.Fingerprint()]++
	}
	for _, f := range base.Findings {
		if id := f.Fingerprint(); now[id] > 0 {
			now[id]--
		} else {
			s.Fixed = append(s.Fixed, f)
		}
	}
	var kept []*Finding
	for _, f := range r.Findings {
		id := f.Fingerprint()
		old := before[id] > 0
		before[id]--
		if f.Rule.Needs&NeedsBaseline != 0 || f.Origin != (catalog.Origin{}) && changed(f.Origin.File) || !old {
			kept = append(kept, f)
		} else {
			s.Elsewhere = append(s.Elsewhere, f)
		}
	}
	r.Findings = kept
	r.count()
}
