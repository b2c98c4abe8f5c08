// Package toml reads TOML with the place of every key and value. Keys are
// compared without regard to case, as the Supabase CLI does.
package toml

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	parser "github.com/pelletier/go-toml/v2"

	"policylint/inspect/catalog"
	"policylint/inspect/project/place"
)

// A Fault is why a text is not TOML, and where.
type Fault struct {
	Message string
	Origin  catalog.Origin
}

// Error is the fault with its place in front.
func (f *Fault) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", f.Origin.File, f.Origin.Line, f.Origin.Column, f.Message)
}

// A Document is a file that was understood.
type Document struct {
	Root     *Value
	Comments []Comment        // in order
	Headers  []catalog.Origin // of tables, in order
}

// A Comment is a comment without its #.
type Comment struct {
	Text     string
	Trailing bool // something stands before it on its line
	Origin   catalog.Origin
}

// Parse reads a text; file is its name in origins. Exactly one of the results is nil.
func Parse(file string, text []byte) (*Document, *Fault) {
	lines := place.New(file, text)
	if !utf8.Valid(lines.Text) {
		return nil, &Fault{"not UTF-8 text: save the file as UTF-8", lines.At(place.FirstInvalid(lines.Text), place.FirstInvalid(lines.Text))}
	}
	if err := valid(lines); err != nil {
		return nil, err
	}
	return build(lines)
}

// valid holds the text against the whole of TOML, such as keys that are
// written twice.
func valid(lines *place.Lines) *Fault {
	var v map[string]any
	err := parser.Unmarshal(lines.Text, &v)
	if err == nil {
		return nil
	}
	f := &Fault{Message: strings.TrimPrefix(err.Error(), "toml: "), Origin: lines.At(0, 0)}
	var d *parser.DecodeError
	if errors.As(err, &d) {
		line, column := d.Position() // in bytes
		from := lines.Offset(line) + column - 1
		f.Origin = lines.At(from, lines.LineEnd(from))
	}
	// The message may quote the text, which may hold a secret.
	if i := strings.IndexByte(f.Message, '\n'); i >= 0 {
		f.Message = f.Message[:i]
	}
	return f
}
