package report

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"policylint/inspect/catalog"
	"policylint/inspect/flow"
	"policylint/rules"
)

// A Page is what HTML writes: one part for each database, or one for all that
// was read.
type Page struct {
	Version string // of policylint
	Parts   []Part
}

// A Part is one run of the rules, with what is known of who receives what.
type Part struct {
	Name    string        // of the database of a fleet; "" for a report of one
	Result  *rules.Result // nil when the database could not be read
	Err     string        // why not, without credentials
	Sources Sources
	Access  *Access     // nil for none
	Flow    *flow.Graph // nil for none
}

//go:embed html
var htmlFiles embed.FS

// htmlTemplate parses the templates, once, when a report is written.
var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page.tmpl").Funcs(template.FuncMap{
		"clean": clean,
		"code":  cleanLines,
		"count": count,
		"host":  host,
		"ticks": ticks,
		"grid": func(subjects []string, rows []htmlMatrixRow) *htmlMatrix {
			return &htmlMatrix{Subjects: subjects, Rows: rows}
		},
		"states": func() []flow.State {
			return []flow.State{flow.Whole, flow.Partial, flow.Broken, flow.Unsure, flow.Nothing}
		},
		"word":     func(s string) string { return stateWords[flow.State(s)] },
		"sentence": sentence,
	}).ParseFS(htmlFiles, "html/*.tmpl"))
})

// HTML writes a page that needs nothing but itself: no script, no network.
func HTML(w io.Writer, p Page) error {
	style, err := htmlFiles.ReadFile("html/style.css")
	if err != nil {
		return err
	}
	view := htmlPage{Version: p.Version, Style: template.CSS(style), Fleet: len(p.Parts) != 1 || p.Parts[0].Name != ""}
	for i, part := range p.Parts {
		x, err := viewPart(part, fmt.Sprintf("p%d-", i+1), view.Fleet)
		if err != nil {
			return err
		}
		view.Parts = append(view.Parts, x)
	}
	view.Title = view.title()
	return htmlTemplate().Execute(w, view)
}

// htmlPage is what the templates see.
type htmlPage struct {
	Title, Version string
	Style          template.CSS // ours, from the embedded file
	Fleet          bool
	Parts          []*htmlPart
}

// title is what a browser's tab says: what was found, then where.
func (p htmlPage) title() string {
	if p.Fleet {
		return "policylint: " + count(len(p.Parts), "database")
	}
	return p.Parts[0].Line + " in " + p.Parts[0].Scope
}

// htmlPart is one run.
type htmlPart struct {
	ID      string // a prefix for the IDs of this part
	Fleet   bool
	Name    string
	Err     string
	Line    string // "8 errors, 1 warning"
	Worst   string // severity; "" for none
	Scope   string // "16 files, 62 statements"
	Source  []htmlFact
	Tally   []htmlTally
	Updates *htmlUpdates
	Picture *htmlPicture
	Matrix  *htmlMatrix
	Rules   []htmlRule
	Found   int
	Filters []htmlTally
	Others  []htmlList // findings that do not count
	Gaps    []htmlGap
	Notes   []string
}

type htmlFact struct{ Name, Text string }

type htmlTally struct{ Severity, Text, Link string }

// An htmlList is findings that are listed with a line each.
type htmlList struct {
	ID, Title string
	Items     []htmlItem
}

type htmlItem struct{ Rule, Message, Place, Reason string }

type htmlGap struct{ Place, Object, Rule, Reason string }

