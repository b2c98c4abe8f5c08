// Package hook works out what a custom access token hook does to the claims of
// a token, without running it.
//
// It interprets the function's body, SQL or PL/pgSQL, for every well-formed
// event at once: where the way on depends on what is not known, such as a row
// of a table, it takes each way in turn, and the [Result] says what all of
// them have in common. What it cannot follow is unknown, and said.
//
// Auth calls the hook as supabase_auth_admin, with that role's search_path and
// privileges, and puts the claims that come back into the token as they are
// (Supabase docs: Custom Access Token Hook).
package hook

import (
	"cmp"
	"slices"

	"policylint/inspect/catalog"
)

// Options say under which conditions the hook is interpreted. The zero Options
// are those of Auth.
type Options struct {
	// Granted takes privileges, row level security and volatility for right.
	Granted bool
	// Found finds names without a schema in public and extensions, where the
	// body sets no search_path.
	Found bool
	// Role is the value that the claim role should keep; "" is authenticated.
	Role string
}

// Meant are the options under which a hook does what it is meant to do,
// whatever its grants and names still lack.
var Meant = Options{Granted: true, Found: true}

// Bounds of an interpretation.
const (
	maxRuns  = 3000   // ways through the body
	maxSteps = 20_000 // expressions evaluated on one way
	maxDepth = 12     // functions inside functions
)

// Interpret follows the function f of the catalog, which is called as the
// access token hook. It never fails: what it cannot follow is in
// [Result.Unknown]. The result is kept with the catalog, which must be complete
// before the first call, and must not be changed.
func Interpret(c *catalog.Catalog, f *catalog.Function, o Options) *Result {
	if o.Role == "" {
		o.Role = catalog.Authenticated
	}
	type key struct {
		f *catalog.Function
		o Options
	}
	return c.Memo(key{f, o}, func() any { return interpret(c, f, o) }).(*Result)
}

func interpret(c *catalog.Catalog, f *catalog.Function, o Options) *Result {
	in := newInterp(c, o)
	s := newSummary(c, f, o)
	var o1 oracle
	for runs := 0; ; runs++ {
		if runs == maxRuns {
			s.unknown(Unknown{At: f.BodyAt, Reason: "there are too many ways through the body"})
			break
		}
		s.add(in.run(f, &o1))
		if !o1.next() {
			break
		}
	}
	return s.result()
}

func newInterp(c *catalog.Catalog, o Options) *interp {
	return &interp{cat: c, opts: o, parsed: map[parseKey]*prepared{}, bodies: map[*catalog.Function]*body{}, sql: map[*catalog.Function]*sqlBody{}}
}

// oracle takes the ways through a body one after the other: a run that asks
// gets the answers of its script, and 0 for whatever comes after, and the next
// script differs from the last run in its last answer.
type oracle struct {
	script []int
	taken  []answer
}

type answer struct{ of, picked int }

// choose gives a number from 0 to n-1.
func (o *oracle) choose(n int) int {
	if n < 2 {
		return 0
	}
	picked := 0
	if i := len(o.taken); i < len(o.script) {
		picked = o.script[i]
	}
	o.taken = append(o.taken, answer{n, picked})
	return picked
}

// next prepares the script of the next run; false when all were taken.
func (o *oracle) next() bool {
	taken := o.taken
	o.taken = nil
	for i := len(taken) - 1; i >= 0; i-- {
		if taken[i].picked+1 < taken[i].of {
			o.script = o.script[:0]
			for _, a := range taken[:i] {
				o.script = append(o.script, a.picked)
			}
			o.script = append(o.script, taken[i].picked+1)
			return true
		}
	}
	return false
}

func compareAt(a, b catalog.Origin) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// keep adds x to a list unless it is there.
func keep[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}
