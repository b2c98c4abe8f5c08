package report

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// frameLines is how many lines of a statement a frame shows.
const frameLines = 3

// frames draws code frames and keeps the files it has split.
type frames struct {
	sources Sources
	split   map[string][][]byte
	palette palette
	width   int
}

// lines are the lines of a file, without their ends; nil when it is not there.
func (f *frames) lines(file string) [][]byte {
	if l, ok := f.split[file]; ok {
		return l
	}
	var lines [][]byte
	if f.sources != nil && file != "" {
		// UTF-16 has no lines that could be cut out as bytes.
		if text, ok := f.sources(file); ok && !bytes.HasPrefix(text, []byte("\xff\xfe")) && !bytes.HasPrefix(text, []byte("\xfe\xff")) {
			lines = bytes.Split(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\n"))
		}
	}
	f.split[file] = lines
	return lines
}

// draw is the frame of a statement: its first lines, the first underlined. It
// is empty when the file or the line is not there.
func (f *frames) draw(o catalog.Origin, severity rules.Severity) string {
	lines := f.lines(o.File)
	if o.Line < 1 || o.Line > len(lines) {
		return ""
	}
	last := min(max(o.EndLine, o.Line), len(lines))
	if o.EndColumn == 1 && last > o.Line {
		last-- // the span ends with the line break before
	}
	shown := min(last, o.Line+frameLines-1)
	gutter := len(fmt.Sprint(shown))
	bar := f.palette.blue("|")
	room := max(f.width-gutter-4, 20)
	if f.width == 0 {
		room = 200
	}
	var b strings.Builder
	for n := o.Line; n <= shown; n++ {
		text := cleanCode(cut(lines[n-1], o.Column))
		lead := 0
		if n == o.Line {
			lead = columnWidth(lines[n-1], o.Column)
		}
		skip := 0
		if lead > room/2 {
			skip = lead - room/4
		}
		fmt.Fprintf(&b, " %s %s %s\n", f.palette.blue(fmt.Sprintf("%*d", gutter, n)), bar, window(text, skip, room))
		if n != o.Line {
			continue
		}
		end := displaywidth.String(strings.TrimRight(text, " "))
		if o.EndLine == o.Line && o.EndColumn > o.Column {
			end = columnWidth(lines[n-1], o.EndColumn)
		}
		mark := max(min(end-lead, room-(lead-skip)), 1)
		fmt.Fprintf(&b, " %*s %s %s%s\n", gutter, "", bar, strings.Repeat(" ", lead-skip), f.palette.severity(strings.Repeat("^", mark), severity))
	}
	if last > shown {
		fmt.Fprintf(&b, " %*s %s %s\n", gutter, "", bar, f.palette.faint(fmt.Sprintf("... to line %d", last)))
	}
	return b.String()
}

// cut shortens a line of a machine's making to what a frame can show of it.
func cut(line []byte, column int) []byte {
	if most := 4*column + 4096; len(line) > most {
		return line[:most]
	}
	return line
}

// cleanCode is a line of a file as the terminal can show it.
func cleanCode(line []byte) string {
	text := strings.TrimRight(string(line), "\r")
	parts := strings.Split(text, "\t")
	for i, p := range parts {
		parts[i] = clean(p)
	}
	return expandTabs(strings.Join(parts, "\t"))
}

// columnWidth is how many columns of the terminal the characters before a
// 1-based column take.
func columnWidth(line []byte, column int) int {
	i := 0
	for c := 1; c < column && i < len(line); c++ {
		_, size := decode(line[i:])
		i += size
	}
	return displaywidth.String(cleanCode(line[:i]))
}

// window is the part of a line from a column on that fits the room.
func window(s string, skip, room int) string {
	if skip > 0 {
		rest := s
		for cut := 0; cut <= skip && rest != ""; {
			g := displaywidth.StringGraphemes(rest)
			g.Next()
			cut += g.Width()
			rest = rest[len(g.Value()):]
		}
		s = "…" + rest
	}
	return displaywidth.TruncateString(s, room, "…")
}
