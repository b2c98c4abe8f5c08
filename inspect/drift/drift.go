// Package drift says where two catalogs of one application differ in what
// decides who receives what: migrations and a database, or two databases.
package drift

import (
	"cmp"
	"slices"

	"policylint/inspect/catalog"
)

// A Kind groups differences by what they are about.
type Kind string

// The kinds of difference.
const (
	Tables      Kind = "tables"
	Publication Kind = "publication"
	Identity    Kind = "replica identity"
	Policies    Kind = "policies"
	RLS         Kind = "row level security"
	Hook        Kind = "hook"
	Grants      Kind = "grants"
	History     Kind = "migrations"
)

// A Difference is one thing that is not the same on both sides.
type Difference struct {
	Kind   Kind
	Object catalog.Ref
	What   string         // what differs: "is published", "using"
	Want   string         // on the side that should be followed; "" for absent
	Have   string         // on the other side; "" for absent
	Origin catalog.Origin // the statement behind Want
	Fix    string         // SQL that brings the other side to Want; "" if there is none
}

// Options say what is compared beside what both catalogs have.
type Options struct {
	Publication string       // that Realtime reads
	Hook        catalog.Name // the access token hook; zero for none
	Files       []File       // the migrations, for their history; nil when want is no folder of them
}

// Compare lists what have would have to change to be like want, in order of
// kind and object. What either side does not know is no difference.
func Compare(want, have *catalog.Catalog, o Options) []Difference {
	c := &comparison{want: want, have: have, Options: o}
	c.existence()
	c.publication()
	c.tables()
	c.views()
	c.hook()
	c.helpers()
	c.grants()
	c.history()
	slices.SortStableFunc(c.out, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Object.String(), b.Object.String()), cmp.Compare(a.What, b.What))
	})
	return c.out
}

type comparison struct {
	want, have *catalog.Catalog
	Options
	out   []Difference
	asked []string // roles, once they are known
}

func (c *comparison) add(d Difference) { c.out = append(c.out, d) }

// project reports whether the project answers for a table, on whichever side
// it was found.
func project(t *catalog.Table) bool {
	return !t.Platform && t.Extension == "" && !t.Assumed && !t.Unsure.Any(catalog.Existence) && !catalog.PlatformSchema(t.Name.Schema)
}

// Sides names the two sides for people.
func Sides(want, have catalog.Source) [2]string {
	name := func(s catalog.Source, server bool) string {
		switch {
		case s.Kind != catalog.Database:
			return "the migrations"
		case server && s.Server != "":
			return "database " + s.Database + " on " + s.Server
		}
		return "database " + s.Database
	}
	for _, server := range []bool{false, true} {
		if a, b := name(want, server), name(have, server); a != b {
			return [2]string{a, b}
		}
	}
	return [2]string{"the first database", "the second database"}
}

// both calls f for each project table that both sides are sure to have.
func (c *comparison) both(f func(want, have *catalog.Table)) {
	for w := range c.want.Tables.All() {
		if h, ok := c.have.Tables.Get(w.Name); ok && project(w) && project(h) {
			f(w, h)
		}
	}
}
