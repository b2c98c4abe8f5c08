package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	fixtures "policylint/migrations-fixtures"
	"policylint/rules"
)

// Explain writes a rule's page for the terminal: why, a bad and a good
// example, the fix. A width of 0 is taken as 80 columns.
func Explain(w io.Writer, r *rules.Rule, color bool, width int) error {
	out, p := bufio.NewWriter(w), palette{color}
	if width <= 0 || width > 100 {
		width = 80
	}
	fmt.Fprintf(out, "%s  %s  %s  %s\n%s\n", p.bold(r.ID), p.severity(r.Severity.String(), r.Severity), r.Category, r.Preset(), r.Title)
	if r.Preset() > rules.Recommended {
		fmt.Fprintf(out, "Off unless asked for: --preset %s, --rule %s, or a severity in rules.yaml.\n", r.Preset(), r.ID)
	}
	if n := r.Needs.List(); len(n) > 0 {
		fmt.Fprintf(out, "Needs %s.\n", strings.Join(n, " and "))
	}
	fmt.Fprintln(out)
	prose(out, r.Why, width)
	for _, x := range []struct{ title, name string }{{"Bad", "bad"}, {"Good", "good"}} {
		for i, b := range fixtures.Example(r.ID, x.name) {
			if i == 0 {
				fmt.Fprintf(out, "\n%s\n", p.bold(x.title))
			}
			fmt.Fprintln(out)
			if b.Name != "" {
				fmt.Fprintf(out, "    %s\n", p.faint(b.Name))
			}
			indent(out, b.Text)
		}
	}
	if r.Fix != "" { // a project's own rule need not have one
		fmt.Fprintf(out, "\n%s\n\n", p.bold("Fix"))
		prose(out, r.Fix, width)
	}
	if len(r.Refs) > 0 {
		fmt.Fprintf(out, "\n%s\n\n", p.bold("More"))
		for _, ref := range r.Refs {
			fmt.Fprintf(out, "  %s\n", ref)
		}
	}
	return out.Flush()
}

// prose writes Markdown for the terminal: paragraphs wrapped anew, code
// blocks indented, list items with their mark.
func prose(w io.Writer, markdown string, width int) {
	var para []string
	flush := func() {
		if len(para) == 0 {
			return
		}
		lead := ""
		if strings.HasPrefix(para[0], "- ") {
			lead = "  "
		}
		for i, line := range wrap(strings.Join(para, " "), width-len(lead)) {
			if i > 0 {
				line = lead + line
			}
			fmt.Fprintln(w, line)
		}
		para = nil
	}
	code := false
	for _, line := range strings.Split(strings.TrimSpace(markdown), "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			flush()
			code = !code
		case code && line == "":
			fmt.Fprintln(w)
		case code:
			fmt.Fprintf(w, "    %s\n", line)
		case line == "":
			flush()
			fmt.Fprintln(w)
		case strings.HasPrefix(line, "    ") && len(para) == 0:
			fmt.Fprintln(w, line)
		case strings.HasPrefix(line, "- "):
			flush()
			para = []string{line}
		default:
			para = append(para, strings.TrimSpace(line))
		}
	}
	flush()
}

func indent(w io.Writer, code string) {
	for line := range strings.Lines(code) {
		if line = strings.TrimRight(line, "\n"); line != "" {
			line = "    " + line
		}
		fmt.Fprintln(w, line)
	}
}
