// Package plpgsql decodes the body of a PL/pgSQL function or DO block into
// typed statements.
//
// The structure is read by a parser of its own over the tokens of
// libpg_query's scanner, and every embedded SQL fragment is then checked by
// libpg_query's SQL parser. libpg_query also has a PL/pgSQL parser, but
// without a catalog it knows no composite variable, no bound cursor and no
// trigger variable, and its output carries no declaration scopes, no
// positions and no NULL statements; the tests use it as a second opinion.
//
// Parse takes a body exactly when CREATE FUNCTION on a server does, but for
// what testdata/differs.txtar lists with reasons: whatever needs the catalog
// (whether a type exists, or is composite) is taken on trust.
package plpgsql

import "slices"

// A Source is a body and what its declaration says about it.
type Source struct {
	// Body is the text between the quotes of AS or DO, unescaped.
	Body string
	// Name is the function's bare name, which qualifies its arguments;
	// it is not used for DO blocks.
	Name string
	// Kind says which statement declared the body.
	Kind Kind
	// Args are the declared arguments in order, with those of RETURNS TABLE
	// as mode Table at the end.
	Args []Arg
	// Returns is the return type as written ("trigger", "public.role",
	// "record"), empty when none is declared.
	Returns string
	// SetOf is true for RETURNS SETOF and RETURNS TABLE.
	SetOf bool
}

// Equal reports whether both are the same body, declared alike.
func (s Source) Equal(o Source) bool {
	return s.Body == o.Body && s.Name == o.Name && s.Kind == o.Kind && s.Returns == o.Returns && s.SetOf == o.SetOf && slices.Equal(s.Args, o.Args)
}

// A Kind is the statement that declared a body.
type Kind int

// The kinds of body. A trigger function is a Func that returns trigger.
const (
	Func Kind = iota
	Procedure
	Do
)

// An Arg is one declared argument.
type Arg struct {
	Name string // empty for an unnamed argument, which is $n only
	Type string // as written
	Mode Mode
}

// A Mode is the direction of an argument.
type Mode int

// The argument modes.
const (
	In Mode = iota
	Out
	InOut
	Variadic
	Table
)

// Bounds of what Parse takes in.
const (
	// MaxBody is the largest body in bytes.
	MaxBody = 1 << 20
	// MaxDepth is the deepest nesting of statements.
	MaxDepth = 200
)
