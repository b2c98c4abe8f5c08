// Package place turns offsets in a text into lines and columns.
package place

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"policylint/inspect/catalog"
)

// Lines is a text and where its lines begin.
type Lines struct {
	File   string
	Text   []byte // without a byte order mark
	starts []int
}

// New indexes a text.
func New(file string, text []byte) *Lines {
	l := &Lines{File: file, Text: bytes.TrimPrefix(text, []byte("\ufeff")), starts: []int{0}}
	for i, c := range l.Text {
		if c == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// At is the origin of the text between two offsets.
func (l *Lines) At(from, to int) catalog.Origin {
	o := catalog.Origin{File: l.File}
	o.Line, o.Column = l.position(from)
	o.EndLine, o.EndColumn = l.position(max(from, to))
	return o
}

// position is a 1-based line and a column that counts characters.
func (l *Lines) position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(l.Text))
	line = sort.SearchInts(l.starts, offset+1)
	return line, utf8.RuneCount(l.Text[l.starts[line-1]:offset]) + 1
}

// Offset is where a 1-based line begins.
func (l *Lines) Offset(line int) int { return l.starts[min(max(line, 1), len(l.starts))-1] }

// LineStart is where the text of the offset's line begins, after its blanks.
func (l *Lines) LineStart(offset int) int {
	line, _ := l.position(offset)
	at := l.starts[line-1]
	for at < len(l.Text) && (l.Text[at] == ' ' || l.Text[at] == '\t') {
		at++
	}
	return at
}

// LineEnd is where the offset's line ends.
func (l *Lines) LineEnd(offset int) int {
	offset = min(max(offset, 0), len(l.Text))
	if i := bytes.IndexByte(l.Text[offset:], '\n'); i >= 0 {
		return offset + len(bytes.TrimRight(l.Text[offset:offset+i], "\r"))
	}
	return len(l.Text)
}

// FirstInvalid is the offset of the first byte that is not UTF-8.
func FirstInvalid(text []byte) int {
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRune(text[i:])
		if c == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(text)
}
