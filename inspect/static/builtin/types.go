package builtin

import (
	_ "embed" // the tables
	"strings"
	"sync"
)

//go:embed types.tsv
var typesTable string

//go:embed casts.tsv
var castsTable string

// A Type is a built-in type.
type Type struct {
	Internal  string // name in pg_type: int4, _int4
	Name      string // as format_type prints it: integer, integer[]
	Kind      byte   // as pg_type.typtype: 'b', 'p', 'r' or 'm'
	Category  byte   // as pg_type.typcategory (PostgreSQL docs 53.64)
	Preferred bool   // the preferred type of its category
	Elem      string // of an array or a subscriptable type: what is inside
	Input     byte   // volatility of the conversion from text, as pg_proc.provolatile
	Output    byte   // volatility of the conversion to text
}

type typeTables struct{ internal, printed map[string]Type }

var types = sync.OnceValue(func() typeTables {
	out := typeTables{map[string]Type{}, map[string]Type{}}
	for line := range strings.Lines(typesTable) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 8 {
			continue
		}
		t := Type{
			Internal: f[0], Name: f[1], Kind: f[2][0], Category: f[3][0], Preferred: f[4] == "t", Elem: f[5],
			Input: f[6][0], Output: f[7][0],
		}
		out.internal[t.Internal], out.printed[t.Name] = t, t
	}
	return out
})

// TypeNamed finds a built-in type by its name in pg_type, such as int4.
func TypeNamed(internal string) (Type, bool) { t, ok := types().internal[internal]; return t, ok }

// TypePrinted finds a built-in type by the name format_type prints, such as
// integer.
func TypePrinted(name string) (Type, bool) { t, ok := types().printed[name]; return t, ok }

// A Cast is a built-in cast.
type Cast struct {
	Context    byte // as pg_cast.castcontext: 'i' everywhere, 'a' in assignments too, 'e' only when asked for
	Volatility byte // as pg_proc.provolatile
}

var casts = sync.OnceValue(func() map[[2]string]Cast {
	out := map[[2]string]Cast{}
	for line := range strings.Lines(castsTable) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) == 4 {
			out[[2]string{f[0], f[1]}] = Cast{f[2][0], f[3][0]}
		}
	}
	return out
})

// CastBetween finds the built-in cast from one type to another.
func CastBetween(from, to string) (Cast, bool) { c, ok := casts()[[2]string{from, to}]; return c, ok }
