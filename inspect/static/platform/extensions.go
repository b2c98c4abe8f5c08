package platform

import (
	_ "embed" // for extensionsText
	"strings"
)

// extensionsText has a block an extension, its name on the first line, then a
// line a fact: a keyword and its value. Values that name an object are
// qualified only outside the extension's own schema.
//
//go:embed extensions.txt
var extensionsText string

// An Extension is what CREATE EXTENSION brings along, as far as migrations
// name it: of PostGIS, TimescaleDB and the like only the better known part, so
// that a missing object of a known extension proves nothing.
//
// A reader of migrations takes CREATE EXTENSION so. What is Installed is there
// already: without IF NOT EXISTS that is error 42710. The schema is Schema when
// the extension insists on one, and any other in the SCHEMA clause is error
// 0A000 (but not for pg_cron, whose clause the platform overrides); else the
// clause's schema, which must exist (3F000); else the first schema of
// search_path, which for the migrator is public. Requires must be installed
// unless CASCADE is given. Then come Creates and the objects, all owned by
// Admin, not by the migrator: supautils runs CREATE EXTENSION as Admin. The
// statements of Then run last.
type Extension struct {
	Name            string
	Schema          string          // the one its control file insists on; empty: the SCHEMA clause, else the first schema of search_path
	Installed       bool            // from the first migration on, in its Schema or, without one, in schema extensions
	Requires        []string        // extensions that CASCADE installs along
	Creates         []string        // schemas, owned by supabase_admin
	Languages       []string        // PostgreSQL docs: CREATE LANGUAGE
	Types           []ExtensionType // base, composite and enum types
	AccessMethods   []string        // for USING in CREATE INDEX
	OperatorClasses []OperatorClass // those that are not the default of their type
	Wrappers        []string        // foreign data wrappers
	Dictionaries    []string        // of text search
	Relations       []ExtensionRelation
	Functions       []ExtensionFunction
	Operators       []ExtensionOperator
	Then            []string // statements that the platform runs after it, as supabase_admin
}

// An ExtensionName is a name in the extension's schema, or in another one.
type ExtensionName struct {
	Schema string // empty: the extension's
	Name   string
}

// An ExtensionType has fields when it is a composite type; of those a newer
// version may have more.
type ExtensionType struct {
	ExtensionName
	Fields []ExtensionColumn
}

// An OperatorClass is what an index column names, such as gin_trgm_ops.
type OperatorClass struct{ Method, Name string }

// An ExtensionRelation is a table or a view.
type ExtensionRelation struct {
	ExtensionName
	View    bool
	Columns []ExtensionColumn
}

// An ExtensionColumn has its type as format_type prints it.
type ExtensionColumn struct{ Name, Type string }

// An ExtensionFunction has its types as format_type prints them.
type ExtensionFunction struct {
	ExtensionName
	Args    []ExtensionArg
	Returns string
	SetOf   bool
}

// An ExtensionArg is an input argument; the name is empty where calls cannot
// use it.
type ExtensionArg struct {
	Name, Type        string
	Default, Variadic bool
}

// An ExtensionOperator is a binary operator.
type ExtensionOperator struct{ Left, Name, Right, Returns string }

// FindExtension looks a name up; an extension that is not known may bring
// anything along.
func FindExtension(name string) (Extension, bool) {
	if strings.ContainsAny(name, "\n ") {
		return Extension{}, false
	}
	_, block, ok := strings.Cut(extensionsText, "\nextension "+name+"\n")
	if !ok {
		return Extension{}, false
	}
	e := Extension{Name: name}
	for line := range strings.Lines(block) {
		if strings.HasPrefix(line, "extension ") {
			break
		}
		e.read(strings.TrimSpace(line))
	}
	return e, true
}

// Installed lists, by name and schema alone, the extensions that are there from
// the first migration on.
func Installed() []Extension {
	var out []Extension
	var e Extension
	for line := range strings.Lines(extensionsText) {
		switch word, rest, _ := strings.Cut(strings.TrimSpace(line), " "); word {
		case "extension":
			e = Extension{Name: rest}
		case "schema":
			e.Schema = rest
		case "installed":
			e.Installed = true
		default:
			continue
		}
		if n := len(out); n > 0 && out[n-1].Name == e.Name {
			out[n-1] = e
		} else if e.Installed {
			out = append(out, e)
		}
	}
	return out
}

