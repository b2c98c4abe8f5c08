package source

import pg "github.com/pganalyze/pg_query_go/v5"

const (
	// longInsert is the length from which an INSERT is not decoded.
	longInsert = 4 << 10
	// checkUnit is how many bytes of rows the grammar checks at once.
	checkUnit = 256 << 10
)

// data marks a segment that is INSERT INTO name [(columns)] VALUES of nothing
// but constants: there is nothing in it that a catalog could learn from, and
// decoding it is what takes long in a seed. The tables of the platform that
// are read like settings are left alone.
func (s *splitter) data(seg *segment) {
	if !s.light && seg.end-seg.start < longInsert {
		return
	}
	l := lexer{text: s.text[:seg.end], pos: seg.start}
	if !l.is(l.next(), "insert") || !l.is(l.next(), "into") {
		return
	}
	d := &Data{}
	name, ok := l.ident(l.next())
	if !ok {
		return
	}
	d.Table = name
	t := l.next()
	if t.kind == symbol && l.text[t.start] == '.' {
		if name, ok = l.ident(l.next()); !ok {
			return
		}
		d.Schema, d.Table = d.Table, name
		t = l.next()
	}
	switch d.Schema {
	case "auth", "storage", "cron", "vault":
		return
	}
	if t.kind == symbol && l.text[t.start] == '(' {
		for t.kind != symbol || l.text[t.start] != ')' {
			if name, ok = l.ident(l.next()); !ok {
				return
			}
			d.Columns = append(d.Columns, name)
			if t = l.next(); t.kind != symbol || l.text[t.start] != ',' && l.text[t.start] != ')' {
				return
			}
		}
		t = l.next()
	}
	if !l.is(t, "values") {
		return
	}
	rows := l.pos
	if l.constants() {
		seg.data, seg.rows = d, rows
	}
}

// plain has the words that may stand among constants: values that need no
// looking up, and types in front of or behind them.
var plain = map[string]bool{
	"null": true, "true": true, "false": true, "default": true, "array": true,
	"current_timestamp": true, "current_date": true,
	"date": true, "time": true, "timestamp": true, "timestamptz": true, "interval": true, "uuid": true,
	"json": true, "jsonb": true, "text": true, "int": true, "integer": true, "bigint": true, "numeric": true,
	"boolean": true, "bytea": true, "with": true, "without": true, "zone": true,
}

// constants reports whether the rest is rows of constants, and perhaps ON
// CONFLICT … DO NOTHING.
func (l *lexer) constants() bool {
	for {
		switch t := l.next(); t.kind {
		case eof:
			return true
		case str, number:
		case word:
			switch w, _ := l.ident(t); {
			case plain[w]:
			case w == "now" || w == "gen_random_uuid":
				if !l.symbols("()") {
					return false
				}
			case w == "on":
				return l.doNothing()
			default:
				return false
			}
		case symbol:
			switch l.text[t.start] {
			case '(', ')', ',', '[', ']', ':', '-', '+':
			default:
				return false
			}
		default:
			return false
		}
	}
}

func (l *lexer) symbols(want string) bool {
	for i := range len(want) {
		if t := l.next(); t.kind != symbol || l.text[t.start] != want[i] {
			return false
		}
	}
	return true
}

func (l *lexer) doNothing() bool {
	if !l.is(l.next(), "conflict") {
		return false
	}
	return l.is(l.next(), "do") && l.is(l.next(), "nothing") && l.next().kind == eof
}

// check runs the grammar over a segment of data, a piece at a time: its whole
// tree could take many times the memory of its text.
func (s *segment) check(text string) (int, *Error) {
	const head = "insert into t values "
	l := lexer{text: text[:s.end], pos: s.rows}
	depth, from := 0, s.rows
	for t := l.next(); t.kind != eof; t = l.next() {
		if t.kind != symbol {
			continue
		}
		switch l.text[t.start] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth != 0 || t.start-from < checkUnit {
				continue
			}
			if _, err := pg.SplitWithParser(head+text[from:t.start], false); err != nil {
				at, e := refusal(head+text[from:t.start], err)
				return from + max(0, at-len(head)), e
			}
			from = t.end
		}
	}
	if from == s.rows {
		if _, err := pg.SplitWithParser(text[s.start:s.end], false); err != nil {
			at, e := refusal(text[s.start:s.end], err)
			return s.start + at, e
		}
		return 0, nil
	}
	if _, err := pg.SplitWithParser(head+text[from:s.end], false); err != nil {
		at, e := refusal(head+text[from:s.end], err)
		return from + max(0, at-len(head)), e
	}
	return 0, nil
}
