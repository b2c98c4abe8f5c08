package live

import (
	"runtime"
	"sync"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// parser parses expressions while the server answers the next queries: both
// take about as long.
type parser struct {
	columns map[string][]expr.ColumnDef // by relation, in SQL
	work    chan *parse                 // nil until the columns are known
	waiting []*parse                    // before that
	all     []*parse                    // in the order of the queries
	alike   map[string]*parse           // column defaults by text: half of them are now()
	done    sync.WaitGroup
}

// A parse is one text. What the parser does not know, as a newer server's
// syntax, gives an expr.Opaque.
type parse struct {
	text   string
	scope  expr.Scope
	query  bool
	result expr.Expr
	set    []func(expr.Expr)
	gap    *catalog.Gap // recorded when the text was not understood
}

// expr has what pg_get_expr gave for an object of t parsed, for set to keep.
// The server gives null for an object that was dropped a moment ago. The task
// is returned so that a gap can be tied to it.
func (l *loader) expr(text *string, t *catalog.Table, set func(expr.Expr)) *parse {
	p := &parse{text: deref(text), set: []func(expr.Expr){set}}
	if t != nil {
		p.scope.Table = t.Name.SQL()
	}
	l.parser.add(p)
	return p
}

// add queues a text.
func (p *parser) add(x *parse) {
	x.scope.Columns = p.relation
	p.all = append(p.all, x)
	if p.work == nil {
		p.waiting = append(p.waiting, x)
	} else {
		p.work <- x
	}
}

// constant is expr for a column default, which reads no column; the same text
// is parsed once.
func (l *loader) constant(text string, set func(expr.Expr)) {
	if x, ok := l.parser.alike[text]; ok {
		x.set = append(x.set, set)
		return
	}
	l.parser.alike[text] = l.expr(&text, nil, set)
}

// start lets the workers begin; the columns of all tables and views are known.
func (l *loader) start() {
	p := &l.parser
	p.columns = make(map[string][]expr.ColumnDef, len(l.tablesByID)+len(l.viewsByID))
	for _, t := range l.tablesByID {
		defs := make([]expr.ColumnDef, len(t.Columns))
		for i, c := range t.Columns {
			defs[i] = expr.ColumnDef{Name: c.Name, Type: c.Type}
		}
		p.columns[t.Name.SQL()] = defs
	}
	for _, v := range l.viewsByID {
		defs := make([]expr.ColumnDef, len(v.Columns))
		for i, c := range v.Columns {
			defs[i] = expr.ColumnDef{Name: c.Name, Type: c.Type}
		}
		p.columns[v.Name.SQL()] = defs
	}
	work := make(chan *parse, 1024)
	p.work = work
	for range runtime.GOMAXPROCS(0) {
		p.done.Go(func() {
			for x := range work {
				x.run()
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

// finish waits for the workers, hands out what they found and notes the gaps.
func (l *loader) finish() error {
	l.parser.stop()
	for _, x := range l.parser.all {
		for _, set := range x.set {
			set(x.result)
		}
		if _, unknown := x.result.(*expr.Opaque); unknown && x.gap != nil {
			x.gap.Reason += x.text
			l.cat.Gaps = append(l.cat.Gaps, *x.gap)
		}
	}
	return nil
}

func (p *parser) relation(name string) ([]expr.ColumnDef, bool) {
	defs, ok := p.columns[name]
	return defs, ok
}

func (x *parse) run() {
	parse := expr.ParseIn
	if x.query {
		parse = expr.ParseQueryIn
	}
	e, err := parse(x.text, x.scope)
	if err != nil || e == nil {
		e = &expr.Opaque{Text: x.text}
	}
	x.result = e
}