// viewPart works out what the templates show of a part.
func viewPart(p Part, id string, fleet bool) (*htmlPart, error) {
	out := &htmlPart{ID: id, Fleet: fleet, Name: p.Name, Err: p.Err}
	if p.Result == nil {
		out.Line = "not read"
		return out, nil
	}
	res := p.Result
	out.Line, out.Scope, out.Found = Member{Result: res}.line(), scope(res.Source), len(res.Findings)
	if len(res.Findings) == 0 {
		out.Line = "No problems"
	}
	out.Source = sourceFacts(p)
	out.tally(res)
	finder := newFinder(res, id)
	if p.Flow != nil && len(p.Flow.Tables) > 0 {
		out.Updates = viewUpdates(p.Flow)
	}
	if p.Flow != nil && len(p.Flow.Nodes) > 0 {
		out.Picture = viewPicture(p.Flow, finder, id)
	}
	if p.Access != nil && len(p.Access.Rows) > 0 {
		out.Matrix = viewMatrix(p.Access, res.Source)
	}
	out.Rules = viewFindings(res, p.Sources, finder)
	out.list("ignored", "Ignored", res.Suppressed, res.Source)
	out.list("known", "Known to the baseline", res.Baselined, res.Source)
	if x := res.Since; x != nil {
		out.list("fixed", "Fixed", x.Fixed, res.Source)
		out.list("elsewhere", "Elsewhere, not changed", x.Elsewhere, res.Source)
	}
	for _, g := range res.Gaps {
		x := htmlGap{Object: g.Object.String(), Reason: g.Reason}
		if !g.Origin.IsZero() {
			x.Place = place(g.Origin, res.Source)
		}
		out.Gaps = append(out.Gaps, x)
	}
	for _, s := range res.Skipped {
		out.Gaps = append(out.Gaps, htmlGap{Rule: s.Rule.ID, Reason: s.Reason})
	}
	out.Notes = append(out.Notes, res.Notes...)
	if p.Access != nil {
		out.Notes = append(out.Notes, p.Access.Notes...)
	}
	return out, nil
}

// tally fills in the counts that lead into the findings.
func (p *htmlPart) tally(res *rules.Result) {
	for _, x := range []struct {
		severity rules.Severity
		n        int
	}{{rules.Error, res.Summary.Error}, {rules.Warning, res.Summary.Warning}, {rules.Info, res.Summary.Info}} {
		if x.n == 0 {
			continue
		}
		name := x.severity.String()
		if p.Worst == "" {
			p.Worst = name
		}
		text := severities(x.n, name)
		p.Tally = append(p.Tally, htmlTally{name, text, p.ID + "findings"})
		p.Filters = append(p.Filters, htmlTally{Severity: name, Text: text})
	}
	if len(res.Findings) == 0 {
		p.Tally = append(p.Tally, htmlTally{Severity: "good", Text: "No problems", Link: p.ID + "findings"})
	}
	for text := range strings.FieldsFuncSeq(asideAll(res), func(r rune) bool { return r == ';' }) {
		text = strings.TrimSpace(text)
		p.Tally = append(p.Tally, htmlTally{Severity: "quiet", Text: text, Link: p.asideLink(text)})
	}
}

// asideLink is where on the page what is counted apart is listed; "" for
// nowhere.
func (p *htmlPart) asideLink(text string) string {
	switch {
	case strings.HasSuffix(text, " ignored"):
		return p.ID + "ignored"
	case strings.HasSuffix(text, " known to the baseline"):
		return p.ID + "known"
	case strings.HasSuffix(text, " not checked"), strings.Contains(text, " rule needs "), strings.Contains(text, " rules need "):
		return p.ID + "gaps"
	}
	return ""
}

// list adds findings that do not count, if there are any.
func (p *htmlPart) list(id, title string, findings []*rules.Finding, source catalog.Source) {
	if len(findings) == 0 {
		return
	}
	x := htmlList{ID: p.ID + id, Title: title}
	for _, f := range findings {
		item := htmlItem{Rule: f.Rule.ID, Message: f.Message, Place: place(f.Origin, source)}
		if f.Suppressed != nil {
			if item.Reason = f.Suppressed.Reason; item.Reason == "" {
				item.Reason = "no reason given"
			}
		}
		x.Items = append(x.Items, item)
	}
	p.Others = append(p.Others, x)
}

// sourceFacts says what was read.
func sourceFacts(p Part) []htmlFact {
	s := p.Result.Source
	var out []htmlFact
	add := func(name, text string) {
		if text != "" {
			out = append(out, htmlFact{name, text})
		}
	}
	if s.Database != "" {
		add("Database", s.Database)
		add("Server", s.Server)
		add("Read as", s.User)
		if v := s.Version; v > 0 {
			add("PostgreSQL", fmt.Sprintf("%d.%d", v/10000, v%10000))
		}
	} else {
		add("Migrations", scope(s))
	}
	if a := p.Result.Against; a != nil {
		add("Compared with", scope(*a))
	}
	add("Platform", s.Platform)
	if p.Flow != nil {
		var names []string
		for _, x := range p.Flow.Subjects {
			names = append(names, x.Name)
		}
		add("Subjects", strings.Join(names, ", "))
	}
	return out
}
