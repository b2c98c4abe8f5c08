package report

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"policylint/inspect/catalog"
	"policylint/internal/jsonout"
	"policylint/rules"
)

// fingerprintKey names the fingerprint in partialFingerprints. Its number goes
// up when the fingerprint is made of something else.
const fingerprintKey = "policylint/v1"

// SARIF writes the report as SARIF 2.1.0 (OASIS, Static Analysis Results
// Interchange Format). version is the program's own.
func SARIF(w io.Writer, res *rules.Result, version string) error {
	log, err := sarif.New(sarif.Version210)
	if err != nil {
		return err
	}
	log.AddRun(runSARIF(res, version))
	return jsonout.Write(w, log)
}

// runSARIF is one run of the rules.
func runSARIF(res *rules.Result, version string) *sarif.Run {
	run := sarif.NewRun(*sarif.NewSimpleTool("policylint"))
	run.Tool.Driver.SemanticVersion = semantic(version)
	run.Tool.Driver.Version = &version
	run.ColumnKind = "unicodeCodePoints"
	index := map[string]int{}
	for _, r := range reported(res) {
		index[r.ID] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, ruleSARIF(r))
	}
	run.Results = []*sarif.Result{}
	known := map[*rules.Finding]bool{}
	for _, f := range res.Baselined {
		known[f] = true
	}
	for _, f := range slices.Concat(res.Findings, res.Baselined, res.Suppressed) {
		r := resultSARIF(f).WithRuleIndex(index[f.Rule.ID])
		// What is suppressed is in no baseline, and no news either.
		switch {
		case res.Baseline == nil:
		case known[f] || f.Suppressed != nil:
			r.WithBaselineState("unchanged")
		default:
			r.WithBaselineState("new")
		}
		run.Results = append(run.Results, r)
	}
	run.Invocations = []*sarif.Invocation{invocationSARIF(res)}
	return run
}

// semantic is a version that is a semantic one, nil for others such as "dev".
func semantic(version string) *string {
	v := strings.TrimPrefix(version, "v")
	if strings.Count(strings.SplitN(v, "-", 2)[0], ".") != 2 {
		return nil
	}
	return &v
}

// reported lists the rules that ran or that a result names, in order of ID.
func reported(res *rules.Result) []*rules.Rule {
	byID := map[string]*rules.Rule{}
	for _, r := range res.Ran {
		byID[r.ID] = r
	}
	for _, s := range res.Skipped {
		byID[s.Rule.ID] = s.Rule
	}
	for _, f := range slices.Concat(res.Findings, res.Baselined, res.Suppressed) {
		byID[f.Rule.ID] = f.Rule
	}
	var out []*rules.Rule
	for _, r := range byID {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b *rules.Rule) int { return strings.Compare(a.ID, b.ID) })
	return out
}

func ruleSARIF(r *rules.Rule) *sarif.ReportingDescriptor {
	d := sarif.NewRule(r.ID).
		WithName(r.ID).
		WithShortDescription(sarif.NewMultiformatMessageString(r.Title)).
		WithFullDescription(sarif.NewMultiformatMessageString(firstParagraph(r.Why))).
		WithHelp(sarif.NewMultiformatMessageString(strings.TrimSpace(r.Why)).WithMarkdown(help(r))).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(level(r.Severity)))
	if len(r.Refs) > 0 {
		d.WithHelpURI(r.Refs[0])
	}
	d.Properties = sarif.Properties{"category": r.Category, "tags": []string{r.Category}}
	return d
}

// help is a rule's page, in Markdown.
func help(r *rules.Rule) string {
	s := "# " + r.Title + "\n\n" + strings.TrimSpace(r.Why) + "\n"
	if r.Fix != "" {
		s += "\n## Fix\n\n" + strings.TrimSpace(r.Fix) + "\n"
	}
	if len(r.Refs) > 0 {
		s += "\n## References\n\n"
		for _, ref := range r.Refs {
			s += "- <" + ref + ">\n"
		}
	}
	return s
}

