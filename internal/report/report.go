// Package report writes down what a run found, one format a file. Nothing here
// reads a file, the environment or the clock: what a format needs is passed in.
package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"policylint/inspect/catalog"
)

// Sources gives the text of a file that findings point into. It reports false
// when there is none, and the report then has no code frames for it. Several
// goroutines may ask at once.
type Sources func(file string) ([]byte, bool)

// place is where a finding stands, as editors and terminals follow it.
func place(o catalog.Origin, s catalog.Source) string {
	switch {
	case o.File != "":
		return fmt.Sprintf("%s:%d:%d", clean(o.File), o.Line, o.Column)
	case s.Kind == catalog.Database:
		return "database " + clean(s.Database)
	}
	return "the migrations as a whole"
}

// clean makes text safe to print: control characters, invalid UTF-8 and
// characters that turn the direction of writing come out as escapes, so that a
// name cannot draw on the terminal or hide what it says.
func clean(s string) string {
	if !strings.ContainsFunc(s, unsafe) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case unsafe(r) && r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case unsafe(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	return b.String()
}

// unsafe holds for what clean escapes.
func unsafe(r rune) bool {
	if r >= ' ' && r < 0x7f {
		return false // most are
	}
	return r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// cleanLines is clean for text of several lines, which keeps its lines.
func cleanLines(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = clean(l)
	}
	return strings.Join(lines, "\n")
}

// count is a number with its noun: "1 error", "2 errors".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// firstParagraph is the first paragraph of Markdown text, on one line.
func firstParagraph(markdown string) string {
	text, _, _ := strings.Cut(strings.TrimSpace(markdown), "\n\n")
	return strings.Join(strings.Fields(text), " ")
}
