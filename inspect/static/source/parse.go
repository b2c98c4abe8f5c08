package source

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	pg "github.com/pganalyze/pg_query_go/v5"
	"github.com/pganalyze/pg_query_go/v5/parser"

	"policylint/inspect/expr/parse"
)

// chunkSize is about how many bytes are parsed at once. One call costs little,
// but so does the memory that a whole dump would take.
const chunkSize = 8 << 10

// batchSize is how many bytes are cut, and then parsed side by side, before
// what comes behind them is looked at.
const batchSize = 1 << 20

// A parsed is the outcome for one statement: a node or an error.
type parsed struct {
	segment
	node  *pg.Node
	base  int // of the text that was parsed, in the file
	err   *Error
	errAt int
}

// chunks groups segments that can be read as one text: those to be parsed, and
// those of data, to be checked.
func chunks(segments []segment) [][]segment {
	var out [][]segment
	for i := 0; i < len(segments); {
		j, limit := i+1, chunkSize
		if segments[i].data != nil {
			limit = checkUnit
		}
		for j < len(segments) && !segments[j].gap && (segments[j].data == nil) == (segments[i].data == nil) &&
			segments[j].end-segments[i].start <= limit {
			j++
		}
		out = append(out, segments[i:j])
		i = j
	}
	return out
}

// parseChunk parses the segments of a chunk together, or, where the grammar refuses
// that, each by itself.
func parseChunk(text string, chunk []segment) []parsed {
	first, last := chunk[0], chunk[len(chunk)-1]
	whole := text[first.start:last.end]
	_, bad := invalid(whole)
	if first.data != nil {
		return checked(text, chunk, bad == nil)
	}
	if bad == nil && last.open < 0 {
		if tree, err := parse.SQL(whole); err == nil {
			return matched(text, chunk, tree)
		}
	}
	var out []parsed
	for _, s := range chunk {
		out = append(out, single(text, s)...)
	}
	return out
}

// checked runs the grammar over statements of data, without taking their trees.
func checked(text string, chunk []segment, valid bool) []parsed {
	together := false
	if valid && len(chunk) > 1 {
		_, err := pg.SplitWithParser(text[chunk[0].start:chunk[len(chunk)-1].end], false)
		together = err == nil
	}
	out := make([]parsed, len(chunk))
	for i, s := range chunk {
		out[i].segment = s
		if together {
			continue
		}
		if at, err := invalid(text[s.start:s.end]); err != nil {
			out[i].errAt, out[i].err = s.start+at, err
			continue
		}
		out[i].errAt, out[i].err = s.check(text)
	}
	return out
}

// matched gives the statements of a tree their places. The parser counts a
// statement from the semicolon before it, comments included, so its first and
// last token are taken from the segments; where those were cut otherwise, they
// are looked for.
func matched(text string, chunk []segment, tree *pg.ParseResult) []parsed {
	base := chunk[0].start
	out := make([]parsed, 0, len(tree.Stmts))
	for _, raw := range tree.Stmts {
		l := lexer{text: text[:chunk[len(chunk)-1].end], pos: base + int(raw.StmtLocation)}
		l.trivia()
		i, found := slices.BinarySearchFunc(chunk, l.pos, func(s segment, at int) int { return cmp.Compare(s.start, at) })
		p := parsed{node: raw.Stmt, base: base}
		if found {
			p.segment = chunk[i]
		} else {
			p.segment = segment{start: l.pos, end: l.pos, open: -1, parens: -1}
			if raw.StmtLen > 0 {
				l.text = text[:base+int(raw.StmtLocation)+int(raw.StmtLen)]
			}
			for t := l.next(); t.kind != eof && t.kind != unterminated; t = l.next() {
				p.end = t.end
			}
		}
		out = append(out, p)
	}
	return out
}

// single parses one segment. A parenthesis that was never closed hides the
// statements behind it, so they are cut off and tried again.
func single(text string, s segment) []parsed {
	whole := text[s.start:s.end]
	if at, err := invalid(whole); err != nil {
		return []parsed{{segment: s, err: err, errAt: s.start + at}}
	}
	tree, err := parse.SQL(whole)
	if err == nil {
		return matched(text, []segment{s}, tree)
	}
	at, e := refusal(whole, err)
	if s.parens < 0 || s.start+at < s.parens && s.open < 0 && balanced(text[s.start:s.end]) {
		return []parsed{{segment: s, err: e, errAt: s.start + at}}
	}
	var out []parsed
	rest := newSplitter(text, span{s.parens + 1, s.end}, false, nil)
	rest.batch(len(text))
	first := s
	first.end, first.parens, first.open = s.parens, -1, -1
	out = append(out, single(text, first)...)
	for _, r := range rest.segments {
		out = append(out, single(text, r)...)
	}
	return out
}

// balanced reports whether every parenthesis is closed.
func balanced(text string) bool {
	l, depth := lexer{text: text}, 0
	for t := l.next(); t.kind != eof && t.kind != unterminated; t = l.next() {
		if t.kind == symbol {
			switch text[t.start] {
			case '(':
				depth++
			case ')':
				depth--
			}
		}
	}
	return depth == 0
}

// unsupported matches what the grammar takes and refuses by itself.
var unsupported = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`constraints cannot be marked |not yet implemented$|no longer supported$|^a column list with SET |` +
		`^CREATE SCHEMA IF NOT EXISTS cannot|^aggregates cannot have output|^current database cannot|not supported on recursive views$`)
})

// frames matches what the grammar refuses of a window's frame.
var frames = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^frame (start|end) cannot be |^frame starting from .* cannot `)
})

// refusal is the parser's error and its offset in the text. The parser counts
// characters from one.
func refusal(text string, err error) (int, *Error) {
	e := &Error{State: "42601", Message: err.Error()}
	var p *parser.Error
	if !errors.As(err, &p) {
		return 0, e
	}
	switch {
	case strings.Contains(p.Message, "stack depth limit"):
		e.State = "54001"
	case unsupported().MatchString(p.Message):
		e.State = "0A000"
	case frames().MatchString(p.Message):
		e.State = "42P20"
	case strings.HasPrefix(p.Message, "precision for type float "):
		e.State = "22023"
	case strings.HasPrefix(p.Message, `role name "`), strings.HasSuffix(p.Message, "cannot be used as a role name here"):
		e.State = "42939"
	}
	if p.Cursorpos <= 0 {
		return 0, e
	}
	at := 0
	for range p.Cursorpos - 1 {
		if at >= len(text) {
			break
		}
		_, n := utf8.DecodeRuneInString(text[at:])
		at += n
	}
	return at, e
}
