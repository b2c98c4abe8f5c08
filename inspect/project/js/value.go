package js

import (
	"strings"

	"policylint/inspect/catalog"
)

// A Kind is a kind of value.
type Kind uint8

// The kinds of value.
const (
	Unknown Kind = iota // computed, or of no kind that matters
	Text
	List
	Object
)

// Hole stands in a text for a part that is computed.
const Hole = "\x00"

// A Value is what an expression is known to be.
type Value struct {
	Kind   Kind
	Text   string // with a Hole for each part that is not known
	Items  []Value
	Fields []Field
	Origin catalog.Origin
}

// A Field is an entry of an object.
type Field struct {
	Name   string
	Value  Value
	Origin catalog.Origin // the name
}

// Known reports whether a text has no hole.
func (v Value) Known() bool { return v.Kind == Text && !strings.Contains(v.Text, Hole) }

// bounded is the value, unless it has grown out of bounds.
func (v Value) bounded() Value {
	if len(v.Text) > maxText {
		return Value{Origin: v.Origin}
	}
	return v
}

// text is the value as a part of a text.
func (v Value) text() string {
	if v.Kind == Text {
		return v.Text
	}
	return Hole
}
