package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// columnRef resolves a column, a whole row, or an argument of the function
// whose body is analysed.
func (a *analysis) columnRef(n *pg.ColumnRef, s *scope) (string, *sqlError) {
	if n.Fields[len(n.Fields)-1].GetAStar() != nil {
		return anyKnown, nil
	}
	parts := names(n.Fields)
	if a.place.noColumn {
		if a.place == inBound {
			return "", errf("0A000", "cannot use column reference in partition bound expression")
		}
		return "", errf("0A000", "cannot use column reference in %s", a.place.word)
	}
	switch len(parts) {
	case 1:
		return a.bareColumn(parts[0], s)
	case 2:
		return a.columnOf("", parts[0], parts[1], s)
	case 3:
		return a.columnOf(parts[0], parts[1], parts[2], s)
	}
	return anyKnown, nil
}

// use records a column of a relation as referred to.
func (a *analysis) use(c rowColumn) string {
	if c.from != (catalog.Name{}) {
		a.refer(object{aRelation, c.from, c.column})
	}
	a.full = c.full
	return c.typ
}

// bareColumn resolves a name without a table.
func (a *analysis) bareColumn(name string, s *scope) (string, *sqlError) {
	certain := true
	for at := s; at != nil; at = at.outer {
		var in *row
		found := 0 // of its columns
		for _, w := range at.rows {
			certain = certain && w.complete
			for i, c := range w.columns {
				if c.name != name || c.hidden || w == in && i == found {
					continue
				}
				if in != nil {
					return "", errf("42702", "column reference %q is ambiguous", name)
				}
				in, found = w, i
			}
		}
		if in != nil {
			return a.use(in.columns[found]), nil
		}
		if typ, ok := systemColumns[name]; ok && slices.ContainsFunc(at.rows, func(w *row) bool { return w.system }) {
			return typ, a.systemColumn(name)
		}
		if !certain {
			return anyKnown, nil
		}
	}
	for _, p := range a.params {
		if p.Name == name {
			return bareType(p.Type), nil
		}
	}
	for at := s; at != nil; at = at.outer {
		for _, w := range at.rows {
			if w.alias == name {
				if a.place == inGenerated {
					return "", errf("42P17", "cannot use whole-row variable in column generation expression")
				}
				return a.wholeRow(w), nil
			}
		}
	}
	return "", errf("42703", "column %q does not exist", name)
}

// systemColumn refuses a system column where a row has none yet.
func (a *analysis) systemColumn(name string) *sqlError {
	switch {
	case name == "tableoid":
	case a.place == inCheck:
		return errf("42P10", "system column %q reference in check constraint is invalid", name)
	case a.place == inGenerated:
		return errf("42P10", "cannot use system column %q in column generation expression", name)
	}
	return nil
}

// wholeRow is the type of a row used as a value.
func (a *analysis) wholeRow(w *row) string {
	if w.relation == (catalog.Name{}) {
		return "record"
	}
	if len(w.columns) == 1 && a.r.cat.Types.Has(w.relation) {
		return w.columns[0].typ
	}
	return printedType(w.relation)
}

// findRow finds the FROM item of that name.
func (a *analysis) findRow(schema, table string, s *scope) (*row, *sqlError) {
	for at := s; at != nil; at = at.outer {
		for _, w := range at.rows {
			if w.alias != table || schema != "" && w.relation.Schema != schema {
				continue
			}
			return w, nil
		}
	}
	return nil, errf("42P01", "missing FROM-clause entry for table %q", table)
}

// columnOf resolves a name with its table.
func (a *analysis) columnOf(schema, table, name string, s *scope) (string, *sqlError) {
	w, err := a.findRow(schema, table, s)
	if err != nil {
		if schema == "" && table == a.fname {
			for _, p := range a.params {
				if p.Name == name {
					return bareType(p.Type), nil
				}
			}
		}
		for _, p := range a.params { // a field of a composite argument
			if schema == "" && p.Name == table {
				return anyKnown, nil
			}
		}
		return "", err
	}
	if c, ok := w.column(name); ok {
		return a.use(c), nil
	}
	if typ, ok := systemColumns[name]; ok && w.system {
		return typ, a.systemColumn(name)
	}
	if !w.complete {
		return anyKnown, nil
	}
	if list, certain := a.r.routines([]string{name}); !certain || slices.ContainsFunc(list, func(f *routine) bool { return f.fn != nil && f.takes(1) }) {
		a.calls(list)
		return anyKnown, nil // row.function is function(row)
	}
	return "", errf("42703", "column %s.%s does not exist", table, name)
}

// calls records functions as referred to, when there is only one that may be
// meant.
func (a *analysis) calls(list []*routine) {
	if len(list) == 1 && list[0].fn != nil {
		a.refer(object{aFunction, list[0].name, list[0].fn.Signature()})
	}
}
