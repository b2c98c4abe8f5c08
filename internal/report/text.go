package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// TextOptions say how Text writes.
type TextOptions struct {
	Sources Sources
	Color   bool
	Width   int  // columns of the terminal; 0 when it is none, so nothing is cut or broken
	Verbose bool // list what was not checked and what was ignored
}

// Text writes findings for people: a code frame each, the reason, the fix, and
// at the end what was counted.
func Text(w io.Writer, res *rules.Result, o TextOptions) error {
	out := bufio.NewWriter(w)
	t := newText(out, res, o)
	t.findings(res, o)
	if o.Verbose {
		t.unchecked(res)
		t.suppressed(res.Suppressed)
		t.others("Known to the baseline:", res.Baselined)
		if res.Since != nil {
			t.others("Fixed:", res.Since.Fixed)
			t.others("Elsewhere:", res.Since.Elsewhere)
		}
	}
	// A sound project has nothing to read but the last line.
	if len(res.Findings) > 0 || o.Verbose {
		for _, n := range res.Notes {
			t.para("note: ", t.palette.faint, clean(n))
		}
	}
	t.summary(res, o.Verbose)
	return out.Flush()
}

type text struct {
	*bufio.Writer
	palette palette
	width   int
	source  catalog.Source
	frames  *frames
	first   map[*rules.Finding]bool // of its rule, which gives the reason
}

func newText(out *bufio.Writer, res *rules.Result, o TextOptions) *text {
	t := &text{
		Writer: out, palette: palette{o.Color}, width: o.Width, source: res.Source,
		frames: &frames{o.Sources, map[string][][]byte{}, palette{o.Color}, o.Width},
		first:  map[*rules.Finding]bool{},
	}
	told := map[*rules.Rule]bool{}
	for _, f := range res.Findings {
		if !told[f.Rule] {
			t.first[f], told[f.Rule] = true, true
		}
	}
	return t
}

// manyFindings are worth the while of a second goroutine.
const manyFindings = 200

// findings writes them in order, the second half of many while the first is
// written.
func (t *text) findings(res *rules.Result, o TextOptions) {
	half := len(res.Findings)
	rest := make(chan pieces, 1)
	if half > manyFindings {
		half /= 2
		go func() {
			var kept pieces
			second := newText(bufio.NewWriterSize(&kept, 32<<10), res, o)
			for _, f := range res.Findings[half:] {
				second.finding(f)
			}
			_ = second.Flush() // to memory
			rest <- kept
		}()
	} else {
		rest <- nil
	}
	for _, f := range res.Findings[:half] {
		t.finding(f)
	}
	for _, b := range <-rest {
		t.Write(b)
	}
}

// pieces keeps what is written, without the copies of one buffer that grows.
type pieces [][]byte

// Write implements [io.Writer].
func (p *pieces) Write(b []byte) (int, error) {
	*p = append(*p, bytes.Clone(b))
	return len(b), nil
}

func (t *text) printf(format string, args ...any) { fmt.Fprintf(t, format, args...) }

// line is printf of no more than texts, for what is written for each finding.
func (t *text) line(parts ...string) {
	for _, s := range parts {
		t.WriteString(s)
	}
	t.WriteByte('\n')
}

// para writes a wrapped paragraph whose later lines stand below the first
// line's text.
func (t *text) para(lead string, paint func(string) string, s string) {
	width := t.width
	if width == 0 {
		width = proseWidth
	}
	for i, line := range wrap(s, max(width-len(lead), 20)) {
		if i > 0 {
			lead = strings.Repeat(" ", len(lead))
		}
		t.printf("%s\n", paint(lead+line))
	}
}

// proseWidth is where prose is broken when the output is no terminal.
const proseWidth = 80

func plain(s string) string { return s }