// ExtensionNames lists the known extensions, sorted.
func ExtensionNames() []string {
	var names []string
	for line := range strings.Lines(extensionsText) {
		if name, ok := strings.CutPrefix(line, "extension "); ok {
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}

// read adds one line of a block. The text is our own: a test holds its lines
// against these keywords.
func (e *Extension) read(line string) {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "schema":
		e.Schema = rest
	case "installed":
		e.Installed = true
	case "requires":
		e.Requires = append(e.Requires, rest)
	case "creates":
		e.Creates = append(e.Creates, rest)
	case "language":
		e.Languages = append(e.Languages, rest)
	case "type":
		e.Types = append(e.Types, composite(rest))
	case "access":
		e.AccessMethods = append(e.AccessMethods, strings.TrimPrefix(rest, "method "))
	case "opclass":
		method, name, _ := strings.Cut(rest, " ")
		e.OperatorClasses = append(e.OperatorClasses, OperatorClass{method, name})
	case "wrapper":
		e.Wrappers = append(e.Wrappers, rest)
	case "dictionary":
		e.Dictionaries = append(e.Dictionaries, rest)
	case "table", "view":
		e.Relations = append(e.Relations, relation(rest, word == "view"))
	case "function":
		e.Functions = append(e.Functions, function(rest))
	case "operator":
		e.Operators = append(e.Operators, operator(rest))
	case "then":
		e.Then = append(e.Then, rest)
	}
}

func qualified(s string) ExtensionName {
	if schema, name, ok := strings.Cut(s, "."); ok {
		return ExtensionName{schema, name}
	}
	return ExtensionName{Name: s}
}

// relation reads name(column type, …).
func relation(s string, view bool) ExtensionRelation {
	name, rest, _ := strings.Cut(s, "(")
	return ExtensionRelation{ExtensionName: qualified(name), View: view, Columns: columns(rest)}
}

// composite reads name or name(field type, …).
func composite(s string) ExtensionType {
	name, rest, ok := strings.Cut(s, "(")
	t := ExtensionType{ExtensionName: qualified(name)}
	if ok {
		t.Fields = columns(rest)
	}
	return t
}

// columns reads column type, …).
func columns(s string) []ExtensionColumn {
	var out []ExtensionColumn
	for _, column := range strings.Split(strings.TrimSuffix(s, ")"), ", ") {
		name, typ, _ := strings.Cut(column, " ")
		out = append(out, ExtensionColumn{name, typ})
	}
	return out
}

// function reads name(name:type=, variadic type, …) returns.
func function(s string) ExtensionFunction {
	name, rest, _ := strings.Cut(s, "(")
	args, returns, _ := strings.Cut(rest, ")")
	f := ExtensionFunction{ExtensionName: qualified(name)}
	f.Returns, f.SetOf = strings.CutPrefix(strings.TrimSpace(returns), "setof ")
	if args == "" {
		return f
	}
	for _, text := range strings.Split(args, ", ") {
		var a ExtensionArg
		a.Type, a.Variadic = strings.CutPrefix(text, "variadic ")
		a.Type, a.Default = strings.CutSuffix(a.Type, "=")
		if name, typ, ok := strings.Cut(a.Type, ":"); ok {
			a.Name, a.Type = name, typ
		}
		f.Args = append(f.Args, a)
	}
	return f
}

// operator reads left name right returns; types may have several words, so the
// operator's own characters find the middle.
func operator(s string) ExtensionOperator {
	words := strings.Fields(s)
	for i, w := range words {
		if i > 0 && strings.Trim(w, "+-*/<>=~!@#%^&|`?") == "" {
			right, returns := split(words[i+1:])
			return ExtensionOperator{strings.Join(words[:i], " "), w, right, returns}
		}
	}
	return ExtensionOperator{Name: s}
}

// split parts two type names that stand side by side.
func split(words []string) (first, second string) {
	n := 1
	switch words[0] {
	case "double", "character", "bit":
		if words[1] == "precision" || words[1] == "varying" {
			n = 2
		}
	case "time", "timestamp":
		if words[1] == "with" || words[1] == "without" {
			n = 4
		}
	}
	return strings.Join(words[:n], " "), strings.Join(words[n:], " ")
}
