package catalog

import "math/big"

// A Bound says which rows a partition takes, as far as that is known.
type Bound struct {
	Default            bool
	Modulus, Remainder int          // of a hash partition
	Values             []BoundValue // of a list partition
	From, To           []BoundValue // of a range partition
}

// A BoundKind says what a value in a bound is.
type BoundKind uint8

// The kinds of value in a bound.
const (
	UnknownBound BoundKind = iota // an expression whose value is not known
	NullBound
	MinBound
	MaxBound
	NumberBound // anything with an order that is known, as a number
	TextBound   // anything of which only equality is known
)

// A BoundValue is one value in the bound of a partition.
type BoundValue struct {
	Kind   BoundKind
	Number *big.Rat
	Text   string // of a number, what it counts: only those of the same can be compared
}
