package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"policylint/rules"
)

// GitHub writes findings as workflow commands, which GitHub Actions shows as
// annotations in the diff (GitHub docs: Workflow commands for GitHub Actions).
func GitHub(w io.Writer, res *rules.Result) error {
	out := bufio.NewWriter(w)
	for _, f := range res.Findings {
		command := map[rules.Severity]string{rules.Error: "error", rules.Warning: "warning", rules.Info: "notice"}[f.Severity]
		var props []string
		add := func(key, value string) { props = append(props, key+"="+commandProperty(value)) }
		if o := f.Origin; o.File != "" {
			add("file", clean(o.File))
			add("line", fmt.Sprint(o.Line))
			if o.EndLine > 0 {
				add("endLine", fmt.Sprint(o.EndLine))
			}
			// Columns are taken only for a span within one line.
			if o.EndLine == o.Line {
				add("col", fmt.Sprint(o.Column))
				add("endColumn", fmt.Sprint(o.EndColumn))
			}
		}
		add("title", "policylint "+f.Rule.ID)
		message := clean(f.Message) + "\n" + firstParagraph(f.Rule.Why)
		if f.Fix != "" {
			message += "\n\nFix:\n" + cleanLines(strings.TrimSpace(f.Fix))
		}
		fmt.Fprintf(out, "::%s %s::%s\n", command, strings.Join(props, ","), commandData(message))
	}
	// The last line is no command: it only stands in the log.
	fmt.Fprintf(out, "policylint: %s, %s in %s%s\n", count(res.Summary.Error, "error"), count(res.Summary.Warning, "warning"), scope(res.Source)+against(res), asideAll(res))
	return out.Flush()
}

// commandData and commandProperty escape as the toolkit of GitHub Actions does
// (actions/toolkit, packages/core/src/command.ts).
func commandData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func commandProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
