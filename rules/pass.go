package rules

import (
	"policylint/inspect/catalog"
	"policylint/inspect/drift"
	"policylint/inspect/project"
)

// A Pass is one rule's run over one catalog.
type Pass struct {
	*catalog.Catalog
	Config  *Config
	Options any                // what Rule.Options returned, with the configuration applied
	Drift   []drift.Difference // for rules that NeedsComparison
	Sides   [2]string          // what messages call the sides that are compared
	// Project is the configuration beside the database; rules that NeedsProject
	// have one whose config.toml was read, for others it may be nil.
	Project *project.Project

	rule     *Rule
	severity Severity
	findings []*Finding
	notes    []string
	gaps     []catalog.Gap
	skipped  string
	fault    string // how the rule panicked, "" if it did not
	idle     []Idle
	beside   map[string]bool // IDs of the rules of the same run
	index    *index          // of the run; nil for a pass without one, see indexed
	derived  *[]Claim        // what derivedClaims found, once it has looked
}

// An Object is what a finding can be about.
type Object interface{ Ref() catalog.Ref }

// Report adds a finding about o, caused by the statement at. The result can
// be given a Fix and Related statements.
func (p *Pass) Report(o Object, at catalog.Origin, message string) *Finding {
	return p.ReportRef(o.Ref(), at, message)
}

// ReportRef adds a finding about an object that the catalog need not have.
func (p *Pass) ReportRef(o catalog.Ref, at catalog.Origin, message string) *Finding {
	f := &Finding{Rule: p.rule, Severity: p.severity, Object: o, Message: message, Origin: at}
	p.findings = append(p.findings, f)
	return f
}

// Skip says that the rule could not be judged at all, and why; the report
// lists it among what was not checked.
func (p *Pass) Skip(reason string) { p.skipped = reason }

// Note says what the rule took for granted where nothing was configured, such
// as which tables are expected. Notes of all rules are shown once.
func (p *Pass) Note(note string) { p.notes = append(p.notes, note) }

// Doubt says that the rule could not judge an object, and why; the report
// lists it among what was not checked.
func (p *Pass) Doubt(o catalog.Ref, at catalog.Origin, reason string) {
	p.gaps = append(p.gaps, catalog.Gap{Object: o, Reason: reason, Origin: at})
}

// IdleIgnores lists what is wrong with the ignores of this run; only a rule
// that runs last is told.
func (p *Pass) IdleIgnores() []Idle { return p.idle }
