package builtin

import _ "embed" // the tables

//go:embed operators.tsv
var operatorsTable string

//go:embed opclasses.tsv
var opclassesTable string

// An Operator is a built-in operator. Left is "" for one that stands in front
// of its operand. Types are as format_type prints them.
type Operator struct {
	Name, Left, Right, Result string
	Volatility                byte     // as pg_proc.provolatile
	Operands                  []string // Left and Right
}

var operators = index[Operator]{table: operatorsTable, read: func(f []string) (Operator, bool) {
	if len(f) != 5 {
		return Operator{}, false
	}
	return Operator{f[0], f[1], f[2], f[3], f[4][0], f[1:3:3]}, true
}}

// Operators lists the built-in operators of that name. The list is not to be
// changed.
func Operators(name string) []Operator { return operators.find(name) }

// An Opclass is a built-in operator class.
type Opclass struct {
	Method, Name string
	Type         string // as format_type prints it
	Default      bool   // used when an index names none
}

var opclasses = index[Opclass]{table: opclassesTable, read: func(f []string) (Opclass, bool) {
	if len(f) != 4 {
		return Opclass{}, false
	}
	return Opclass{f[0], f[1], f[2], f[3] == "t"}, true
}}

// Opclasses lists the built-in operator classes of an index method; none means
// that the method is not built in.
func Opclasses(method string) []Opclass { return opclasses.find(method) }