func resultSARIF(f *rules.Finding) *sarif.Result {
	out := sarif.NewRuleResult(f.Rule.ID).
		WithLevel(level(f.Severity)).
		WithMessage(sarif.NewTextMessage(clean(f.Message) + ".")).
		WithPartialFingerPrints(map[string]any{fingerprintKey: f.Fingerprint()})
	l := locationSARIF(f.Origin)
	name, kind := f.Object.Name, f.Object.Kind
	l.LogicalLocations = []*sarif.LogicalLocation{{FullyQualifiedName: &name, Kind: &kind}}
	out.Locations = []*sarif.Location{l}
	for i, r := range f.Related {
		l := locationSARIF(r.Origin)
		id := uint(i + 1)
		l.Id, l.Message = &id, sarif.NewTextMessage(clean(r.Message))
		out.RelatedLocations = append(out.RelatedLocations, l)
	}
	if f.Fix != "" {
		out.Properties = sarif.Properties{"fix": f.Fix}
	}
	if s := f.Suppressed; s != nil {
		kind := "external"
		if s.InSource {
			kind = "inSource"
		}
		// The library writes every key of a suppression, and null is in none
		// of them allowed.
		out.Suppressions = []*sarif.Suppression{sarif.NewSuppression(kind).WithStatus("accepted").
			WithJustifcation(s.Reason).WithLocation(locationSARIF(s.Origin)).WithGuid(guid(f))}
	}
	return out
}

// guid is the same for the same finding, as its fingerprint is: a name-based one
// (RFC 9562, version 5, which the schema knows as the last).
func guid(f *rules.Finding) string {
	h := sha256.Sum256([]byte(f.Fingerprint() + "\n" + f.Message))
	h[6], h[8] = h[6]&0x0f|0x50, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

func locationSARIF(o catalog.Origin) *sarif.Location {
	if o.File == "" {
		return sarif.NewLocation()
	}
	region := sarif.NewRegion().WithStartLine(max(o.Line, 1)).WithStartColumn(max(o.Column, 1))
	if o.EndLine >= o.Line && o.EndColumn > 0 {
		region.WithEndLine(o.EndLine).WithEndColumn(o.EndColumn)
	}
	return sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().
		WithArtifactLocation(sarif.NewSimpleArtifactLocation(fileURI(o.File))).WithRegion(region))
}

// fileURI is a path as a URI reference: relative for a relative path.
func fileURI(file string) string {
	file = strings.ReplaceAll(file, `\`, "/")
	if path.IsAbs(file) {
		return (&url.URL{Scheme: "file", Path: file}).String()
	}
	return (&url.URL{Path: path.Clean(file)}).String()
}

// invocationSARIF carries what was not checked.
func invocationSARIF(res *rules.Result) *sarif.Invocation {
	i := sarif.NewInvocation().WithExecutionSuccess(len(res.Crashed) == 0)
	for _, g := range res.Gaps {
		n := sarif.NewNotification().WithLevel("note").WithMessage(sarif.NewTextMessage("not checked: " + about(g.Object) + clean(g.Reason)))
		if g.Origin.File != "" {
			n.Locations = []*sarif.Location{locationSARIF(g.Origin)}
		}
		i.ToolExecutionNotifications = append(i.ToolExecutionNotifications, n)
	}
	for _, s := range res.Skipped {
		n := sarif.NewNotification().WithLevel("note").WithMessage(sarif.NewTextMessage("rule skipped: " + clean(s.Reason)))
		n.AssociatedRule = sarif.NewReportingDescriptorReference().WithId(s.Rule.ID)
		i.ToolExecutionNotifications = append(i.ToolExecutionNotifications, n)
	}
	return i
}

func level(s rules.Severity) string {
	switch s {
	case rules.Error:
		return "error"
	case rules.Warning:
		return "warning"
	}
	return "note"
}
