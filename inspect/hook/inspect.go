package hook

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/expr/dml"
	"policylint/inspect/static/builtin"
)

var privileges = map[dml.Kind]catalog.Privilege{
	dml.Insert: catalog.Insert, dml.Update: catalog.Update, dml.Delete: catalog.Delete, dml.Truncate: catalog.Truncate,
	dml.Merge: catalog.Update,
}

// inspect finds what a statement uses, and the first name that the server
// would not find.
func (m *machine) inspect(p *prepared) {
	for _, w := range p.stmt.Writes {
		m.relation(p, w.Table)
		columns := slices.Clone(w.Columns)
		slices.Sort(columns)
		p.uses = append(p.uses, use{w.Table, privileges[w.Kind], columns})
	}
	for _, q := range []*expr.Query{p.stmt.Query, p.stmt.Returning} {
		if q == nil {
			continue
		}
		from := map[string]string{} // alias to relation
		expr.Walk(q, func(e expr.Expr) bool {
			if q, ok := e.(*expr.Query); ok {
				m.sources(p, q.From, from)
			}
			return true
		})
		m.columns(p, q, from)
		expr.Walk(q, func(e expr.Expr) bool {
			switch e := e.(type) {
			case *expr.Call:
				m.function(p, e)
			case *expr.Cast:
				m.typeNamed(p, e.Type)
			case *expr.Const:
				m.typeNamed(p, e.Type)
			}
			return true
		})
	}
}

func (p *prepared) refuse(state, message, name string) {
	if p.fault == nil {
		p.fault = &raise{state: state, message: message, name: name}
	}
}

// relation looks for a relation.
func (m *machine) relation(p *prepared, name string) {
	n, ok := qualified(name)
	switch {
	case !ok && builtin.HasRelation("pg_catalog", name):
	case !ok:
		p.refuse("42P01", `relation "`+name+`" does not exist`, name)
	case builtin.HasRelation(n.Schema, n.Name):
	case !m.in.cat.Schemas.Has(n.Schema) && !m.in.doubtful(n):
		p.refuse("42P01", `relation "`+name+`" does not exist`, "")
	case !m.in.cat.Tables.Has(n) && !m.in.cat.Views.Has(n) && !m.in.doubtful(n):
		p.refuse("42P01", `relation "`+name+`" does not exist`, "")
	}
}

// doubtful reports whether a relation may be there although the catalog does
// not have it: in a schema of the platform, of which it knows a part only.
func (in *interp) doubtful(n catalog.Name) bool {
	if _, ok := in.cat.Relation(n); ok {
		return true
	}
	return catalog.PlatformSchema(n.Schema)
}

func (m *machine) sources(p *prepared, list []expr.Source, from map[string]string) {
	for _, s := range list {
		switch {
		case s.Join != nil:
			m.sources(p, s.Join.L, from)
			m.sources(p, s.Join.R, from)
		case s.Name != "" && !s.CTE:
			m.relation(p, s.Name)
			if _, seen := from[s.Alias]; !seen {
				from[s.Alias] = s.Name
			}
		default:
			from[s.Alias] = ""
		}
	}
}

// columns gathers which columns are read of each relation, and looks for those
// that are not there.
func (m *machine) columns(p *prepared, q *expr.Query, from map[string]string) {
	read := map[string][]string{}
	for _, c := range expr.Columns(q) {
		relation := from[c.Table]
		switch {
		case c.Table == "":
			m.bare(p, c)
		case relation != "" && c.Name != "*":
			if n, ok := qualified(relation); ok && m.in.columnsKnown(n) && !m.in.hasColumn(relation, c.Name) && !systemColumns[c.Name] {
				p.refuse("42703", `column "`+c.Name+`" does not exist`, "")
			}
			read[c.Table] = keep(read[c.Table], c.Name)
		case relation != "":
			read[c.Table] = keep(read[c.Table], "*")
		}
	}
	aliases := make([]string, 0, len(from))
	for a := range from {
		aliases = append(aliases, a)
	}
	slices.Sort(aliases)
	for _, a := range aliases {
		if from[a] == "" {
			continue
		}
		columns := read[a]
		if slices.Contains(columns, "*") {
			columns = nil
			if n, ok := qualified(from[a]); ok {
				if t, ok := m.in.cat.Tables.Get(n); ok {
					for _, c := range t.Columns {
						columns = append(columns, c.Name)
					}
				}
			}
		}
		if len(columns) == 0 && slices.ContainsFunc(p.stmt.Writes, func(w dml.Write) bool { return w.Table == from[a] }) {
			continue // writing a table takes no SELECT unless something of it is read
		}
		slices.Sort(columns)
		p.uses = append(p.uses, use{from[a], catalog.Select, columns})
	}
}

