package hook

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/expr/dml"
	"policylint/inspect/plpgsql"
	"policylint/inspect/static/builtin"
)

type parseKey struct {
	fn     *catalog.Function
	offset int
	text   string
}

// A prepared statement is parsed, and looked through for what the server
// refuses before it begins: names that lead nowhere.
type prepared struct {
	stmt  *dml.Statement
	fault *raise
	uses  []use
	calls []string
}

// A use is a relation that a statement reads or writes.
type use struct {
	relation  string
	privilege catalog.Privilege
	columns   []string
}

// fragment prepares a piece of SQL of the present body.
func (m *machine) fragment(f plpgsql.Fragment) *prepared {
	key := parseKey{m.frame.fn, f.Offset, f.Text}
	if p, ok := m.in.parsed[key]; ok {
		return p
	}
	scope := m.scope()
	p := m.prepare(f.SQL(), scope, m.visible())
	m.in.parsed[key] = p
	return p
}

// visible is the variables in sight, arguments first and in order.
func (m *machine) visible() []string {
	fr := m.frame
	var names []string
	for _, a := range fr.fn.Args {
		names = append(names, a.Name)
	}
	if fr.scope == nil {
		return names
	}
	for _, n := range fr.scope.Names() {
		if !slices.Contains(names, n) && !strings.HasPrefix(n, "$") {
			names = append(names, n)
		}
	}
	return names
}

// scope resolves the names of the present body.
func (m *machine) scope() expr.Scope {
	return m.in.scope(m.frame.path)
}

func (in *interp) scope(path []string) expr.Scope {
	s := in.cat.Scope(path...)
	columns := s.Columns
	s.Columns = func(relation string) ([]expr.ColumnDef, bool) {
		if len(splitName(relation)) < 2 {
			return nil, false
		}
		return columns(relation)
	}
	exists := s.Exists
	s.Exists = func(k expr.Kind, schema, name string, nargs int) bool {
		switch {
		case schema == "pg_catalog" && k == expr.Function:
			return len(builtin.Functions(schema, name)) > 0
		case schema == "pg_catalog" && k == expr.Relation, schema == "information_schema" && k == expr.Relation:
			return builtin.HasRelation(schema, name)
		}
		return exists(k, schema, name, nargs)
	}
	return s
}

// prepare parses a statement. Names of variables that are also columns are
// what the body's #variable_conflict says; without it the server refuses them.
func (m *machine) prepare(sql string, scope expr.Scope, names []string) *prepared {
	scope.Params = params(names)
	conflict := m.conflict()
	if conflict == "use_variable" {
		columns := scope.Columns
		scope.Columns = func(r string) ([]expr.ColumnDef, bool) {
			list, ok := columns(r)
			return slices.DeleteFunc(slices.Clone(list), func(c expr.ColumnDef) bool { return slices.Contains(names, c.Name) }), ok
		}
	}
	p := &prepared{}
	stmt, err := dml.Parse(sql, scope)
	if err != nil {
		p.fault = &raise{state: "42601", message: err.Error()}
		return p
	}
	p.stmt = stmt
	if conflict == "error" {
		blind := scope
		blind.Columns = nil
		if again, err := dml.Parse(sql, blind); err == nil {
			if name := m.in.ambiguous(again); name != "" {
				p.fault = &raise{state: "42702", message: `column reference "` + name + `" is ambiguous`, name: name}
			}
		}
	}
	m.inspect(p)
	return p
}

func params(names []string) []expr.Arg {
	out := make([]expr.Arg, len(names))
	for i, n := range names {
		out[i].Name = n
	}
	return out
}

// conflict is what the body does with a variable that is named like a column.
func (m *machine) conflict() string {
	if m.frame.code == nil {
		return "use_column"
	}
	for _, o := range m.frame.code.Options {
		if v, ok := strings.CutPrefix(o, "variable_conflict "); ok {
			return v
		}
	}
	return "error"
}

// splitName takes a qualified name apart at the dots outside of quotes.
func splitName(name string) []string {
	var parts []string
	var cur strings.Builder
	quoted := false
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '"' && quoted && i+1 < len(name) && name[i+1] == '"':
			cur.WriteByte(c)
			i++
		case c == '"':
			quoted = !quoted
		case c == '.' && !quoted:
			parts = append(parts, cur.String())
			cur.Reset()
		default:
			cur.WriteByte(c)
		}
	}
	return append(parts, cur.String())
}
