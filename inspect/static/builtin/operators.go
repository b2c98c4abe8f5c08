package builtin

import (
	_ "embed" // the tables
	"strings"
	"sync"
)

//go:embed operators.tsv
var operatorsTable string

//go:embed opclasses.tsv
var opclassesTable string

// An Operator is a built-in operator. Left is "" for one that stands in front
// of its operand. Types are as format_type prints them.
type Operator struct {
	Name, Left, Right, Result string
	Volatility                byte // as pg_proc.provolatile
}

var operators = sync.OnceValue(func() map[string][]Operator {
	out := map[string][]Operator{}
	for line := range strings.Lines(operatorsTable) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) == 5 {
			out[f[0]] = append(out[f[0]], Operator{f[0], f[1], f[2], f[3], f[4][0]})
		}
	}
	return out
})

// Operators lists the built-in operators of that name.
func Operators(name string) []Operator { return operators()[name] }

// An Opclass is a built-in operator class.
type Opclass struct {
	Method, Name string
	Type         string // as format_type prints it
	Default      bool   // used when an index names none
}

var opclasses = sync.OnceValue(func() map[string][]Opclass {
	out := map[string][]Opclass{}
	for line := range strings.Lines(opclassesTable) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) == 4 {
			out[f[0]] = append(out[f[0]], Opclass{f[0], f[1], f[2], f[3] == "t"})
		}
	}
	return out
})

// Opclasses lists the built-in operator classes of an index method; none means
// that the method is not built in.
func Opclasses(method string) []Opclass { return opclasses()[method] }
