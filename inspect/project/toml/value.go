package toml

import (
	"strings"

	"policylint/inspect/catalog"
)

// A Kind is a kind of value.
type Kind uint8

// The kinds of value.
const (
	Absent Kind = iota
	Text
	Integer
	Bool
	List
	Table
	Other // a float, a date or a time
)

// A Value is a value with its place. The zero Value is one that is not there.
type Value struct {
	Kind  Kind
	Text  string // also of Other, as written
	Int   int64
	Bool  bool
	Items []*Value // of List
	Keys  []*Key   // of Table, in order of first appearance

	Origin catalog.Origin // the value itself; of a table, its header
}

// A Key is an entry of a table.
type Key struct {
	Name   string // as written
	Value  *Value
	Origin catalog.Origin // the key
}

// Entry finds the entry of a table by a dotted path; nil when there is none.
func (v *Value) Entry(path ...string) *Key {
	var found *Key
	for _, name := range path {
		if v == nil || v.Kind != Table {
			return nil
		}
		found = nil
		for _, k := range v.Keys {
			if strings.EqualFold(k.Name, name) {
				found = k
				break
			}
		}
		if found == nil {
			return nil
		}
		v = found.Value
	}
	return found
}

// Get finds a value by a dotted path; one of kind Absent when there is none.
func (v *Value) Get(path ...string) *Value {
	if k := v.Entry(path...); k != nil {
		return k.Value
	}
	return &Value{}
}