func (t *text) finding(f *rules.Finding) {
	head := f.Severity.String() + ": "
	for i, line := range wrap(clean(f.Message), max(t.width-len(head), min(t.width, 20))) {
		if i == 0 {
			t.line(t.palette.severity(head, f.Severity), t.palette.bold(line))
		} else {
			t.line(strings.Repeat(" ", len(head)), t.palette.bold(line))
		}
	}
	t.line("  ", t.palette.blue("-->"), " ", place(f.Origin, t.source))
	t.WriteString(t.frames.draw(f.Origin, f.Severity))
	for _, r := range f.Related {
		t.printf("  %s %s: %s\n", t.palette.blue("..."), place(r.Origin, t.source), clean(r.Message))
		if r.Origin.File != f.Origin.File || r.Origin.Line != f.Origin.Line {
			t.WriteString(t.frames.draw(r.Origin, rules.Info))
		}
	}
	if t.first[f] {
		t.para("  why: ", plain, firstParagraph(f.Rule.Why))
	}
	if f.Fix != "" {
		t.printf("  fix:\n")
		for line := range strings.Lines(cleanLines(strings.TrimSpace(f.Fix))) {
			t.line("       ", strings.TrimRight(line, "\n"))
		}
	}
	last := "rule: " + f.Rule.ID
	if more := " (more: policylint explain " + f.Rule.ID + ")"; t.width == 0 || 2+len(last)+len(more) <= t.width {
		last += more
	}
	t.line("  ", t.palette.faint(last), "\n")
}

// unchecked lists what the report cannot speak of.
func (t *text) unchecked(res *rules.Result) {
	if len(res.Gaps)+len(res.Skipped) == 0 {
		return
	}
	t.printf("%s\n", t.palette.bold("Not checked:"))
	for _, g := range res.Gaps {
		lead := "  "
		if !g.Origin.IsZero() {
			lead += place(g.Origin, t.source) + ": "
		}
		t.para("  ", plain, strings.TrimSpace(lead+about(g.Object)+clean(g.Reason)))
	}
	for _, s := range res.Skipped {
		t.para("  ", plain, "rule "+s.Rule.ID+": "+clean(s.Reason))
	}
	t.printf("\n")
}

func about(r catalog.Ref) string {
	if r == (catalog.Ref{}) {
		return ""
	}
	return clean(r.String()) + ": "
}

func (t *text) suppressed(findings []*rules.Finding) {
	if len(findings) == 0 {
		return
	}
	t.printf("%s\n", t.palette.bold("Ignored:"))
	for _, f := range findings {
		reason := f.Suppressed.Reason
		if reason == "" {
			reason = "no reason given"
		}
		t.para("  ", plain, fmt.Sprintf("%s: %s: %s (%s)", place(f.Origin, t.source), f.Rule.ID, clean(f.Message), clean(reason)))
	}
	t.printf("\n")
}

// others lists findings of which there is only to say that they are there.
func (t *text) others(head string, findings []*rules.Finding) {
	if len(findings) == 0 {
		return
	}
	t.printf("%s\n", t.palette.bold(head))
	for _, f := range findings {
		t.para("  ", plain, fmt.Sprintf("%s: %s: %s", place(f.Origin, t.source), f.Rule.ID, clean(f.Message)))
	}
	t.printf("\n")
}

// summary is the last line.
func (t *text) summary(res *rules.Result, verbose bool) {
	line, paint := "No problems", t.palette.bold
	if s := tally(res.Summary); s != "" {
		worst := rules.Info
		for _, f := range res.Findings {
			worst = max(worst, f.Severity)
		}
		line, paint = s, func(s string) string { return t.palette.severity(s, worst) }
	}
	rest := " in " + scope(res.Source) + against(res) + aside(res)
	n, needs := remaining(res)
	if n > 0 && !verbose {
		rest += " (-v lists them)"
	}
	if t.width > 0 && displaywidth.String(line+rest+needs) >= t.width {
		needs = strings.Replace(needs, "; ", ";\n", 1)
	}
	rest += needs
	t.printf("%s%s.\n", paint(line), rest)
}

// scope is what was read.
func scope(s catalog.Source) string {
	if s.Kind == catalog.Database {
		return "database " + clean(s.Database) + reached(s)
	}
	return count(s.Files, "file") + ", " + count(s.Statements, "statement")
}

// reached says where a database is and as whom it was read; "" in a snapshot
// of nothing but names.
func reached(s catalog.Source) string {
	out := ""
	if s.Server != "" {
		out += " on " + clean(s.Server)
	}
	if s.User != "" {
		out += " as " + clean(s.User)
	}
	if s.Version > 0 {
		out += fmt.Sprintf(", PostgreSQL %d.%d", s.Version/10000, s.Version%10000)
	}
	return out
}

// against is what it was compared with.
func against(res *rules.Result) string {
	if res.Against == nil {
		return ""
	}
	return ", against " + scope(*res.Against)
}

// decode is the first character of b, one byte when it is not UTF-8.
func decode(b []byte) (rune, int) { return utf8.DecodeRune(b) }
