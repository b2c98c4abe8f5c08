package report_test

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/flow"
	"policylint/internal/report"
	"policylint/rules"
)

// sampleFlow is a flow with every state in it.
func sampleFlow() *flow.Graph {
	name := catalog.Name{Schema: "public", Name: "notes"}
	agent, anon := access.NewSubject("agent", map[string]any{"user_role": "agent"}), access.NewSubject("anon", map[string]any{"role": "anon"})
	event := func(d access.Delivery) access.Realtime {
		return access.Realtime{Insert: access.Event{Delivery: d}, Update: access.Event{Delivery: d}, Delete: access.Event{Delivery: access.Delivered}}
	}
	return &flow.Graph{
		Nodes: []flow.Node{
			{ID: "hook", Kind: flow.Issuer, Name: "public.hook", Facts: []string{"access token hook"}, State: flow.Unsure},
			{ID: "c", Kind: flow.Claim, Name: "role", State: flow.Whole},
			{ID: "p", Kind: flow.Policy, Name: "日本語 ok", Facts: []string{"for select to authenticated"}, State: flow.Whole, Object: catalog.Ref{Kind: "policy", Name: "public.notes/日本語 ok"}},
			{ID: "t", Kind: flow.Table, Name: "public.notes", State: flow.Partial, Why: "public.notes: replica identity is default", Object: catalog.Ref{Kind: "table", Name: "public.notes"}},
			{ID: "pub", Kind: flow.Publication, Name: "supabase_realtime", State: flow.Whole},
			{ID: "s", Kind: flow.Subject, Name: "agent", Facts: []string{"notes: some rows"}, State: flow.Broken},
			{ID: "n", Kind: flow.Subject, Name: "anon", State: flow.Nothing},
		},
		Edges: []flow.Edge{
			{From: "hook", To: "c", State: flow.Unsure, Label: "not known"},
			{From: "c", To: "p", State: flow.Broken, Label: "never agent", Why: `policy "日本語 ok" asks for claim role = "agent", but it never is`},
			{From: "p", To: "t", State: flow.Whole}, {From: "t", To: "pub", State: flow.Partial, Label: "in part"},
			{From: "pub", To: "s", State: flow.Broken}, {From: "pub", To: "n", State: flow.Nothing},
		},
		Tables: []flow.TableFlow{{Name: name, Published: catalog.Of(true, catalog.Origin{}), State: flow.Broken, Notes: []string{"replica identity is default"}, Receipts: []flow.Receipt{
			{Subject: agent, Table: name, Events: event(access.DeliveredByRow), State: flow.Broken, Expected: access.Always, Why: []string{"only rows with owner = auth.uid() come through"}},
			{Subject: anon, Table: name, Events: event(access.Withheld), State: flow.Nothing},
		}}},
		Subjects: []access.Subject{agent, anon},
		Omitted:  []string{"tables that are neither published nor expected (3) are not in it"},
	}
}

func sampleAccess() *report.Access {
	name := catalog.Name{Schema: "public", Name: "notes"}
	cells := func(v access.Verdict, because string) (out []access.Cell) {
		for _, c := range access.Commands {
			out = append(out, access.Cell{Table: name, Command: c, Verdict: v, Because: because, Origin: span(2, 1, 6, 2)})
		}
		return out
	}
	e := access.Event{Delivery: access.DeliveryError, Error: "Error 401: Unauthorized", Because: "anon may not select id"}
	return &report.Access{
		Subjects: sampleFlow().Subjects,
		Rows: []access.Row{
			{Name: catalog.Name{Schema: "public", Name: "names"}, View: &catalog.View{}, Cells: [][]access.Cell{cells(access.Uncertain, "it is not known")[:1], cells(access.Never, "no")[:1]}},
			{Name: name, Table: &catalog.Table{}, Cells: [][]access.Cell{cells(access.Rows, "the row decides"), cells(access.Never, "anon has no privilege")},
				Realtime: []access.Realtime{{Insert: access.Event{Delivery: access.DeliveredByRow, Because: "the row decides"}}, {Insert: e, Update: e, Delete: e}}},
		},
		Notes: []string{"subjects are not configured: taken from what the hook can write"},
	}
}

func page(parts ...report.Part) func(io.Writer) error {
	return func(w io.Writer) error { return report.HTML(w, report.Page{Version: "1.2.3", Parts: parts}) }
}

func TestHTML(t *testing.T) {
	database := &rules.Result{Source: catalog.Source{Kind: catalog.Database, Database: "helpdesk", Server: "db.example.com:5432", User: "linter", Version: 150018, Platform: "supabase"}}
	for _, test := range []struct {
		name  string
		parts []report.Part
	}{
		{"report.html", []report.Part{{Result: sample(), Sources: sources, Flow: sampleFlow(), Access: sampleAccess()}}},
		{"hostile.html", []report.Part{{Result: hostile(), Sources: hostileSources}}},
		{"clean.html", []report.Part{{Result: database}}},
		{"fleet.html", []report.Part{{Name: "production", Result: database}, {Name: "<b>staging</b>", Err: "connection refused"}, {Name: "test", Result: sample(), Sources: sources, Flow: sampleFlow(), Access: sampleAccess()}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := page(test.parts...)(&b); err != nil {
				t.Fatal(err)
			}
			wellLinked(t, b.Bytes())
			golden(t, test.name, func(w io.Writer) error {
				_, err := w.Write(style.ReplaceAll(b.Bytes(), []byte("<style></style>")))
				return err
			})
		})
	}
}

var (
	idOf   = regexp.MustCompile(`\sid="([^"]*)"`)
	linkTo = regexp.MustCompile(`(?:href="#|aria-labelledby="|aria-describedby="|url\(#)([^")]*)`)
	style  = regexp.MustCompile(`(?s)<style>.*</style>`)
	loads  = regexp.MustCompile(`(?i)<(script|link rel="stylesheet|img|iframe|object|embed)|\ssrc=|@import|\son[a-z]+="|url\([^#]`)
)

// wellLinked holds that a page needs nothing else, that an ID stands for one
// element, and that what is pointed to is there.
func wellLinked(t *testing.T, page []byte) {
	t.Helper()
	if m := loads.Find(page); m != nil {
		t.Errorf("the page loads or runs something: %s", m)
	}
	ids := map[string]bool{}
	for _, m := range idOf.FindAllSubmatch(page, -1) {
		if ids[string(m[1])] {
			t.Errorf("two elements have ID %s", m[1])
		}
		ids[string(m[1])] = true
	}
	for _, m := range linkTo.FindAllSubmatch(page, -1) {
		if !ids[string(m[1])] {
			t.Errorf("nothing has ID %s, which something points to", m[1])
		}
	}
	control := func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == '\u202e' || r == '\u2028'
	}
	if bytes.ContainsFunc(page, control) {
		t.Error("control characters reach the page")
	}
}

// TestHTMLFolds holds that a page with hundreds of findings stays readable.
func TestHTMLFolds(t *testing.T) {
	res := &rules.Result{Summary: rules.Summary{Error: 200}}
	for range 200 {
		res.Findings = append(res.Findings, &rules.Finding{Rule: disabled, Severity: rules.Error, Message: "x"})
	}
	var b bytes.Buffer
	if err := page(report.Part{Result: res})(&b); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "<article "); n != 200 {
		t.Errorf("%d findings are on the page, want 200", n)
	}
	if !strings.Contains(b.String(), "<summary>190 more findings</summary>") {
		t.Error("nothing is folded away")
	}
	wellLinked(t, b.Bytes())
}
