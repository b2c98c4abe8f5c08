package source

import (
	"strings"
	"unicode/utf8"

	"policylint/inspect/catalog"
)

// places turns offsets into lines and columns. It remembers the last one, so
// that asking in order costs one walk over the text.
type places struct {
	text      string
	at        int // an offset whose place is known
	line      int // of at, 1-based
	lineStart int // offset of that line
	column    int // of at, 1-based, in characters
}

func newPlaces(text string) *places { return &places{text: text, line: 1, column: 1} }

func (p *places) find(offset int) (line, column int) {
	offset = min(offset, len(p.text))
	if offset < p.lineStart {
		*p = *newPlaces(p.text)
	} else if offset < p.at {
		p.at, p.column = p.lineStart, 1
	}
	for {
		n := strings.IndexByte(p.text[p.at:offset], '\n')
		if n < 0 {
			break
		}
		p.at += n + 1
		p.line++
		p.lineStart, p.column = p.at, 1
	}
	p.column += utf8.RuneCountInString(p.text[p.at:offset])
	p.at = offset
	return p.line, p.column
}

// origin is the place of a span.
func (p *places) origin(file string, start, end int) catalog.Origin {
	o := catalog.Origin{File: file}
	o.Line, o.Column = p.find(start)
	o.EndLine, o.EndColumn = p.find(end)
	return o
}
