package plpgsql

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// An Error says why a body could not be parsed, and where.
type Error struct {
	// Message is the cause, in the words of the server where it has some.
	Message string
	// Offset is in bytes of the body.
	Offset int
	// Line and Column are the same place, 1-based; columns count characters.
	Line, Column int
}

func (e *Error) Error() string {
	return fmt.Sprintf("parse PL/pgSQL body: line %d: %s", e.Line, e.Message)
}

func errorAt(body string, offset int, message string) *Error {
	offset = min(max(offset, 0), len(body))
	e := &Error{Message: message, Offset: offset}
	e.Line, e.Column = Position(body, offset)
	return e
}

// Position turns a byte offset of a text into a line and a column: 1-based,
// the column in characters.
func Position(text string, offset int) (line, column int) {
	before := text[:min(max(offset, 0), len(text))]
	line = 1 + strings.Count(before, "\n")
	column = 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	return line, column
}
