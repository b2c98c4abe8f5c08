package report

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"policylint/rules"
)

// A palette paints text, or leaves it as it is where colour is off.
type palette struct{ on bool }

func (p palette) paint(s string, style ansi.Style) string {
	if !p.on || s == "" {
		return s
	}
	return style.Styled(s)
}

func (p palette) bold(s string) string  { return p.paint(s, ansi.Style{}.Bold()) }
func (p palette) faint(s string) string { return p.paint(s, ansi.Style{}.Faint()) }
func (p palette) blue(s string) string {
	return p.paint(s, ansi.Style{}.Bold().ForegroundColor(ansi.Blue))
}

// severity paints text in the colour of a severity.
func (p palette) severity(s string, severity rules.Severity) string {
	colour := ansi.Cyan
	switch severity {
	case rules.Error:
		colour = ansi.Red
	case rules.Warning:
		colour = ansi.Yellow
	}
	return p.paint(s, ansi.Style{}.Bold().ForegroundColor(colour))
}

// wrap breaks text at blanks so that no line is wider than width columns,
// unless a single word is. A width of 0 does not break.
func wrap(s string, width int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(s) {
		w := ansi.StringWidth(word)
		if line != "" && width > 0 && used+1+w > width {
			lines = append(lines, line)
			line, used = "", 0
		}
		if line != "" {
			line += " "
			used++
		}
		line += word
		used += w
	}
	return append(lines, line)
}

// expandTabs puts blanks for tabs, which stop at every fourth column.
func expandTabs(s string) string {
	if !strings.Contains(s, "\t") {
		return s
	}
	var b strings.Builder
	for i, part := range strings.Split(s, "\t") {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", 4-ansi.StringWidth(b.String())%4))
		}
		b.WriteString(part)
	}
	return b.String()
}
