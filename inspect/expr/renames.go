package expr

import "strings"

// A Names says what is called differently from now on. Its functions get
// names as they are and give them back as they shall be; nil changes none.
type Names struct {
	// Table is the relation whose row the expression is over, schema-qualified,
	// by its name so far; "" where there is none.
	Table    string
	Relation func(schema, name string) (string, string)
	Column   func(schema, relation, column string) string // by the relation's name so far
	Function func(schema, name string, nargs int) (string, string)
	Type     func(schema, name string) (string, string)
	Label    func(schema, enum, label string) string // by the type's name so far
	// Columns has the names of the columns that change, in any relation; what
	// mentions none of them need not be looked at closely. Nil for all.
	Columns map[string]bool
	// Result is the type that the expression is converted to, such as the
	// column's of a default; "" when that says nothing.
	Result string
}

// Renamed returns e with other names in it, as the server prints a stored
// expression after what it refers to was renamed. Where nothing changes, it
// returns e itself.
func Renamed(e Expr, n Names) Expr {
	if e == nil {
		return nil
	}
	r := &renamer{Names: n}
	if n.Label == nil && !r.mentions(e) {
		return e
	}
	r.aliases = r.aliasesChange(e)
	out := r.visit(e, n.Result)
	if !r.changed {
		return e
	}
	return out
}

// renamer renames one expression. Sources are called by what they read, so
// that a renamed relation changes the aliases too.
type renamer struct {
	Names
	frames  [][]renamed
	aliases bool
	changed bool
}

// renamed is one source in sight: its alias so far and from now on, and the
// relation it reads by its name so far.
type renamed struct{ old, alias, relation string }

func (r *renamer) aliasesChange(e Expr) bool {
	refs := RefsOf(e)
	for _, name := range refs.Relations {
		if r.relation(name) != name {
			return true
		}
	}
	found := false
	Walk(e, func(x Expr) bool {
		c, ok := x.(*Call)
		found = found || ok && r.function(c.Name, len(c.Args)) != c.Name
		return !found
	})
	return found
}

// set notes a change.
func (r *renamer) set(old, now string) string {
	if old != now {
		r.changed = true
	}
	return now
}

// qualified applies f to a schema-qualified name.
func qualified(name string, f func(schema, name string) (string, string)) string {
	parts := splitName(name)
	if f == nil || len(parts) != 2 {
		return name
	}
	schema, plain := f(parts[0], parts[1])
	if schema == parts[0] && plain == parts[1] {
		return name
	}
	return quoteIdent(schema) + "." + quoteIdent(plain)
}

func (r *renamer) relation(name string) string { return qualified(name, r.Relation) }

func (r *renamer) function(name string, nargs int) string {
	if r.Function == nil {
		return name
	}
	return qualified(name, func(s, n string) (string, string) { return r.Function(s, n, nargs) })
}

// typeNamed renames a type, array bounds and modifier kept.
func (r *renamer) typeNamed(typ string) string {
	if r.Type == nil || !strings.Contains(typ, ".") {
		return typ
	}
	name, rest := typ, ""
	if i := strings.LastIndexAny(name, `".`); i >= 0 {
		if j := strings.IndexAny(name[i:], "(["); j >= 0 {
			name, rest = typ[:i+j], typ[i+j:]
		}
	}
	return qualified(name, r.Type) + rest
}

func (r *renamer) column(relation, name string) string {
	parts := splitName(relation)
	if r.Column == nil || len(parts) != 2 || name == "*" {
		return name
	}
	return r.Column(parts[0], parts[1], name)
}

func (r *renamer) label(typ, text string) string {
	parts := splitName(strings.TrimSuffix(typ, "[]"))
	if r.Label == nil || len(parts) != 2 {
		return text
	}
	return r.Label(parts[0], parts[1], text)
}

// find is the source that an alias stands for.
func (r *renamer) find(alias string) (renamed, bool) {
	for i := len(r.frames) - 1; i >= 0; i-- {
		for _, s := range r.frames[i] {
			if s.old == alias {
				return s, true
			}
		}
	}
	return renamed{}, false
}
