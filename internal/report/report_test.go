package report_test

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/internal/report"
	"policylint/rules"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares output with a file of testdata.
func golden(t *testing.T, name string, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsFunc(b.Bytes(), hides) {
		t.Errorf("%s has characters that hide or turn text", name)
	}
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("%s differs; run go test ./internal/report -update if it should\n%s", name, d)
	}
	return b.Bytes()
}

// hides holds for characters that turn the direction of writing, end lines
// where programs see none, or are controls above ASCII: no format may have them.
func hides(r rune) bool {
	return r >= 0x7f && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

var (
	disabled = &rules.Rule{
		ID: "rls-disabled", Category: rules.CategorySecurity, Title: "Exposed table without row level security", Severity: rules.Error,
		Why: `
The API serves every table of an exposed schema. Without row level security,
whoever holds the anon key reads and writes every row.

A second paragraph.`,
		Fix:  "Turn it on:\n\n```sql\nalter table public.notes enable row level security;\n```",
		Refs: []string{"https://www.postgresql.org/docs/current/ddl-rowsecurity.html"},
	}
	uncached = &rules.Rule{
		ID: "uncached-auth-call", Category: rules.CategoryPerformance, Title: "Policy calls an auth function once per row", Severity: rules.Warning,
		Why: "A bare `auth.uid()` runs for every row.", Fix: "Wrap it in a sub-select.",
	}
	database = &rules.Rule{ID: "live-subscribers-anon", Category: rules.CategoryRealtime, Title: "Anonymous subscribers", Severity: rules.Warning, Why: "x", Fix: "y"}
)

const notes = "-- notes\n" +
	"create table public.notes (\n\tid bigint primary key,\n\towner uuid,\n\ttext text\n);\n" +
	"alter table public.notes enable row level security; alter table public.notes disable row level security;\r\n" +
	"\tcreate policy \"日本語 ok\" on public.notes using (owner = auth.uid()); -- tab and wide\r\n"

func sources(file string) ([]byte, bool) {
	if file == "supabase/migrations/0001 notes.sql" {
		return []byte(notes), true
	}
	return nil, false
}

func span(line, column, endLine, endColumn int) catalog.Origin {
	return catalog.Origin{File: "supabase/migrations/0001 notes.sql", Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

// sample is a run with something of everything.
func sample() *rules.Result {
	table := catalog.Ref{Kind: "table", Name: "public.notes"}
	return &rules.Result{
		Source: catalog.Source{Kind: catalog.Migrations, Files: 2, Statements: 14},
		Findings: []*rules.Finding{
			{Rule: disabled, Severity: rules.Error, Object: table, Message: "public.notes is exposed and has row level security off", Origin: span(2, 1, 6, 2),
				Fix: "alter table public.notes enable row level security;"},
			{Rule: disabled, Severity: rules.Error, Object: table, Message: "public.notes is exposed and has row level security off", Origin: span(7, 53, 7, 104),
				Fix:     "do $$\nbegin\n  alter table public.notes enable row level security;\nend\n$$;",
				Related: []rules.Related{{Origin: span(2, 1, 6, 2), Message: "created here"}, {Origin: catalog.Origin{File: "rules.yaml", Line: 3, Column: 5}, Message: "expected here"}}},
			{Rule: uncached, Severity: rules.Warning, Object: catalog.Ref{Kind: "policy", Name: "public.notes/日本語 ok"},
				Message: `policy public.notes/日本語 ok calls auth.uid() for every row`, Origin: span(8, 2, 8, 67)},
			{Rule: uncached, Severity: rules.Info, Object: catalog.Ref{Kind: "publication", Name: "supabase_realtime"}, Message: "publication supabase_realtime is nowhere"},
		},
		Suppressed: []*rules.Finding{
			{Rule: disabled, Severity: rules.Error, Object: catalog.Ref{Kind: "table", Name: "public.countries"}, Message: "public.countries is exposed and has row level security off",
				Origin: span(3, 2, 3, 24), Suppressed: &rules.Suppression{InSource: true, Reason: "reference data", Origin: span(1, 1, 1, 9)}},
			{Rule: disabled, Severity: rules.Error, Object: catalog.Ref{Kind: "table", Name: "public.spatial_ref_sys"}, Message: "public.spatial_ref_sys is exposed and has row level security off",
				Suppressed: &rules.Suppression{Reason: "PostGIS owns it", Origin: catalog.Origin{File: "rules.yaml", Line: 9, Column: 5}}},
		},
		Skipped: []rules.Skip{{Rule: database, Reason: "needs a running database", Unmet: rules.NeedsDatabase}},
		Gaps: []catalog.Gap{
			{Reason: "execute of a computed text", Object: table, Origin: span(4, 2, 4, 12)},
			{Reason: "seed.sql is not replayed"},
		},
		Notes:   []string{"realtime.tables is not configured: the tables that supabase_realtime publishes are taken to be the expected ones"},
		Ran:     []*rules.Rule{disabled, uncached},
		Summary: rules.Summary{Error: 2, Warning: 1, Info: 1},
	}
}

// hostile is a run whose every name tries to break out of the report.
func hostile() *rules.Result {
	const evil = "x\x1b[2J\x07\r\n::error::owned%0A,a=b:\u202e\u2066\u200f\u009b\u2028\xff<script>|`"
	at := catalog.Origin{File: "a b/ü%20:,\x1b[1m?#.sql", Line: 1, Column: 1, EndLine: 1, EndColumn: 7}
	f := &rules.Finding{Rule: disabled, Severity: rules.Error, Object: catalog.Ref{Kind: "table", Name: evil}, Message: evil + " is off", Origin: at,
		Fix: "alter table \"" + evil + "\";", Related: []rules.Related{{Origin: at, Message: evil}}}
	s := *f
	s.Suppressed = &rules.Suppression{Reason: evil, Origin: at}
	return &rules.Result{
		Source: catalog.Source{Kind: catalog.Migrations, Files: 1, Statements: 1}, Findings: []*rules.Finding{f}, Suppressed: []*rules.Finding{&s},
		Gaps: []catalog.Gap{{Reason: evil, Object: catalog.Ref{Kind: "table", Name: evil}, Origin: at}}, Notes: []string{evil},
		Skipped: []rules.Skip{{Rule: database, Reason: evil}}, Ran: []*rules.Rule{disabled}, Summary: rules.Summary{Error: 1},
	}
}

func hostileSources(string) ([]byte, bool) {
	return []byte("select\x1b[31m '\xff\u202e';\t\x00\n"), true
}

func TestText(t *testing.T) {
	for _, test := range []struct {
		name string
		res  *rules.Result
		o    report.TextOptions
	}{
		{"plain.txt", sample(), report.TextOptions{Sources: sources}},
		{"width80.txt", sample(), report.TextOptions{Sources: sources, Width: 80, Verbose: true}},
		{"width40.txt", sample(), report.TextOptions{Sources: sources, Width: 40}},
		{"color.txt", sample(), report.TextOptions{Sources: sources, Width: 80, Color: true}},
		{"hostile.txt", hostile(), report.TextOptions{Sources: hostileSources, Width: 80, Verbose: true}},
		{"clean.txt", &rules.Result{Source: catalog.Source{Kind: catalog.Migrations, Files: 1, Statements: 1}}, report.TextOptions{}},
		{"database.txt", &rules.Result{Source: catalog.Source{Kind: catalog.Database, Database: "helpdesk"}, Findings: []*rules.Finding{
			{Rule: uncached, Severity: rules.Warning, Message: "policy a calls auth.uid()"}}, Summary: rules.Summary{Warning: 1}}, report.TextOptions{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := golden(t, test.name, func(w io.Writer) error { return report.Text(w, test.res, test.o) })
			if !test.o.Color && bytes.ContainsFunc(bytes.ReplaceAll(out, []byte("\n"), nil), func(r rune) bool { return r < ' ' || r == 0x7f || r == '\u202e' }) {
				t.Error("control characters reach the terminal")
			}
		})
	}
}

func TestTextWidth(t *testing.T) {
	var b bytes.Buffer
	if err := report.Text(&b, sample(), report.TextOptions{Sources: sources, Width: 80, Verbose: true}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		// Places and fixes are never broken; code and prose are.
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > 80 && !strings.Contains(line, "-->") {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

func TestTextFrames(t *testing.T) {
	for _, test := range []struct {
		name, text string
		at         catalog.Origin
	}{
		{"no such line", "a\n", catalog.Origin{File: "f", Line: 9, Column: 1}},
		{"no end", "select 1;\n", catalog.Origin{File: "f", Line: 1, Column: 1}},
		{"column behind the line", "a\n", catalog.Origin{File: "f", Line: 1, Column: 99, EndLine: 1, EndColumn: 120}},
		{"no line", "", catalog.Origin{File: "f"}},
		{"far right", strings.Repeat("x", 5000) + " select 1;" + strings.Repeat("y", 5000), catalog.Origin{File: "f", Line: 1, Column: 5002, EndLine: 1, EndColumn: 5011}},
		{"huge line", strings.Repeat("日本", 1<<20), catalog.Origin{File: "f", Line: 1, Column: 1 << 19, EndLine: 1, EndColumn: 1<<19 + 4}},
		{"UTF-16", "\xff\xfea\x00", catalog.Origin{File: "f", Line: 1, Column: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			res := &rules.Result{Findings: []*rules.Finding{{Rule: disabled, Severity: rules.Error, Message: "m", Origin: test.at}}}
			var b bytes.Buffer
			o := report.TextOptions{Width: 80, Sources: func(string) ([]byte, bool) { return []byte(test.text), true }}
			if err := report.Text(&b, res, o); err != nil {
				t.Fatal(err)
			}
			if b.Len() > 2000 {
				t.Errorf("%d bytes for one finding", b.Len())
			}
		})
	}
}

func TestJSON(t *testing.T) {
	s := schema(t, filepath.Join("..", "..", "docs", "report.schema.json"))
	validate(t, s, golden(t, "report.json", func(w io.Writer) error { return report.JSON(w, sample()) }))
	validate(t, s, golden(t, "hostile.json", func(w io.Writer) error { return report.JSON(w, hostile()) }))
	validate(t, s, golden(t, "database.json", func(w io.Writer) error {
		return report.JSON(w, &rules.Result{Source: catalog.Source{Kind: catalog.Database, Database: "helpdesk", User: "linter", Version: 150018}})
	}))
}

// adopted is a run with a baseline, narrowed to a change.
func adopted() *rules.Result {
	r := sample()
	r.Baseline = &rules.Baseline{File: "known.yaml"}
	r.Baselined, r.Findings = r.Findings[:2], r.Findings[2:]
	r.Since = &rules.Since{Ref: "main", Commit: "0123456789abcdef", Files: 2, Fixed: r.Baselined[:1], Elsewhere: r.Baselined[1:]}
	r.Summary = rules.Summary{Warning: 1, Info: 1}
	return r
}

func TestAdopted(t *testing.T) {
	golden(t, "adopted.txt", func(w io.Writer) error {
		return report.Text(w, adopted(), report.TextOptions{Sources: sources, Width: 80, Verbose: true})
	})
	validate(t, schema(t, filepath.Join("..", "..", "docs", "report.schema.json")), golden(t, "adopted.json", func(w io.Writer) error { return report.JSON(w, adopted()) }))
	out := golden(t, "adopted.sarif", func(w io.Writer) error { return report.SARIF(w, adopted(), "v1.2.3") })
	validate(t, schema(t, filepath.Join("testdata", "sarif-schema-2.1.0.json")), out)
	if bytes.Count(out, []byte(`"baselineState": "unchanged"`)) != 4 || bytes.Count(out, []byte(`"baselineState": "new"`)) != 2 {
		t.Errorf("two known, two ignored and two new findings come out as\n%s", out)
	}
}

func TestGitHub(t *testing.T) {
	golden(t, "github.txt", func(w io.Writer) error { return report.GitHub(w, sample()) })
	out := golden(t, "hostile.github.txt", func(w io.Writer) error { return report.GitHub(w, hostile()) })
	if n := bytes.Count(out, []byte("::error ")); n != 1 || bytes.Count(out, []byte("\n")) != 2 {
		t.Errorf("a name makes commands of its own:\n%s", out)
	}
}

func TestRules(t *testing.T) {
	all := []*rules.Rule{database, disabled, uncached}
	golden(t, "rules.txt", func(w io.Writer) error { return report.Rules(w, all, false) })
	golden(t, "rules.json", func(w io.Writer) error { return report.RulesJSON(w, all) })
}

func TestExplain(t *testing.T) {
	r := *disabled
	r.ID = "without-examples"
	golden(t, "explain.txt", func(w io.Writer) error { return report.Explain(w, &r, false, 60) })
}
