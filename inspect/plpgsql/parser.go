package plpgsql

import (
	"fmt"
	"sort"
)

// A parser follows pl_gram.y of PostgreSQL over the tokens of a body.
type parser struct {
	src    Source
	body   string
	tokens []token
	pos    int
	depth  int
	scope  *Scope
	lines  []int
	// fragments are those read so far, to be checked by the SQL parser.
	fragments []Fragment
	// What RETURN may carry, from the declaration.
	returns returnRule
	set     bool
	known   bool
}

func newLines(body string) []int {
	starts := []int{0}
	for i := range len(body) {
		if body[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// line is the 1-based line of an offset.
func (p *parser) line(offset int) int {
	return sort.SearchInts(p.lines, offset+1)
}

func (p *parser) peek() token { return p.ahead(0) }

func (p *parser) ahead(n int) token {
	return p.tokens[min(p.pos+n, len(p.tokens)-1)]
}

func (p *parser) next() token {
	t := p.peek()
	if t.kind != eof {
		p.pos++
	}
	return t
}

// last is the token before the next one.
func (p *parser) last() token { return p.tokens[max(p.pos-1, 0)] }

// accept takes the next token if it is this keyword or symbol.
func (p *parser) accept(w string) bool {
	if t := p.peek(); t.keyword(w) || t.symbol(w) {
		p.pos++
		return true
	}
	return false
}

func (p *parser) expect(w string) token {
	t := p.peek()
	if !p.accept(w) {
		p.syntax(t)
	}
	return t
}

// acceptFree is accept for a keyword that a variable of its name hides.
func (p *parser) acceptFree(w string) bool {
	if d, _ := p.scope.Lookup(w); d != nil {
		return false
	}
	return p.accept(w)
}

func (p *parser) expectFree(w string) {
	if t := p.peek(); !p.acceptFree(w) {
		p.syntax(t)
	}
}

// at is the place of a statement from its first token to the last one taken.
func (p *parser) at(first token) Pos {
	return Pos{Line: p.line(first.start), Offset: first.start, End: p.last().end}
}

// finish is at for a statement whose ";" is due.
func (p *parser) finish(first token) Pos {
	pos := p.at(first)
	p.expect(";")
	return pos
}

// fail leaves the parser.
func (p *parser) fail(t token, format string, args ...any) {
	panic(errorAt(p.body, t.start, fmt.Sprintf(format, args...)))
}

func (p *parser) syntax(t token) {
	p.unexpected(t, "syntax error")
}

func (p *parser) unexpected(t token, cause string) {
	if t.kind == eof {
		p.fail(t, "%s at end of input", cause)
	}
	p.fail(t, "%s at or near \"%s\"", cause, p.body[t.start:p.compound(t)])
}

// compound is the end of the dotted name that begins with the token: to
// PL/pgSQL it is one token.
func (p *parser) compound(t token) int {
	if t.kind != name || !t.quoted && reserved[t.word] {
		return t.end
	}
	i := sort.Search(len(p.tokens), func(i int) bool { return p.tokens[i].start >= t.start })
	for n := 0; n < 2 && i+2 < len(p.tokens) && p.tokens[i+1].symbol(".") && p.tokens[i+2].plain(); n++ {
		i += 2
	}
	return p.tokens[i].end
}

func (p *parser) unknown(t token, text string) {
	p.fail(t, "\"%s\" is not a known variable", text)
}

// push opens a scope, pop closes it.
func (p *parser) push(label string, loop bool) {
	p.scope = &Scope{Parent: p.scope, Label: label, Loop: loop}
}

func (p *parser) pop() { p.scope = p.scope.Parent }

// enter bounds the nesting, leave ends it.
func (p *parser) enter(t token) {
	if p.depth++; p.depth > MaxDepth {
		p.fail(t, "statements are nested deeper than %d", MaxDepth)
	}
}

func (p *parser) leave() { p.depth-- }

// name takes any identifier that is not reserved.
func (p *parser) name() (string, token) {
	t := p.next()
	if !t.plain() || p.compound(t) != t.end {
		p.syntax(t)
	}
	return t.word, t
}

// label takes an optional <<label>>.
func (p *parser) label() string {
	if !p.peek().symbol("<<") {
		return ""
	}
	p.next()
	word, _ := p.name()
	p.expect(">>")
	return word
}

// endLabel takes the optional label behind END or END LOOP.
func (p *parser) endLabel(start string) {
	t := p.peek()
	if !t.plain() {
		return
	}
	p.next()
	switch {
	case start == "":
		p.fail(t, "end label %q specified for unlabeled block", t.word)
	case start != t.word:
		p.fail(t, "end label %q differs from block's label %q", t.word, start)
	}
}
