package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// AccessMarkdown writes the matrix as a table of Markdown.
func AccessMarkdown(w io.Writer, a *Access) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, "| table |")
	for _, s := range a.Subjects {
		fmt.Fprintf(out, " %s |", cellMarkdown(s.Name))
	}
	fmt.Fprintf(out, "\n| --- |%s\n", strings.Repeat(" --- |", len(a.Subjects)))
	for i := range a.Rows {
		r := &a.Rows[i]
		fmt.Fprintf(out, "| %s |", cellMarkdown(r.Name.String()))
		for n := range a.Subjects {
			fmt.Fprintf(out, " `%s` |", cellText(r, n))
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "\n%s\n", strings.ReplaceAll(accessLegend, "\n", " "))
	for _, d := range a.Differences {
		fmt.Fprintf(out, "\n%s\n", cellMarkdown(d))
	}
	for _, d := range a.Disagreements {
		fmt.Fprintf(out, "\n**The server disagrees:** %s\n", cellMarkdown(d))
	}
	for _, n := range a.Notes {
		fmt.Fprintf(out, "\n%s\n", cellMarkdown(n))
	}
	return out.Flush()
}

var markdownSpecial = strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;", "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "\\", `\\`)

func cellMarkdown(s string) string { return markdownSpecial.Replace(clean(s)) }
