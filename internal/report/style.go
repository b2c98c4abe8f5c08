package report

import (
	"strings"

	"github.com/clipperhouse/displaywidth"

	"policylint/rules"
)

// A palette paints text, or leaves it as it is where colour is off.
type palette struct{ on bool }

// The codes of ECMA-48, Select Graphic Rendition.
const (
	bold   = "1"
	faint  = "2"
	red    = "1;31"
	yellow = "1;33"
	blue   = "1;34"
	cyan   = "1;36"
)

func (p palette) paint(s, code string) string {
	if !p.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p palette) bold(s string) string  { return p.paint(s, bold) }
func (p palette) faint(s string) string { return p.paint(s, faint) }
func (p palette) blue(s string) string  { return p.paint(s, blue) }

// severity paints text in the colour of a severity.
func (p palette) severity(s string, severity rules.Severity) string {
	switch severity {
	case rules.Error:
		return p.paint(s, red)
	case rules.Warning:
		return p.paint(s, yellow)
	}
	return p.paint(s, cyan)
}

// wrap breaks text at blanks so that no line is wider than width columns,
// unless a single word is. A width of 0 does not break.
func wrap(s string, width int) []string {
	if width <= 0 {
		if !singleBlanks(s) {
			s = strings.Join(strings.Fields(s), " ")
		}
		return []string{s}
	}
	var lines []string
	var line strings.Builder
	used := 0
	for _, word := range strings.Fields(s) {
		w := displaywidth.String(word)
		if line.Len() > 0 && used+1+w > width {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		if line.Len() > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += w
	}
	return append(lines, line.String())
}

// singleBlanks reports whether the words of s, all of ASCII, are one blank
// apart, as they are in most messages.
func singleBlanks(s string) bool {
	for i := range len(s) {
		blank := s[i] == ' '
		if s[i] < ' ' || s[i] >= 0x80 || blank && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

// expandTabs puts blanks for tabs, which stop at every fourth column.
func expandTabs(s string) string {
	if !strings.Contains(s, "\t") {
		return s
	}
	var b strings.Builder
	for i, part := range strings.Split(s, "\t") {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", 4-displaywidth.String(b.String())%4))
		}
		b.WriteString(part)
	}
	return b.String()
}
