package rules

import (
	"cmp"
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/drift"
	"policylint/inspect/project"
)

// A Selection narrows or widens a run. The zero Selection runs what the
// configuration says.
type Selection struct {
	Preset Preset   // zero for that of the configuration
	Only   []string // IDs; these run even where they are off or in no preset
	Except []string // IDs
	Min    Severity // mildest severity to report; Info makes the preset Strict at least
	// Partial says that only a part of what the configuration is for was read,
	// so an ignore of rules.yaml that matches nothing is not unused.
	Partial bool
	// Against turns the run into one over the difference from another catalog,
	// which Drift holds; see NeedsComparison.
	Against *catalog.Source
	Sides   [2]string // what messages call the two
	Drift   []drift.Difference
	// Baseline has the findings that are known; nil for none. KeepStale says
	// that others of its entries are for other runs, so none is stale.
	Baseline  *Baseline
	KeepStale bool
	// Project is the configuration beside the database; nil when there is none.
	Project *project.Project
	Notes   []string // what was taken for granted before the run
}

// A Result is what a run found, and what it could not judge.
type Result struct {
	Source     catalog.Source
	Against    *catalog.Source // what it was compared with; nil when it was not
	Findings   []*Finding      // in order of file, line, column, rule and object; those without a file last
	Suppressed []*Finding      // covered by an ignore, in the same order
	Baseline   *Baseline       // the one the run was given
	Baselined  []*Finding      // known to it, in the same order
	Since      *Since          // what the findings were narrowed to, see Narrow
	Skipped    []Skip          // in order of rule
	Gaps       []catalog.Gap
	Notes      []string // what was taken for granted, sorted
	Ran        []*Rule  // in order of ID
	Crashed    []string // IDs of rules that panicked; a gap says so too
	Summary    Summary

	mild              []*Finding // below the severity that was asked for
	compared, partial bool       // of the selection
}

// A Skip is a rule that was asked for and could not be judged.
type Skip struct {
	Rule   *Rule
	Reason string
	Unmet  Need // what the source lacks for the rule; 0 when that is not the reason
}

// A Summary counts the findings of a run, not what is suppressed or known.
type Summary struct{ Error, Warning, Info int }

// Fails reports whether any finding is as bad as that.
func (r *Result) Fails(at Severity) bool {
	return slices.ContainsFunc(r.Findings, func(f *Finding) bool { return f.Severity >= at })
}

// Run judges a catalog by the rules that the configuration and the selection
// leave on. A rule that panics loses its findings, not those of others.
func Run(c *catalog.Catalog, config *Config, s Selection) *Result {
	return run(config.AllRules(), c, config, s)
}

func run(all []*Rule, c *catalog.Catalog, config *Config, s Selection) *Result {
	if config == nil {
		config = &Config{}
	}
	res := &Result{Source: c.Source, Against: s.Against, Gaps: slices.Clone(c.Gaps), Notes: slices.Clone(s.Notes), Baseline: s.Baseline, compared: s.Against != nil, partial: s.Partial}
	ignores := newIgnores(c, config)
	if s.Project != nil && s.Against == nil {
		res.Gaps = append(res.Gaps, s.Project.Gaps...)
		ignores.add(s.Project.Directives)
	}
	var first []*Pass
	var last, stale []*Rule
	for _, r := range all {
		switch {
		case r.Needs&NeedsBaseline != 0:
			stale = append(stale, r)
		case r.Last:
			last = append(last, r)
		default:
			if p := res.pass(r, c, config, s); p != nil {
				first = append(first, p)
			}
		}
	}
	beside := make(map[string]bool, len(first))
	for _, p := range first {
		beside[p.rule.ID] = true
		p.beside = beside
	}
	checkAll(c, first)
	for _, p := range first {
		res.add(p, s)
	}
	res.suppress(ignores)
	for _, r := range last {
		res.run(r, c, config, s, ignores.idle(res.Ran, s.Partial))
	}
	if s.Baseline != nil {
		res.known(s.Baseline)
		var idle []Idle
		if !s.Partial && !s.KeepStale {
			idle = s.Baseline.stale(res, config)
		}
		for _, r := range stale {
			res.run(r, c, config, s, idle)
		}
	}
	res.finish()
	return res
}

// run adds what one rule finds.
func (r *Result) run(rule *Rule, c *catalog.Catalog, config *Config, s Selection, idle []Idle) {
	if p := r.pass(rule, c, config, s); p != nil {
		p.idle = idle
		p.check()
		r.add(p, s)
	}
}

