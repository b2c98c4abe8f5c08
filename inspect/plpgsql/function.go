package plpgsql

// A Function is a decoded body.
type Function struct {
	// Decls are the names that exist before the body begins: arguments by
	// name and as $n, found, and for triggers new, old and tg_*.
	Decls []*Decl
	// Body is the outermost block.
	Body *Block
	// Options are the #option lines in front of it, such as
	// "variable_conflict use_column".
	Options []string
	// Label qualifies the names in Decls: the function's name, or
	// inline_code_block.
	Label string
	// Text is the body that was parsed; offsets count its bytes.
	Text string
}

// A Decl is one variable: declared, an argument, or implicit.
type Decl struct {
	Name string // folded to lower case unless it was quoted
	Kind DeclKind
	// Type is the type as written; "record" for loop records, empty for an
	// alias.
	Type     string
	Default  *Fragment // nil when there is none
	Constant bool
	NotNull  bool
	// Implicit is true for a name nobody wrote a declaration for: $n, found,
	// new, old, tg_*, sqlstate, sqlerrm and the variables of integer and
	// cursor loops.
	Implicit bool
	// Alias is the variable that an alias stands for.
	Alias *Decl
	// Query and Params belong to a bound cursor.
	Query  *Fragment
	Params []*Decl
	// Line and Offset are where the name stands in the body: 1-based and in
	// bytes; 0 and -1 when it is not written there.
	Line, Offset int
}

// A DeclKind says what a variable holds.
type DeclKind int

// The kinds of variable.
const (
	// Var is a variable of a scalar type, or of a named type that may be
	// composite: only a catalog can tell.
	Var DeclKind = iota
	// Row is a variable declared %rowtype.
	Row
	// Record is a variable of type record.
	Record
	// Cursor is a bound cursor or a variable of type refcursor.
	Cursor
	// Alias is another name for a variable.
	Alias
)

// Resolve follows an alias to the variable it stands for.
func (d *Decl) Resolve() *Decl {
	for d != nil && d.Alias != nil {
		d = d.Alias
	}
	return d
}
