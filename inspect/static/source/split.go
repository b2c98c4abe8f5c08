package source

import (
	"strings"
)

// A segment is the text of one statement, from its first token to its last,
// without the semicolon.
type segment struct {
	start, end int
	// gap is set when something stands before the segment that the parser must
	// not see, so that both cannot be parsed as one text.
	gap bool
	// open is the place of a quote or comment that never ends, -1 for none.
	open int
	// parens is the first semicolon inside parentheses, -1 for none.
	parens int
	data   *Data
	// rows is where the VALUES of data begin.
	rows int
}

// A splitter cuts a file into statements the way psql does: at semicolons
// outside quotes, parentheses and BEGIN ATOMIC bodies. What only psql
// understands is left out.
type splitter struct {
	lexer
	segments []segment
	metas    []token // psql commands, to be looked at for what they hide
	light    bool
	skipped  bool // something was left out since the last segment
}

// newSplitter cuts the part of the text. With light, every statement that
// carries only rows is marked as such, otherwise only long ones.
func newSplitter(text string, part span, light bool, comment func(start, end int)) *splitter {
	s := &splitter{lexer: lexer{text: text[:part.end], pos: part.start, comment: comment}, light: light}
	if strings.HasPrefix(text[s.pos:], bom) {
		s.pos += len(bom)
	}
	return s
}

// batch cuts statements until they are at least so many bytes of text, in
// place of those it cut before. It reports whether there may be more.
func (s *splitter) batch(size int) bool {
	s.segments = s.segments[:0]
	for start := s.pos; s.pos-start < size; {
		if !s.statement() {
			return false
		}
	}
	return true
}

// statement reads one statement and reports whether there may be another.
func (s *splitter) statement() bool {
	t := s.next()
	for t.kind == symbol && (s.text[t.start] == ';' || s.text[t.start] == '\\') {
		if s.text[t.start] == '\\' {
			s.meta(t.start)
		}
		t = s.next()
	}
	if t.kind == eof {
		return false
	}
	seg := segment{start: t.start, end: t.start, gap: s.skipped, open: -1, parens: -1}
	s.skipped = false
	b := body{splitter: s}
	depth := 0
	for ; ; t = s.next() {
		switch t.kind {
		case eof:
			s.add(seg)
			return false
		case unterminated:
			seg.open, seg.end = t.start, trimmed(s.text, t.start)
			s.add(seg)
			return false
		case word:
			b.word(t)
		case symbol:
			switch s.text[t.start] {
			case '(':
				depth++
			case ')':
				depth = max(0, depth-1)
			case ';':
				if depth == 0 && b.depth == 0 {
					s.add(seg)
					return true
				}
				if depth > 0 && seg.parens < 0 {
					seg.parens = t.start
				}
			case '\\':
				if s.atMeta(t.start) {
					s.add(seg)
					s.meta(t.start)
					return true
				}
			}
		}
		b.count++
		seg.end = t.end
	}
}

// trimmed is the end of the text without the white space behind it.
func trimmed(text string, from int) int {
	return from + len(strings.TrimRight(text[from:], " \t\r\n\v\f"))
}

func (s *splitter) add(seg segment) {
	if seg.open < 0 {
		s.data(&seg)
	}
	s.segments = append(s.segments, seg)
	if seg.open < 0 && s.copiesRows(seg) {
		s.rows()
	}
}

// atMeta reports whether a backslash inside a statement begins a psql command:
// at the start of a line, or \g and its like at the end of a statement.
func (s *splitter) atMeta(at int) bool {
	line := s.text[strings.LastIndexByte(s.text[:at], '\n')+1 : at]
	return strings.TrimSpace(line) == "" || strings.HasPrefix(s.text[at:], `\g`) || strings.HasPrefix(s.text[at:], `\crosstabview`)
}

// meta skips a psql command, which ends with its line.
func (s *splitter) meta(at int) {
	end := len(s.text)
	if n := strings.IndexByte(s.text[at:], '\n'); n >= 0 {
		end = at + n
	}
	s.metas = append(s.metas, token{symbol, at, end})
	s.pos, s.skipped = end, true
}

// copiesRows reports whether the statement is COPY … FROM STDIN, behind which
// psql reads rows.
func (s *splitter) copiesRows(seg segment) bool {
	l := lexer{text: s.text[:seg.end], pos: seg.start}
	if !l.is(l.next(), "copy") {
		return false
	}
	depth, from := 0, false
	for t := l.next(); t.kind != eof && t.kind != unterminated; t = l.next() {
		switch {
		case t.kind == symbol && l.text[t.start] == '(':
			depth++
		case t.kind == symbol && l.text[t.start] == ')':
			depth--
		case depth == 0 && from:
			return l.is(t, "stdin")
		case depth == 0:
			from = l.is(t, "from")
		}
	}
	return false
}

// rows skips the lines behind COPY … FROM STDIN, to a line that is only \.
func (s *splitter) rows() {
	n := strings.IndexByte(s.text[s.pos:], '\n')
	if n < 0 {
		return
	}
	s.pos += n + 1
	s.skipped = true
	for s.pos < len(s.text) {
		line := s.text[s.pos:]
		if n := strings.IndexByte(line, '\n'); n >= 0 {
			line = line[:n+1]
		}
		s.pos += len(line)
		if strings.TrimRight(line, "\r\n") == `\.` {
			return
		}
	}
}

// A body tells where the SQL-standard body of a function begins and ends:
// semicolons inside do not end the statement.
type body struct {
	*splitter
	count   int  // tokens before this one
	create  bool // the statement begins with CREATE
	routine bool // CREATE … FUNCTION or PROCEDURE
	begin   bool // the last word was BEGIN
	depth   int
}

func (b *body) word(t token) {
	switch {
	case b.count == 0:
		b.create = b.is(t, "create")
	case b.create && b.count <= 3 && !b.routine:
		b.routine = b.is(t, "function") || b.is(t, "procedure")
	case !b.routine:
	case b.depth == 0:
		if b.begin && b.is(t, "atomic") {
			b.depth = 1
		}
		b.begin = b.is(t, "begin")
	case b.is(t, "case") || b.is(t, "begin"):
		b.depth++
	case b.is(t, "end"):
		b.depth--
	}
}
