package lsp

import (
	"sort"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"policylint/inspect/catalog"
)

// An encoding is what positions of the protocol count within a line.
type encoding string

const (
	utf8Units  encoding = "utf-8"
	utf16Units encoding = "utf-16"
	utf32Units encoding = "utf-32"
)

// choose is the first encoding that a client offers and the server knows. All
// clients know UTF-16.
func choose(offered []encoding) encoding {
	for _, e := range offered {
		if e == utf8Units || e == utf16Units || e == utf32Units {
			return e
		}
	}
	return utf16Units
}

// width is how much a character counts.
func (e encoding) width(r rune, size int) int {
	switch e {
	case utf8Units:
		return size
	case utf32Units:
		return 1
	}
	return max(1, utf16.RuneLen(r))
}

// bom is the mark in front of some files, which editors do not take for text.
const bom = "\uFEFF"

// A text finds places: those of the catalog, which count lines that end in \n
// and characters, and those of the protocol, where \r alone ends a line too.
type text struct {
	string
	units encoding
	rows  []int // where the catalog's lines begin
	lines []int // where the protocol's lines begin
}

// newText takes a text of an editor, or with onDisk one that no editor has
// taken the mark off yet.
func newText(s string, units encoding, onDisk bool) *text {
	t := &text{string: s, units: units, rows: []int{0}, lines: []int{0}}
	if onDisk && strings.HasPrefix(s, bom) {
		t.lines[0] = len(bom)
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\n':
			t.rows = append(t.rows, i+1)
			t.lines = append(t.lines, i+1)
		case s[i] == '\r' && !strings.HasPrefix(s[i+1:], "\n"):
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

// offset is where a place of the catalog is, from 1 on each.
func (t *text) offset(line, column int) int {
	if line < 1 {
		return 0
	}
	if line > len(t.rows) {
		return len(t.string)
	}
	at := t.rows[line-1]
	for ; column > 1 && at < len(t.string) && t.string[at] != '\n'; column-- {
		_, size := utf8.DecodeRuneInString(t.string[at:])
		at += size
	}
	return at
}

// reach is where a statement of the catalog begins and ends.
func (t *text) reach(o catalog.Origin) (start, end int) {
	start = t.offset(o.Line, o.Column)
	return start, max(start, t.offset(o.EndLine, o.EndColumn))
}

// position is an offset as the protocol has it.
func (t *text) position(offset int) position {
	offset = max(offset, t.lines[0])
	line := sort.SearchInts(t.lines, offset+1) - 1
	units := 0
	for at := t.lines[line]; at < offset; {
		r, size := utf8.DecodeRuneInString(t.string[at:])
		units += t.units.width(r, size)
		at += size
	}
	return position{line, units}
}

// at is the offset of a position. One behind the end of a line is its end.
func (t *text) at(p position) int {
	if p.Line < 0 {
		return t.lines[0]
	}
	if p.Line >= len(t.lines) {
		return len(t.string)
	}
	at := t.lines[p.Line]
	for units := p.Character; units > 0 && at < len(t.string) && t.string[at] != '\n' && t.string[at] != '\r'; {
		r, size := utf8.DecodeRuneInString(t.string[at:])
		if units -= t.units.width(r, size); units < 0 {
			break // between the halves of a character
		}
		at += size
	}
	return at
}

// span is two offsets as the protocol has them.
func (t *text) span(start, end int) span { return span{t.position(start), t.position(end)} }

// firstLine is the end of a stretch, or of the line that it begins in. What is
// wrong with a statement of fifty lines need not underline them all.
func (t *text) firstLine(start, end int) int {
	if i := strings.IndexAny(t.string[start:end], "\r\n"); i >= 0 {
		return start + i
	}
	return end
}

// eol is how lines of the text end.
func (t *text) eol() string {
	if i := strings.IndexByte(t.string, '\n'); i > 0 && t.string[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}
