// Package rules runs the rules over a catalog. Each rule is one literal in one
// file of a folder, and is registered by being declared.
package rules

import (
	"cmp"
	"path"
	"runtime"
	"slices"
)

// A Rule is one thing the linter can find.
type Rule struct {
	ID       string   // kebab-case, never changed once released
	Folder   string   // the folder that the rule is declared in; Register sets it
	Category string   // one of Categories; Register sets that of the folder where it is empty
	Title    string   // one line, without a full stop
	Severity Severity // unless the configuration says otherwise
	From     Preset   // the smallest preset with it; zero for that of its severity
	Why      string   // Markdown: what goes wrong and who notices
	Fix      string   // Markdown: what to do, with the SQL
	Refs     []string // primary sources, as URLs
	Needs    Need     // what a catalog must have for the rule to mean anything
	// Options returns a pointer to the rule's options with their defaults, for
	// the configuration to be decoded into. Nil when there are none.
	Options func() any
	Check   func(*Pass)
	// Access says that the rule asks the judge of access. All such rules run one
	// after the other, so that what they ask is worked out once.
	Access bool
	// Last runs the rule after all others, when it is known which ignores
	// they left unused.
	Last bool
}

// A Need is what a rule asks of the catalog's source. A rule whose needs are
// not met is skipped, and the report says so.
type Need uint8

// The needs.
const (
	NeedsHistory  Need = 1 << iota // the order in which statements came: migrations only
	NeedsDatabase                  // a running database
	// NeedsComparison rules are about the difference of two catalogs. They run
	// where two are compared and nowhere else, and no other rule runs there.
	NeedsComparison
	// NeedsBaseline rules are about the entries of a baseline. They run after
	// all others, and only where there is one.
	NeedsBaseline
	NeedsProject     // supabase/config.toml beside the migrations, and read
	NeedsProjectFile // the same, though it need not be readable
)

// List says the needs in words.
func (n Need) List() []string {
	out := []string{}
	if n&NeedsHistory != 0 {
		out = append(out, "migrations")
	}
	if n&NeedsDatabase != 0 {
		out = append(out, "a running database")
	}
	if n&NeedsComparison != 0 {
		out = append(out, "two sides to compare")
	}
	if n&NeedsBaseline != 0 {
		out = append(out, "a baseline")
	}
	if n&(NeedsProject|NeedsProjectFile) != 0 {
		out = append(out, "supabase/config.toml")
	}
	return out
}

var registry []*Rule

// Register adds a rule to the registry. It takes the folder from the file that
// calls it, and panics when the ID is taken: a mistake that any test finds.
func Register(r *Rule) *Rule {
	_, file, _, _ := runtime.Caller(1)
	r.Folder = path.Base(path.Dir(file))
	if r.Category == "" {
		r.Category = byFolder[r.Folder]
	}
	if _, taken := ByID(r.ID); taken {
		panic("rule " + r.ID + " is registered twice")
	}
	registry = append(registry, r)
	return r
}

// All returns every rule, in order of ID.
func All() []*Rule {
	return slices.SortedFunc(slices.Values(registry), func(a, b *Rule) int { return cmp.Compare(a.ID, b.ID) })
}

// ByID finds a rule.
func ByID(id string) (*Rule, bool) {
	for _, r := range registry {
		if r.ID == id {
			return r, true
		}
	}
	return nil, false
}
