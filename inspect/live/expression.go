package live

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// parser parses expressions while the server answers the next queries: both
// take about as long.
type parser struct {
	columns map[string][]expr.ColumnDef // by relation, in SQL
	work    chan parse                  // nil until the columns are known
	waiting []parse                     // before that
	last    int                         // number of the last one added
	done    sync.WaitGroup

	mu   sync.Mutex
	gaps []numbered
}

// A parse is one text, and where what it comes to belongs. What the parser does
// not know, as a newer server's syntax, gives an expr.Opaque.
type parse struct {
	number int
	text   string
	is     syntax
	table  *catalog.Table // whose columns it may name; nil for none
	to     *expr.Expr     // read by nobody before finish
	judged judged         // unless nil, a text that is not understood is a gap
	what   string         // of the judged object
}

// syntax says what a text is.
type syntax int

const (
	expression syntax = iota
	query
	condition // the WHEN of a trigger
)

// judged is what goes unjudged when its expression cannot be parsed.
type judged interface{ Ref() catalog.Ref }

// numbered is the gap that a parse left.
type numbered struct {
	number int
	gap    catalog.Gap
}

// expr has what pg_get_expr gave for an object of t parsed, into to. The server
// gives null for an object that was dropped a moment ago.
func (l *loader) expr(text *string, t *catalog.Table, to *expr.Expr) {
	l.parser.add(parse{text: deref(text), table: t, to: to})
}

// add queues a text.
func (p *parser) add(x parse) {
	p.last++
	x.number = p.last
	if p.work == nil {
		p.waiting = append(p.waiting, x)
	} else {
		p.work <- x
	}
}

// start lets the workers begin; the columns of all tables and views are known.
func (l *loader) start() {
	p := &l.parser
	p.columns = make(map[string][]expr.ColumnDef, len(l.tablesByID)+len(l.viewsByID))
	for _, t := range l.tablesByID {
		defs := make([]expr.ColumnDef, len(t.Columns))
		for i, c := range t.Columns {
			defs[i] = expr.ColumnDef{Name: c.Name, Type: l.cat.BaseType(c.Type)}
		}
		p.columns[t.Name.SQL()] = defs
	}
	for _, v := range l.viewsByID {
		defs := make([]expr.ColumnDef, len(v.Columns))
		for i, c := range v.Columns {
			defs[i] = expr.ColumnDef{Name: c.Name, Type: l.cat.BaseType(c.Type)}
		}
		p.columns[v.Name.SQL()] = defs
	}
	work := make(chan parse, 1024)
	p.work = work
	for range runtime.GOMAXPROCS(0) {
		p.done.Go(func() {
			var cache expr.Cache
			for x := range work {
				p.run(x, &cache)
			}
		})
	}
	for _, x := range p.waiting {
		p.work <- x
	}
	p.waiting = nil
}

// stop waits for the workers.
func (p *parser) stop() {
	if p.work != nil {
		close(p.work)
		p.work = nil
		p.done.Wait()
	}
}

// finish waits for the workers and notes the gaps, in the order of the queries.
func (l *loader) finish() error {
	l.parser.stop()
	slices.SortFunc(l.parser.gaps, func(a, b numbered) int { return cmp.Compare(a.number, b.number) })
	for _, n := range l.parser.gaps {
		l.cat.Gaps = append(l.cat.Gaps, n.gap)
	}
	return nil
}

func (p *parser) relation(name string) ([]expr.ColumnDef, bool) {
	defs, ok := p.columns[name]
	return defs, ok
}

func (p *parser) run(x parse, cache *expr.Cache) {
	scope := expr.Scope{Columns: p.relation}
	if x.table != nil {
		scope.Table = x.table.Name.SQL()
	}
	var e expr.Expr
	var err error
	switch x.is {
	case query:
		e, err = expr.ParseQueryIn(x.text, scope)
	case condition:
		scope.Params = oldAndNew
		fallthrough
	default:
		e, err = cache.ParseIn(x.text, scope)
	}
	if err != nil || e == nil {
		e = &expr.Opaque{Text: x.text}
	}
	*x.to = e
	if _, unknown := e.(*expr.Opaque); unknown && x.judged != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.gaps = append(p.gaps, numbered{x.number, catalog.Gap{Reason: x.what + " not understood: " + x.text, Object: x.judged.Ref()}})
	}
}
