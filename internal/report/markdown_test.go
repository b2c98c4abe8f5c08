package report_test

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"policylint/inspect/catalog"
	"policylint/internal/report"
	"policylint/rules"
)

// rendered is a comment as GitHub would show it, near enough: with its tables,
// raw HTML and addresses that become links by themselves.
func rendered(t *testing.T, text []byte) string {
	t.Helper()
	var b bytes.Buffer
	m := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := m.Convert(text, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// notifies is what GitHub makes a mention or a reference of, in text.
var notifies = regexp.MustCompile(`(^|[^\w])(@\w|#\d)`)

func TestMarkdown(t *testing.T) {
	evil := hostile()
	const name = "</details></code>@team/owners #12 https://evil.example www.evil.example <img src=x> [a](b) ![c](d) **x** `` ` ```"
	f := *evil.Findings[0]
	f.Object.Name, f.Message, f.Fix = name, name, "select '\n```\n</details>\n````';"
	evil.Findings = append(evil.Findings, &f)
	evil.Gaps = append(evil.Gaps, catalog.Gap{Reason: name})
	known := sample()
	known.Baselined = known.Suppressed
	known.Since = &rules.Since{Ref: "main", Commit: "0123456789ab", Files: 2, Fixed: known.Findings[2:], Elsewhere: known.Findings[:2]}
	for file, write := range map[string]func(io.Writer) error{
		"report.md":        func(w io.Writer) error { return report.Markdown(w, sample(), report.CommentLimit) },
		"since.md":         func(w io.Writer) error { return report.Markdown(w, known, report.CommentLimit) },
		"hostile.md":       func(w io.Writer) error { return report.Markdown(w, evil, report.CommentLimit) },
		"fleet.md":         func(w io.Writer) error { return report.FleetMarkdown(w, fleet(sample()), report.CommentLimit) },
		"clean.md":         func(w io.Writer) error { return report.Markdown(w, &rules.Result{}, report.CommentLimit) },
		"hostile_fleet.md": func(w io.Writer) error { return report.FleetMarkdown(w, fleet(evil), report.CommentLimit) },
	} {
		out := rendered(t, golden(t, file, write))
		if a, b := strings.Count(out, "<details>"), strings.Count(out, "</details>"); a != b {
			t.Errorf("%s: %d folds are opened and %d closed:\n%s", file, a, b, out)
		}
		for _, bad := range []string{"<script", "<img", "<a ", "<strong>x"} {
			if strings.Contains(out, bad) {
				t.Errorf("%s: a name becomes %s:\n%s", file, bad, out)
			}
		}
		text := regexp.MustCompile(`(?s)<code.*?</code>`).ReplaceAllString(out, "")
		if m := notifies.FindString(text); m != "" {
			t.Errorf("%s: a name notifies: %q", file, m)
		}
	}
}

// TestMarkdownLimit holds that a comment is never longer than it may be, and
// that every finding is either in it or counted as missing.
func TestMarkdownLimit(t *testing.T) {
	many := &rules.Result{Source: catalog.Source{Kind: catalog.Migrations, Files: 300, Statements: 9000}}
	for i := range 3000 {
		r := disabled
		if i%3 == 0 {
			r = uncached
		}
		many.Findings = append(many.Findings, &rules.Finding{Rule: r, Severity: r.Severity, Object: catalog.Ref{Kind: "table", Name: fmt.Sprintf("public.t%d", i)},
			Message: fmt.Sprintf("public.t%d; has 日本語 off", i), Origin: at("supabase/migrations/0001_a.sql", i+1), Fix: fmt.Sprintf("alter table public.t%d enable row level security;", i)})
		many.Gaps = append(many.Gaps, catalog.Gap{Reason: fmt.Sprintf("gap %d", i)})
	}
	many.Summary = rules.Summary{Error: 2000, Warning: 1000}
	huge := *many
	huge.Findings = []*rules.Finding{{Rule: disabled, Severity: rules.Error, Message: strings.Repeat("x", 100_000)}, many.Findings[1]}
	members := []report.Member{{Name: "a", Result: many}, {Name: "b", Result: many}, {Name: "c", Err: "gone"}}
	for i := range 2000 {
		members = append(members, report.Member{Name: fmt.Sprintf("database %d", i), Err: "gone"})
	}
	missing := regexp.MustCompile(`(\d+) findings? \(`)
	for _, limit := range []int{report.CommentLimit, 4000, 1000, 300} {
		for name, res := range map[string]*rules.Result{"many": many, "huge": &huge} {
			var b bytes.Buffer
			if err := report.Markdown(&b, res, limit); err != nil {
				t.Fatal(err)
			}
			out := b.String()
			if n := utf8.RuneCountInString(out); n > limit {
				t.Errorf("%s: %d characters, at most %d may be", name, n, limit)
			}
			shown := strings.Count(out, "0001\\_a.sql:") + strings.Count(out, "`supabase/migrations/0001_a.sql:")
			left := 0
			for _, m := range missing.FindAllStringSubmatch(out, -1) {
				_, _ = fmt.Sscan(m[1], &left)
			}
			if shown+left != len(res.Findings) && limit > 300 {
				t.Errorf("%s, %d: %d shown, %d counted as missing, of %d\n%.3000s", name, limit, shown, left, len(res.Findings), out)
			}
			if strings.Count(out, "<details>") != strings.Count(out, "</details>") || strings.Count(out, "```")%2 != 0 {
				t.Errorf("%s, %d: what is opened is not closed", name, limit)
			}
		}
		var b bytes.Buffer
		if err := report.FleetMarkdown(&b, members, limit); err != nil {
			t.Fatal(err)
		}
		if n := utf8.RuneCountInString(b.String()); n > limit {
			t.Errorf("fleet: %d characters, at most %d may be", n, limit)
		}
		if !strings.Contains(b.String(), "more, not shown") {
			t.Errorf("fleet: databases are cut without a word")
		}
	}
}

func at(file string, line int) catalog.Origin {
	return catalog.Origin{File: file, Line: line, Column: 1, EndLine: line, EndColumn: 9}
}
