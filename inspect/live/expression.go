package live

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// expr parses what pg_get_expr gave for an object of t, which may be nil. The
// server gives null for an object that was dropped a moment ago. What the
// parser does not know, as a newer server's syntax, becomes an expr.Opaque.
func (l *loader) expr(text *string, t *catalog.Table) expr.Expr {
	if text == nil {
		return &expr.Opaque{}
	}
	if e, ok := l.parsed[*text]; ok {
		return e
	}
	s := expr.Scope{Columns: l.relationColumns}
	if t != nil {
		s.Table = t.Name.String()
	}
	e, err := expr.ParseIn(*text, s)
	if err != nil || e == nil {
		return &expr.Opaque{Text: *text}
	}
	if len(expr.Columns(e)) == 0 && len(expr.Queries(e)) == 0 {
		l.parsed[*text] = e
	}
	return e
}

// relationColumns lists the columns of a table or view, by which the columns
// that the server prints without a table find theirs.
func (l *loader) relationColumns(relation string) ([]expr.ColumnDef, bool) {
	if l.defs == nil {
		l.defs = make(map[string][]expr.ColumnDef, len(l.tablesByID)+len(l.viewsByID))
		for _, t := range l.tablesByID {
			defs := make([]expr.ColumnDef, len(t.Columns))
			for i, c := range t.Columns {
				defs[i] = expr.ColumnDef{Name: c.Name, Type: c.Type}
			}
			l.defs[t.Name.String()] = defs
		}
		for _, v := range l.viewsByID {
			defs := make([]expr.ColumnDef, len(v.Columns))
			for i, c := range v.Columns {
				defs[i] = expr.ColumnDef{Name: c.Name, Type: c.Type}
			}
			l.defs[v.Name.String()] = defs
		}
	}
	defs, ok := l.defs[relation]
	return defs, ok
}
