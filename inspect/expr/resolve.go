package expr

import (
	"slices"
	"strconv"
	"strings"
)

// A frame is what one select puts in sight.
type frame struct {
	sources []*visible
	ctes    map[string]*Query  // nil value: its columns are not known
	merged  map[string]*Column // columns of USING: the left side's
	outer   bool               // reads a column from outside itself
	hidden  int                // so many of the sources are out of sight: FROM items see each other only by LATERAL
}

// A visible is one source as the text calls it.
type visible struct {
	written  string // alias, or the relation without schema
	schema   string // as written, when there is no alias
	alias    string // Column.Table
	function bool
	cols     map[string]string // types by name
	order    []string
	known    bool
}

func (f *frame) inSight() []*visible { return f.sources[f.hidden:] }

// qualify finds the schema of a name.
func (b *builder) qualify(kind Kind, name string, nargs int) string {
	plain := quoteIdent(name)
	if kind == Function {
		plain = quoteFunction(name)
	}
	if b.scope.Exists == nil {
		return plain
	}
	if !slices.Contains(b.scope.SearchPath, "pg_catalog") && b.scope.Exists(kind, "pg_catalog", name, nargs) {
		return plain
	}
	for _, s := range b.scope.SearchPath {
		if b.scope.Exists(kind, s, name, nargs) {
			if s == "pg_catalog" {
				return plain
			}
			return quoteIdent(s) + "." + quoteIdent(name)
		}
	}
	return plain
}

// alias names a source by what it reads, once in sight.
func (b *builder) alias(name string) string {
	out := name
	for i := 1; b.taken(out); i++ {
		out = name + "_" + strconv.Itoa(i)
	}
	return out
}

func (b *builder) taken(alias string) bool {
	for _, f := range b.frames {
		for _, s := range f.sources {
			if s.alias == alias {
				return true
			}
		}
	}
	return false
}

// leave notes that the frames above level i read something outside of them.
func (b *builder) leave(i int) {
	for _, f := range b.frames[i+1:] {
		f.outer = true
	}
}

func (b *builder) param(i int) Expr {
	if i >= 1 && i <= len(b.scope.Params) {
		return &Param{Name: b.scope.Params[i-1].Name, Index: i}
	}
	return &Param{Index: i}
}

func (b *builder) paramNamed(name string) Expr {
	for i, p := range b.scope.Params {
		if p.Name == name && name != "" {
			return &Param{Name: name, Index: i + 1}
		}
	}
	return nil
}

// column resolves a name as PostgreSQL does: the innermost select that has it.
func (b *builder) column(fields []string) Expr {
	switch len(fields) {
	case 0:
		return &Opaque{Text: "…"}
	case 1:
		return b.bare(fields[0])
	}
	name := fields[len(fields)-1]
	qualifier := fields[len(fields)-2]
	schema := ""
	if len(fields) > 2 {
		schema = fields[len(fields)-3]
	}
	for i := len(b.frames) - 1; i >= 0; i-- {
		for _, s := range b.frames[i].inSight() {
			if s.written == qualifier && (schema == "" || s.schema == schema) {
				b.leave(i)
				return s.column(name)
			}
		}
	}
	if schema == "" && qualifier == b.scope.Func && qualifier != "" {
		if p := b.paramNamed(name); p != nil {
			return p
		}
	}
	if schema == "" && qualifier != b.table {
		if p := b.paramNamed(qualifier); p != nil {
			if name == "*" {
				return p // the server's way to print a whole row
			}
			return &Field{X: p, Name: name}
		}
	}
	b.leave(-1)
	typ, _ := b.ofRow(name)
	if (qualifier == "new" || qualifier == "old") && b.table != qualifier {
		return &Column{Table: qualifier, Name: name, Type: typ}
	}
	return &Column{Name: name, Row: qualifier, Type: typ}
}

// column refers to a column of the source. Where the one column of a function
// goes by the alias of the function, it is "value".
func (v *visible) column(name string) *Column {
	if v.function && name == v.written {
		name = "value"
	}
	return &Column{Table: v.alias, Name: name, Type: v.cols[name]}
}

func (b *builder) bare(name string) Expr {
	for i := len(b.frames) - 1; i >= 0; i-- {
		if c := b.frames[i].merged[name]; c != nil {
			b.leave(i)
			return c
		}
		var maybe []*visible
		for _, s := range b.frames[i].inSight() {
			if _, ok := s.cols[name]; ok {
				b.leave(i)
				return s.column(name)
			}
			if !s.known {
				maybe = append(maybe, s)
			}
		}
		for _, s := range b.frames[i].inSight() {
			if s.written == name {
				b.leave(i)
				if s.function {
					return s.column(name)
				}
				return &Column{Table: s.alias, Name: "*"}
			}
		}
		if name == "*" && len(b.frames[i].inSight()) == 1 {
			return &Column{Table: b.frames[i].inSight()[0].alias, Name: "*"}
		}
		if name == "*" {
			return &Column{Table: "?", Name: "*"}
		}
		if p := b.paramNamed(name); p != nil && len(maybe) > 0 {
			return p
		}
		switch len(maybe) {
		case 0:
		case 1:
			b.leave(i)
			return maybe[0].column(name)
		default:
			return &Column{Table: "?", Name: name}
		}
	}
	typ, ok := b.ofRow(name)
	if !ok {
		if p := b.paramNamed(name); p != nil {
			return p
		}
		if b.known && name == b.table {
			name = "*"
		}
	}
	b.leave(-1)
	return &Column{Name: name, Row: b.table, Type: typ}
}

// bareName is a qualified name without its schema, unquoted.
func bareName(name string) string {
	parts := splitName(name)
	return parts[len(parts)-1]
}

// splitName takes a qualified name apart at the dots outside of quotes.
func splitName(name string) []string {
	if !strings.ContainsAny(name, `."`) {
		return []string{name}
	}
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
