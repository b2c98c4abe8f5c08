package source

import (
	"slices"
	"strings"
	"sync"

	"policylint/inspect/catalog"
)

// parseFile cuts a text into statements and parses them, in as many turns at
// once as there are.
func parseFile(name, text string, turns chan struct{}) *File {
	f := &File{Name: name}
	text, wide := decode(text)
	if wide {
		at := catalog.Origin{File: name, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
		f.Statements = append(f.Statements, Statement{
			Err: &Error{"22021", `invalid byte sequence for encoding "UTF8": 0xff`}, Origin: at, ErrAt: at,
		})
	}
	a := &assembly{File: f, places: newPlaces(text)}
	forward, back := sections(text)
	for _, part := range back {
		a.gap(part.start, part.end, "the part of the file that goes back is not replayed")
	}
	for _, part := range forward {
		a.part(part, turns)
	}
	return f
}

// An assembly is a file in the making.
type assembly struct {
	*File
	places   *places
	comments []span // those that speak to policylint
}

func (a *assembly) part(part span, turns chan struct{}) {
	text := a.places.text
	a.comments = nil
	s := newSplitter(text, part, len(text) >= largeFile, func(start, end int) {
		if strings.Contains(text[start:end], catalog.DirectivePrefix) {
			a.comments = append(a.comments, span{start, end})
		}
	})
	first := len(a.Statements)
	for more := true; more; {
		more = s.batch(batchSize)
		a.batch(s.segments, turns)
	}
	a.metas(s.metas)
	a.directives(a.Statements[first:])
}

// batch parses segments, side by side where they are many.
func (a *assembly) batch(segments []segment, turns chan struct{}) {
	units := chunks(segments)
	results := make([][]parsed, len(units))
	var wg sync.WaitGroup
	for i, unit := range units {
		turns <- struct{}{}
		parse := func() {
			results[i] = parseChunk(a.places.text, unit)
			<-turns
		}
		if len(units) == 1 { // a goroutine of its own would have to grow its stack anew
			parse()
		} else {
			wg.Go(parse)
		}
	}
	wg.Wait()
	a.Statements = slices.Grow(a.Statements, len(segments))
	for _, unit := range results {
		for _, p := range unit {
			a.add(p)
		}
	}
}

func (a *assembly) add(p parsed) {
	if p.data != nil && p.err == nil && len(a.places.text) >= largeFile && len(a.Statements) > 0 {
		last := a.Statements[len(a.Statements)-1].Data
		if last != nil && last.Schema == p.data.Schema && last.Table == p.data.Table && slices.Equal(last.Columns, p.data.Columns) {
			last.Repeats++
			return
		}
	}
	s := Statement{
		Node: p.node, Err: p.err, Data: p.data,
		SQL: a.places.text[p.start:p.end], Base: p.start - p.base,
		Origin: a.places.origin(a.Name, p.start, p.end),
	}
	if p.err != nil {
		s.Data = nil
		s.ErrAt = a.places.origin(a.Name, p.errAt, p.end)
		s.ErrAt.EndLine, s.ErrAt.EndColumn = a.places.find(max(p.errAt, tokenEnd(a.places.text[:p.end], p.errAt)))
	}
	if s.Err != nil && s.Err.State == "54001" {
		a.Gaps = append(a.Gaps, catalog.Gap{Reason: "the statement is nested too deeply for the parser", Origin: s.Origin})
		return
	}
	a.Statements = append(a.Statements, s)
}

// tokenEnd is the end of the token at an offset, for marking it.
func tokenEnd(text string, at int) int {
	if at >= len(text) {
		return len(text)
	}
	l := lexer{text: text, pos: at}
	t := l.next()
	if t.kind == unterminated || t.start != at {
		return at + 1
	}
	return t.end
}

func (a *assembly) gap(start, end int, reason string) {
	a.Gaps = append(a.Gaps, catalog.Gap{Reason: reason, Origin: a.places.origin(a.Name, start, end)})
}

// metas says which psql commands bring in, or run, what is not in the file.
func (a *assembly) metas(list []token) {
	text := a.places.text
	for _, m := range list {
		command, _, _ := strings.Cut(strings.TrimSpace(text[m.start:m.end]), " ")
		switch command {
		case `\i`, `\ir`, `\include`, `\include_relative`:
			a.gap(m.start, m.end, "the file that "+command+" includes is not followed")
		case `\gexec`:
			a.gap(m.start, m.end, `the statements that \gexec runs are not followed`)
		case `\if`, `\elif`, `\else`:
			a.gap(m.start, m.end, "what stands behind "+command+" is replayed as if the condition held")
		}
	}
}

// directives reads the policylint comments and finds the statement of each:
// the one it stands in, or else the next.
func (a *assembly) directives(statements []Statement) {
	for _, c := range a.comments {
		d, ok := catalog.ReadDirective(strings.TrimLeft(a.places.text[c.start:c.end], "-"))
		if !ok {
			continue
		}
		d.Origin = a.places.origin(a.Name, c.start, c.end)
		if !d.WholeFile {
			i, _ := slices.BinarySearchFunc(statements, d.Origin, func(s Statement, o catalog.Origin) int {
				if s.Origin.EndLine < o.Line || s.Origin.EndLine == o.Line && s.Origin.EndColumn <= o.Column {
					return -1
				}
				return 1
			})
			if i < len(statements) {
				d.Target = statements[i].Origin
			}
		}
		a.Directives = append(a.Directives, d)
	}
}
