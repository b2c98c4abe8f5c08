// Package builtin knows what every PostgreSQL server has by itself: the
// functions, relations and configuration parameters of versions 15 to 18,
// taken together, so that "does not exist" can be said with certainty.
//
// The tables are the results of the queries beside them on servers of these
// versions; a test holds them against the server it finds.
package builtin

import (
	_ "embed" // the tables
	"strconv"
	"strings"
	"sync"
)

//go:embed functions.tsv
var functionsTable string

//go:embed relations.tsv
var relationsTable string

//go:embed settings.tsv
var settingsTable string

// A Function is a built-in function, aggregate, window function or procedure.
type Function struct {
	Schema, Name string
	Kind         byte     // as pg_proc.prokind: 'f', 'a', 'w' or 'p'
	Required     int      // input arguments without a default
	Variadic     bool     // the last argument may be repeated
	Args         []string // input types, as format_type prints them
	Returns      string   // as format_type prints it
	Set          bool     // returns a set
}

var functions = index[Function]{table: functionsTable, read: func(f []string) (Function, bool) {
	if len(f) != 7 {
		return Function{}, false
	}
	required, _ := strconv.Atoi(f[3])
	fn := Function{Schema: f[0], Name: f[1], Kind: f[2][0], Required: required, Variadic: f[4] == "t"}
	if f[5] != "" {
		fn.Args = strings.Split(f[5], ",")
	}
	fn.Returns, fn.Set = strings.CutPrefix(f[6], "setof ")
	return fn, true
}}

// Functions lists the functions of a schema that have this name. The list is
// not to be changed.
func Functions(schema, name string) []Function { return functions.find(schema, name) }

// HasRelation reports whether the schema, pg_catalog or information_schema,
// has a table or view of that name.
func HasRelation(schema, name string) bool {
	line := schema + "\t" + name + "\n"
	return strings.HasPrefix(relationsTable[first(relationsTable, line):], line)
}

// A Setting is a configuration parameter.
type Setting struct {
	Name    string
	Context string   // who may change it and when, as pg_settings.context
	Type    string   // as pg_settings.vartype: "bool", "enum", "integer", "real" or "string"
	Values  []string // of an enum
}

var settings = sync.OnceValue(func() map[string]Setting {
	out := map[string]Setting{}
	for line := range strings.Lines(settingsTable) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 {
			continue
		}
		s := Setting{Name: f[0], Context: f[1], Type: f[2]}
		if f[3] != "" {
			s.Values = strings.Split(f[3], ",")
		}
		key := strings.ToLower(f[0])
		if old, ok := out[key]; ok { // versions differ: whatever either allows
			s.Values = append(s.Values, old.Values...)
			if old.Context == "user" {
				s.Context = old.Context
			}
			if old.Type != s.Type {
				s.Type = "string"
			}
		}
		out[key] = s
	}
	return out
})

// SettingNamed finds a configuration parameter; case does not matter.
func SettingNamed(name string) (Setting, bool) {
	s, ok := settings()[strings.ToLower(name)]
	return s, ok
}