var systemColumns = set("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid")

func (in *interp) columnsKnown(n catalog.Name) bool {
	if t, ok := in.cat.Tables.Get(n); ok {
		return !t.Assumed && !t.Unsure.Any(catalog.Columns) && !(t.Platform && len(t.Columns) < 3)
	}
	v, ok := in.cat.Views.Get(n)
	return ok && v.Columns != nil
}

// bare looks at a column that belongs to no source: a variable with its
// label, a field of a record, or nothing.
func (m *machine) bare(p *prepared, c *expr.Column) {
	fr := m.frame
	if fr.scope != nil && c.Row != "" {
		if d, _ := fr.scope.Lookup(c.Row, c.Name); d != nil {
			return
		}
		p.refuse("42P01", `missing FROM-clause entry for table "`+c.Row+`"`, "")
		return
	}
	if c.Row == "" {
		p.refuse("42703", `column "`+c.Name+`" does not exist`, "")
	}
}

// function looks for a function; syntax that the parser turns into a call is
// one of pg_catalog.
func (m *machine) function(p *prepared, c *expr.Call) {
	parts := splitName(c.Name)
	if len(parts) == 1 {
		if len(builtin.Functions("pg_catalog", parts[0])) == 0 && !syntaxCalls[parts[0]] {
			p.refuse("42883", "function "+c.Name+"(…) does not exist", c.Name)
			return
		}
		if slow[parts[0]] {
			p.calls = keep(p.calls, parts[0])
		}
		return
	}
	n := catalog.Name{Schema: parts[0], Name: parts[1]}
	p.calls = keep(p.calls, n.String())
	if !m.in.cat.Functions.Has(n) && !catalog.PlatformSchema(n.Schema) {
		p.refuse("42883", "function "+c.Name+"(…) does not exist", "")
	}
}

var (
	syntaxCalls = set("greatest", "least", "extract", "current_user", "session_user", "current_date", "current_time", "current_timestamp",
		"localtime", "localtimestamp", "now", "current_schema", "current_catalog", "current_database", "timezone", "position", "overlay", "grouping",
		"rows from", "trim", "xmlparse", "coalesce", "nullif", "normalize", "is_normalized", "pg_collation_for", "substring")
	slow = set("pg_sleep", "pg_sleep_for", "pg_sleep_until", "dblink", "pg_read_file", "lo_import")
)

// typeNamed looks for a type.
func (m *machine) typeNamed(p *prepared, typ string) {
	if fault := m.in.missingType(typ); fault != "" {
		name := ""
		if len(splitName(fault)) == 1 {
			name = fault
		}
		p.refuse("42704", `type "`+fault+`" does not exist`, name)
	}
}

// missingType is the name of a type that is not there, "" when it is.
func (in *interp) missingType(typ string) string {
	t := baseType(strings.TrimSuffix(typ, "[]"))
	if t == "" || builtinType(t) {
		return ""
	}
	parts := splitName(t)
	if len(parts) == 1 {
		return t
	}
	n := catalog.Name{Schema: parts[0], Name: parts[1]}
	if in.cat.Types.Has(n) || in.cat.Tables.Has(n) || in.cat.Views.Has(n) || catalog.PlatformSchema(n.Schema) {
		return ""
	}
	return t
}

func builtinType(t string) bool {
	if _, ok := builtin.TypePrinted(t); ok {
		return true
	}
	_, ok := builtin.TypeNamed(t)
	return ok || t == "unknown" || t == "interval" || strings.HasPrefix(t, "interval")
}
