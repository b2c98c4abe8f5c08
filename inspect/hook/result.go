package hook

import (
	"slices"

	"policylint/inspect/catalog"
)

// A When says on how many of the ways through the hook something happens.
type When string

// The answers. Unclear is given where something that could not be followed may
// decide it.
const (
	Always    When = "always"
	Sometimes When = "sometimes"
	Never     When = "never"
	Unclear   When = "unknown"
)

// A Result is what the hook does. Lists are in order of path or place, each
// entry once. Places are in the file where the body has one, else lines of the
// body in no file.
type Result struct {
	Function *catalog.Function
	// Claims are the paths that the hook writes, or tries to.
	Claims []Claim
	// Role says what becomes of the claim role.
	Role Role
	// Missing are the required claims that the token lacks, or that have a
	// wrong type, on some way.
	Missing []Missing
	// Nulls are the ways to a null in the place of the event.
	Nulls []Null
	// Shapes are the ways to a result that has no claims object.
	Shapes []Shape
	// Raises are the errors that the hook itself ends with.
	Raises []Raise
	// Refusals are the places where the hook returns an error object, as it
	// may to refuse a token.
	Refusals []Place
	// Reads and Writes are the relations it touches, helpers included.
	Reads, Writes []Access
	// Calls are the functions it calls, those of pg_catalog left out, pg_sleep
	// and the like excepted.
	Calls []Call
	// NoEffects are writes of a claim that change nothing.
	NoEffects []NoEffect
	// Replaced are objects of the token that are replaced as a whole and lose
	// what Auth put there.
	Replaced []Replaced
	// Rows are the reads of one row where there can be several.
	Rows []Rows
	// Oddities are the reads of what is never there: unknown keys of the
	// event, and the token of a request.
	Oddities []Oddity
	// Unknown is what could not be followed.
	Unknown []Unknown
	// Issued says whether any way ends with a token that Auth accepts.
	Issued When
}

// A Place is a line of the hook.
type Place struct{ At catalog.Origin }

// A Claim is one path of the token and what the hook writes there.
type Claim struct {
	Path []string
	When When
	// Condition says in words when Sometimes is, "role is not null"; "" where
	// that cannot be said plainly.
	Condition string
	// Values is what it can be, in the order of the enum where it comes from
	// one, else sorted; nil when that is not known.
	Values []string
	// Null is true when it can be a JSON null.
	Null bool
	// Kind is the JSON type ("string", "number", "boolean", "array", "object")
	// where it is always the same and known, null aside.
	Kind string
	// From is the column it comes from, "public.users.role", where it is one.
	From string
	At   catalog.Origin // the last statement that writes it
}

// Role is what becomes of the claim role, which Auth and Realtime take for a
// role of the database.
type Role struct {
	Kept   When     // Always when it is as Auth gave it, or set to the value it should have
	Values []string // what else it becomes, as far as known
	From   string
	At     catalog.Origin // zero when it is kept
}

// Missing is a required claim that is not there, or not as it must be.
type Missing struct {
	Claim string
	When  When
	Wrong string // the JSON type it has instead; "" when it is missing
	At    catalog.Origin
}

// A Null is a way to a null event.
type Null struct {
	Cause Cause
	// Call is the strict function or the operator that gave the null.
	Call string
	// What is the claim path that was to be written with null, "" if none.
	What string
	When When
	// Caught is set when an exception handler leads there.
	Caught bool
	At     catalog.Origin // where the null arose
	Return catalog.Origin // where it is returned; zero at the end of a body
}

// A Cause says how a null came about.
type Cause string

// The causes of a null.
const (
	FromConstant Cause = "constant"      // return null
	FromStrict   Cause = "strict call"   // a strict function or operator was given null
	FromRow      Cause = "row"           // no row, or a null column
	FromKey      Cause = "missing key"   // -> of what is not there
	FromVariable Cause = "no assignment" // a variable that was never set
	FromToken    Cause = "no token"      // auth.uid() and the like
	FromOther    Cause = "other"
)

// A Shape is a result without a claims object.
type Shape struct {
	What string // what comes back instead: "the claims themselves", "a string", …
	When When
	At   catalog.Origin
}

// A Raise is an error that ends the hook.
type Raise struct {
	SQLState string
	Message  string // as the server words it, as far as known
	Name     string // the unqualified name, or the ambiguous one, that caused it
	// Deliberate is set for a RAISE of the hook itself.
	Deliberate bool
	When       When
	At         catalog.Origin
}

// An Access is one use of a relation.
type Access struct {
	Relation  catalog.Name
	Privilege catalog.Privilege
	Columns   []string          // read or written by name, sorted; nil for all or none
	Role      string            // whose privileges count
	In        *catalog.Function // the function it stands in, the hook or a helper
	ReadOnly  bool              // In is not volatile
	Looped    bool              // inside a loop, or once for each row of a loop
	At        catalog.Origin
}

// A Call is a call of a function.
type Call struct {
	Function string // schema-qualified unless built in
	At       catalog.Origin
}

// A NoEffect is a write that changes nothing.
type NoEffect struct {
	Path  []string
	Cause string // "app_metadata is not there", "create_missing is false", …
	At    catalog.Origin
}

// A Replaced is an object of the token that the hook puts another one in the
// place of.
type Replaced struct {
	Path []string
	At   catalog.Origin
}

// Rows is a read of one row where several can match.
type Rows struct {
	Relation catalog.Name // the first relation without a unique key for it
	Strict   bool         // INTO STRICT or a sub-select: more than one row raises
	Ordered  bool         // ORDER BY says which row comes first
	At       catalog.Origin
}

// An Oddity is a read of what is never there.
type Oddity struct {
	What string // "event key user.id", "auth.uid()"
	At   catalog.Origin
}

// Unknown is something that could not be followed.
type Unknown struct {
	Reason string
	At     catalog.Origin
}

// Kept reports whether the token always has all required claims.
func (r *Result) Kept() bool { return len(r.Missing) == 0 && r.Issued == Always }

// Complete reports whether everything could be followed.
func (r *Result) Complete() bool { return len(r.Unknown) == 0 }

// Claim finds what the hook does at a path.
func (r *Result) Claim(path ...string) (Claim, bool) {
	for _, c := range r.Claims {
		if slices.Equal(c.Path, path) {
			return c, true
		}
	}
	return Claim{}, false
}
