package report

import (
	"io"

	"policylint/inspect/catalog"
	"policylint/internal/jsonout"
	"policylint/rules"
)

// Version is the version of the JSON report. It goes up when a key changes its
// meaning or goes away, not when one is added.
const Version = 1

type jsonReport struct {
	Version    int           `json:"version"`
	Source     jsonSource    `json:"source"`
	Against    *jsonSource   `json:"against,omitempty"`
	Findings   []jsonFinding `json:"findings"`
	Suppressed []jsonFinding `json:"suppressed"`
	// Only where there is a baseline, or the run was narrowed to a change.
	Baselined *[]jsonFinding `json:"baselined,omitempty"`
	Since     *jsonSince     `json:"since,omitempty"`
	Skipped   []jsonSkip     `json:"skipped"`
	Gaps      []jsonGap      `json:"gaps"`
	Notes     []string       `json:"notes"`
	Summary   jsonSummary    `json:"summary"`
}

type jsonSource struct {
	Kind       catalog.SourceKind `json:"kind"`
	Files      *int               `json:"files,omitempty"`
	Statements *int               `json:"statements,omitempty"`
	Server     string             `json:"server,omitempty"`
	Database   string             `json:"database,omitempty"`
	User       string             `json:"user,omitempty"`
	Version    int                `json:"server_version_num,omitempty"`
}

type jsonFinding struct {
	Rule     string     `json:"rule"`
	Severity string     `json:"severity"`
	Category string     `json:"category"`
	Object   jsonObject `json:"object"`
	Message  string     `json:"message"`
	jsonSpan
	Fingerprint string        `json:"fingerprint"`
	Fix         string        `json:"fix,omitempty"`
	Related     []jsonRelated `json:"related,omitempty"`
	Suppression *jsonReason   `json:"suppression,omitempty"`
}

type jsonObject struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// jsonSpan has no keys for what was read from a running database.
type jsonSpan struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"end_line,omitempty"`
	EndColumn int    `json:"end_column,omitempty"`
}

type jsonRelated struct {
	Message string `json:"message"`
	jsonSpan
}

type jsonReason struct {
	InSource bool   `json:"in_source"`
	Reason   string `json:"reason"`
}

// jsonSince is what the findings were narrowed to.
type jsonSince struct {
	Ref       string        `json:"ref"`
	Commit    string        `json:"commit"`
	Files     int           `json:"changed_files"`
	Elsewhere []jsonFinding `json:"elsewhere"`
	Fixed     []jsonFinding `json:"fixed"`
}

type jsonSkip struct {
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
}

type jsonGap struct {
	Object *jsonObject `json:"object"`
	Reason string      `json:"reason"`
	jsonSpan
}

type jsonSummary struct {
	Error   int `json:"error"`
	Warning int `json:"warning"`
	Info    int `json:"info"`
}

// JSON writes the report that docs/report.schema.json describes.
func JSON(w io.Writer, res *rules.Result) error { return jsonout.Write(w, resultJSON(res)) }

// resultJSON is one run of the rules.
func resultJSON(res *rules.Result) jsonReport {
	s := res.Source
	out := jsonReport{
		Version:    Version,
		Source:     sourceJSON(s),
		Findings:   findingsJSON(res.Findings),
		Suppressed: findingsJSON(res.Suppressed),
		Skipped:    []jsonSkip{}, Gaps: []jsonGap{}, Notes: append([]string{}, res.Notes...),
		Summary: jsonSummary(res.Summary),
	}
	if res.Baseline != nil {
		known := findingsJSON(res.Baselined)
		out.Baselined = &known
	}
	if s := res.Since; s != nil {
		out.Since = &jsonSince{s.Ref, s.Commit, s.Files, findingsJSON(s.Elsewhere), findingsJSON(s.Fixed)}
	}
	if res.Against != nil {
		a := sourceJSON(*res.Against)
		out.Against = &a
	}
	for _, x := range res.Skipped {
		out.Skipped = append(out.Skipped, jsonSkip{x.Rule.ID, x.Reason})
	}
	for _, g := range res.Gaps {
		j := jsonGap{Reason: g.Reason, jsonSpan: spanJSON(g.Origin)}
		if g.Object != (catalog.Ref{}) {
			j.Object = &jsonObject{g.Object.Kind, g.Object.Name}
		}
		out.Gaps = append(out.Gaps, j)
	}
	return out
}

func sourceJSON(s catalog.Source) jsonSource {
	out := jsonSource{Kind: s.Kind, Server: s.Server, Database: s.Database, User: s.User, Version: s.Version}
	if s.Kind != catalog.Database {
		out.Files, out.Statements = &s.Files, &s.Statements
	}
	return out
}

func findingsJSON(findings []*rules.Finding) []jsonFinding {
	out := []jsonFinding{}
	for _, f := range findings {
		j := jsonFinding{
			Rule: f.Rule.ID, Severity: f.Severity.String(), Category: f.Rule.Category,
			Object: jsonObject{f.Object.Kind, f.Object.Name}, Message: f.Message,
			jsonSpan: spanJSON(f.Origin), Fingerprint: f.Fingerprint(), Fix: f.Fix,
		}
		for _, r := range f.Related {
			j.Related = append(j.Related, jsonRelated{r.Message, spanJSON(r.Origin)})
		}
		if f.Suppressed != nil {
			j.Suppression = &jsonReason{f.Suppressed.InSource, f.Suppressed.Reason}
		}
		out = append(out, j)
	}
	return out
}

func spanJSON(o catalog.Origin) jsonSpan {
	return jsonSpan{o.File, o.Line, o.Column, o.EndLine, o.EndColumn}
}
