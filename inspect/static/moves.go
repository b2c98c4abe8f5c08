package static

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// moves is what is called differently from a statement on. All keys are names
// so far.
type moves struct {
	// relations has tables, views, sequences, indexes and composite types; the
	// row types of tables go with them.
	relations map[catalog.Name]catalog.Name
	rowless   map[catalog.Name]bool         // of these, the indexes and sequences, which have no row type
	types     map[catalog.Name]catalog.Name // the others
	functions map[signed]catalog.Name
	columns   map[columnKey]string // fields of composite types too
	label     *labelMove
}

// signed is a function's identity.
type signed struct {
	name      catalog.Name
	signature string
}

type columnKey struct {
	relation catalog.Name
	column   string
}

// labelMove is the renaming of an enum's value.
type labelMove struct {
	enum     catalog.Name
	from, to string
}

// moveOne is the renaming of one relation.
func moveOne(from, to catalog.Name) *moves {
	return &moves{relations: map[catalog.Name]catalog.Name{from: to}}
}

func (m *moves) relation(n catalog.Name) catalog.Name {
	if to, ok := m.relations[n]; ok {
		return to
	}
	return n
}

func (m *moves) relationList(list []catalog.Name) []catalog.Name {
	var out []catalog.Name
	for _, n := range list {
		out = append(out, m.relation(n))
	}
	return out
}

func (m *moves) typ(n catalog.Name) catalog.Name {
	if to, ok := m.types[n]; ok {
		return to
	}
	if m.rowless[n] {
		return n
	}
	return m.relation(n)
}

// rowlessly moves an index or a sequence, which has no row type to go with it.
func (m *moves) rowlessly(from, to catalog.Name) {
	if m.rowless == nil {
		m.rowless = map[catalog.Name]bool{}
	}
	m.relations[from], m.rowless[from] = to, true
}

func (m *moves) column(relation catalog.Name, column string) string {
	if to, ok := m.columns[columnKey{relation, column}]; ok {
		return to
	}
	return column
}

func (m *moves) columnList(relation catalog.Name, list []string) []string {
	var out []string
	for _, c := range list {
		out = append(out, m.column(relation, c))
	}
	return out
}

// printed renames a type by its printed name, array bounds and modifier kept.
func (m *moves) printed(typ string) string {
	if len(m.types) == 0 && len(m.relations) == 0 || !strings.Contains(typ, ".") {
		return typ
	}
	bare := bareType(typ)
	array := 0
	for strings.HasSuffix(bare, "[]") {
		bare, array = bare[:len(bare)-2], array+1
	}
	n, ok := unprinted(bare)
	if !ok {
		return typ
	}
	to := m.typ(n)
	if to == n {
		return typ
	}
	return printedType(to) + strings.TrimPrefix(typ, bare)
}

// signature renames the types in a function's identity.
func (m *moves) signature(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	parts := strings.Split(s, ",")
	for i, p := range parts {
		parts[i] = m.printed(p)
	}
	return strings.Join(parts, ",")
}

func (m *moves) function(n catalog.Name, signature string) catalog.Name {
	if to, ok := m.functions[signed{n, signature}]; ok {
		return to
	}
	return n
}

// functionNamed is the new name of a function of which only the name is kept:
// that of any of the functions that move.
func (m *moves) functionNamed(r *replay, n catalog.Name, nargs int) catalog.Name {
	o, ok := r.cat.Functions.Get(n)
	if !ok || len(m.functions) == 0 {
		return n
	}
	out := n
	for _, f := range o.Functions {
		to := m.function(n, f.Signature())
		if to != n && (nargs < 0 || len(o.Functions) == 1 || mayTake(f, nargs)) {
			out = to
		}
	}
	return out
}

// mayTake reports whether a call with so many arguments may be one of f.
func mayTake(f *catalog.Function, nargs int) bool {
	required, all := 0, 0
	for _, a := range f.Args {
		switch {
		case a.Mode == catalog.ArgVariadic:
			return nargs >= required
		case a.Input():
			all++
			if !a.Default {
				required = all
			}
		}
	}
	return nargs >= required && nargs <= all
}

// expr renames in an expression over the rows of a table. functions has to be
// asked before the functions themselves are renamed. result is the type of the
// column that it is the default of, "" otherwise.
func (m *moves) expr(r *replay, e expr.Expr, table catalog.Name, result string) expr.Expr {
	if e == nil {
		return nil
	}
	n := expr.Names{Result: result}
	if table != (catalog.Name{}) {
		n.Table = table.SQL()
	}
	if len(m.relations) > 0 || len(m.types) > 0 {
		n.Relation = func(schema, name string) (string, string) {
			to := m.relation(catalog.Name{Schema: schema, Name: name})
			return to.Schema, to.Name
		}
		n.Type = func(schema, name string) (string, string) {
			to := m.typ(catalog.Name{Schema: schema, Name: name})
			return to.Schema, to.Name
		}
	}
	if len(m.functions) > 0 {
		n.Function = func(schema, name string, nargs int) (string, string) {
			to := m.functionNamed(r, catalog.Name{Schema: schema, Name: name}, nargs)
			return to.Schema, to.Name
		}
	}
	if len(m.columns) > 0 {
		n.Columns = map[string]bool{}
		for k := range m.columns {
			n.Columns[k.column] = true
		}
		n.Column = func(schema, relation, column string) string {
			return m.column(catalog.Name{Schema: schema, Name: relation}, column)
		}
	}
	if m.label != nil {
		n.Label = func(schema, enum, label string) string {
			if (catalog.Name{Schema: schema, Name: enum}) == m.label.enum && label == m.label.from {
				return m.label.to
			}
			return label
		}
	}
	return expr.Renamed(e, n)
}

// object renames in the graph of dependencies.
func (m *moves) object(o object) object {
	switch o.class {
	case aType:
		o.name = m.typ(o.name)
	case aFunction:
		name := m.function(o.name, o.sub)
		o.sub = m.signature(o.sub)
		o.name = name
	case aRelation, aDefault:
		if o.sub != "" {
			o.sub = m.column(o.name, o.sub)
		}
		o.name = m.relation(o.name)
	case aConstraint, aPolicy, aTrigger, aMember:
		o.name = m.relation(o.name)
	}
	return o
}
