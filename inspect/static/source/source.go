// Package source reads migration files into statements: which files there are
// and in which order, where each statement stands, and which of them the
// parser refuses.
package source

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// A File is one migration file, read and parsed.
type File struct {
	Name       string
	Statements []Statement
	Directives []catalog.Directive // policylint comments, in order
	Gaps       []catalog.Gap       // what in it was not taken in
}

// A Statement is one statement of a file. Exactly one of Node, Data and Err is
// set.
type Statement struct {
	Node *pg.Node
	// SQL is the text from the first token to the last, without the semicolon.
	SQL string
	// Base is what the locations in Node count from: a location less Base is
	// an offset in SQL.
	Base   int
	Origin catalog.Origin
	// Err is why the statement cannot be run, and ErrAt where.
	Err   *Error
	ErrAt catalog.Origin
	// Data is set in the place of Node for a statement that carries rows and
	// nothing else.
	Data *Data
	// Ahead is for what the caller of ReadAhead works out ahead of its own work.
	Ahead any
}

// Data is an INSERT … VALUES whose rows were not decoded, only checked.
type Data struct {
	Schema  string // "" when the name is not qualified
	Table   string
	Columns []string // nil when there is no list
	// Repeats counts the statements alike behind this one that were left out:
	// of a large file only the first of a run of such inserts is kept.
	Repeats int
}

// An Error is why the server would not take a text at all.
type Error struct {
	State   string // SQLSTATE: 42601 for a syntax error, 22021 for bytes that are not UTF-8
	Message string // as the server words it
}

// Error is the message.
func (e *Error) Error() string { return e.Message }

// Syntax reports whether the grammar refused the text.
func (e *Error) Syntax() bool { return e.State == "42601" }