// pass prepares the run of a rule; nil when it is off or cannot be judged.
func (r *Result) pass(rule *Rule, c *catalog.Catalog, config *Config, s Selection) *Pass {
	setting := config.Setting(rule.ID)
	severity := s.severity(rule, setting, s.preset(config))
	if severity == Off || (rule.Needs&NeedsComparison != 0) != (s.Against != nil) && rule.Needs&NeedsBaseline == 0 {
		return nil
	}
	if need, reason := s.unmet(rule.Needs, c.Source.Kind); reason != "" {
		r.Skipped = append(r.Skipped, Skip{rule, reason, need})
		return nil
	}
	p := &Pass{Catalog: c, Config: config, Options: setting.Options, Drift: s.Drift, Sides: s.Sides, Project: s.Project, rule: rule, severity: severity}
	if p.Options == nil && rule.Options != nil {
		p.Options = rule.Options()
	}
	return p
}

// add adds what a rule found.
func (r *Result) add(p *Pass, s Selection) {
	rule, setting, preset := p.rule, p.Config.Setting(p.rule.ID), s.preset(p.Config)
	if p.fault != "" {
		r.Crashed = append(r.Crashed, rule.ID)
		r.Gaps = append(r.Gaps, catalog.Gap{
			Object: catalog.Ref{Kind: "rule", Name: rule.ID},
			Reason: "the rule stopped on a fault of its own, please report it: " + p.fault,
		})
		return
	}
	r.Notes = append(r.Notes, p.notes...)
	r.Gaps = append(r.Gaps, p.gaps...)
	if p.skipped != "" {
		r.Skipped = append(r.Skipped, Skip{Rule: rule, Reason: p.skipped})
		return
	}
	r.Ran = append(r.Ran, rule)
	for _, f := range p.findings {
		if setting.Given && setting.Severity != Off {
			f.Severity = setting.Severity
		}
		// What a rule itself softened to info is as quiet as a rule of info.
		asked := setting.Given || preset >= Strict || slices.Contains(s.Only, rule.ID)
		if f.Severity >= s.Min && (f.Severity > Info || asked) {
			r.Findings = append(r.Findings, f)
		} else {
			r.mild = append(r.mild, f)
		}
	}
}

// severity is what the rule reports with; Off when it does not run.
func (s Selection) severity(r *Rule, setting Setting, preset Preset) Severity {
	severity := r.Severity
	if setting.Given {
		severity = setting.Severity
	}
	switch {
	case slices.Contains(s.Except, r.ID):
		return Off
	case slices.Contains(s.Only, r.ID):
		if severity == Off {
			severity = r.Severity
		}
		return severity
	case len(s.Only) > 0, severity < s.Min:
		return Off
	case !setting.Given && r.Preset() > preset:
		return Off
	}
	return severity
}

// unmet says which need such a source does not meet, and why a rule that has it
// cannot be judged.
func (s Selection) unmet(n Need, kind catalog.SourceKind) (Need, string) {
	switch {
	case n&NeedsHistory != 0 && kind == catalog.Database:
		return NeedsHistory, "needs migrations: a running database has no history"
	case n&NeedsDatabase != 0 && kind != catalog.Database:
		return NeedsDatabase, "needs a running database"
	case n&(NeedsProject|NeedsProjectFile) != 0 && s.Project == nil:
		return NeedsProject, "needs supabase/config.toml beside the migrations"
	case n&NeedsProject != 0 && s.Project.Config == nil:
		return 0, "needs supabase/config.toml, which is not TOML"
	}
	return 0, ""
}

// finish sorts and counts.
func (r *Result) finish() {
	slices.SortStableFunc(r.Findings, compareFindings)
	slices.SortStableFunc(r.Suppressed, compareFindings)
	slices.SortStableFunc(r.Baselined, compareFindings)
	slices.SortStableFunc(r.Skipped, func(a, b Skip) int { return cmp.Compare(a.Rule.ID, b.Rule.ID) })
	slices.SortStableFunc(r.Gaps, func(a, b catalog.Gap) int {
		return cmp.Or(compareOrigins(a.Origin, b.Origin), cmp.Compare(a.Object.String(), b.Object.String()), cmp.Compare(a.Reason, b.Reason))
	})
	slices.SortFunc(r.Ran, func(a, b *Rule) int { return cmp.Compare(a.ID, b.ID) })
	slices.Sort(r.Notes)
	r.Notes = slices.Compact(r.Notes)
	r.count()
}

// count makes the summary.
func (r *Result) count() {
	r.Summary = Summary{}
	for _, f := range r.Findings {
		switch f.Severity {
		case Error:
			r.Summary.Error++
		case Warning:
			r.Summary.Warning++
		case Info:
			r.Summary.Info++
		}
	}
}

func compareFindings(a, b *Finding) int {
	return cmp.Or(compareOrigins(a.Origin, b.Origin), cmp.Compare(a.Rule.ID, b.Rule.ID),
		cmp.Compare(a.Object.String(), b.Object.String()), cmp.Compare(a.Message, b.Message))
}

func compareOrigins(a, b catalog.Origin) int {
	if (a.File == "") != (b.File == "") {
		if a.File == "" {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
