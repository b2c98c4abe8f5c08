package expr

// A Kind is what a name names, when a Scope is asked about it.
type Kind int

// The kinds of names.
const (
	Relation Kind = iota
	Function
	Type
)

// A Scope says how names resolve. The zero Scope leaves them as written, and
// takes an unqualified column in a sub-select for one of its source.
//
// What the server printed is qualified already, so that it equals what the
// author wrote in a full Scope even without one. Only with Table and Columns,
// types included, on both sides is String the same as well: they tell the
// conversion varchar::text, which the server adds, from uuid::text.
type Scope struct {
	Table      string   // the policy's table, schema-qualified
	bare       string   // the same without schema, where it is known already
	SearchPath []string // schemas, in order; pg_catalog is asked first when it is not among them
	Params     []Arg    // arguments of the function whose body is parsed
	Func       string   // the function's name without schema, as in f.arg

	// Exists reports whether the schema has the name; nargs is -1 for other
	// kinds than Function. A name that is found nowhere stays unqualified.
	Exists func(kind Kind, schema, name string, nargs int) bool
	// Columns lists the columns of a relation by its qualified name.
	Columns func(relation string) ([]ColumnDef, bool)
}

// A ColumnDef is a column as a Scope knows it: Type in the spelling of
// format_type, the base type where it is a domain, or "".
type ColumnDef struct{ Name, Type string }

// An Arg is an argument of a function. Name may be "".
type Arg struct{ Name, Type string }
