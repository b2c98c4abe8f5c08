package plpgsql

// A Fragment is a piece of SQL inside a body, exactly as written.
type Fragment struct {
	Text string
	// Offset is where Text begins in the body, in bytes; -1 when unknown.
	Offset int
	Form   Form
}

// A Form says how the text of a Fragment is to be read.
type Form int

// The forms of a fragment.
const (
	// Expr is what can follow SELECT: usually an expression, but PL/pgSQL
	// also takes "count(*) from t where …".
	Expr Form = iota
	// Statement is a whole SQL statement, without INTO and its targets:
	// where INTO stood, the text holds as many spaces.
	Statement
	// Select is what follows PERFORM: put SELECT in front of it. Unlike an
	// Expr it can hold UNION.
	Select
)

// SQL is the fragment as a statement: with SELECT in front unless it is a
// Statement already.
func (f Fragment) SQL() string {
	if f.Form == Statement {
		return f.Text
	}
	return "SELECT " + f.Text
}

// End is the offset behind the last byte of the fragment.
func (f Fragment) End() int { return f.Offset + len(f.Text) }

// A Target is a variable, or a part of one, that a statement writes.
type Target struct {
	// Name is the variable's bare name.
	Name string
	// Decl is the variable itself; an alias is not followed.
	Decl *Decl
	// Path leads to the part that is written: fields and subscripts.
	Path []Step
	// Text is the target as written, at Offset in the body.
	Text   string
	Offset int
}

// A Step is a field or a subscript of a Target.
type Step struct {
	Field string // empty for a subscript
	// Index is the subscript, or the lower bound of a slice; nil when the
	// bound is left out.
	Index *Fragment
	// Upper is the upper bound of a slice.
	Upper *Fragment
	// Slice is true for a[x:y].
	Slice bool
}
