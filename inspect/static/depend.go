package static

import (
	"cmp"
	"maps"
	"slices"

	"policylint/inspect/catalog"
)

// A class is a kind of object that depends on others, or that others depend
// on.
type class string

// The classes. Tables, views, sequences, indexes and composite types share
// one, as they share their names.
const (
	aRelation      class = "relation"   // with sub: its column
	aType          class = "type"       // not a relation's row type
	aFunction      class = "function"   // sub is the signature
	aConstraint    class = "constraint" // of the relation name; sub is its own name
	aDefault       class = "default"    // of the column sub of the relation name, a generated column's expression too
	aPolicy        class = "policy"     // sub of the relation name
	aTrigger       class = "trigger"    // sub of the relation name
	anEventTrigger class = "event trigger"
	aMember        class = "member" // the publication sub publishes the relation name with a WHERE
)

// An object is one thing in the graph of what depends on what.
type object struct {
	class class
	name  catalog.Name
	sub   string
}

func compareObjects(a, b object) int {
	return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.name.Schema, b.name.Schema),
		cmp.Compare(a.name.Name, b.name.Name), cmp.Compare(a.sub, b.sub))
}

// dependencies is what expressions and queries refer to, by the object they
// belong to, as PostgreSQL keeps it in pg_depend. What the catalog says by
// itself (an index of a table, a column of a type) is not repeated here.
type dependencies struct {
	uses map[object][]object
	// constraints counts the constraints of each name in a schema: new names
	// are chosen around them.
	constraints map[catalog.Name]int
	// operators has the names of operators that migrations define.
	operators map[string]bool
	newLabels map[newLabel]bool     // of the present transaction
	newTypes  map[catalog.Name]bool // created in the present transaction
	// domainChecks has the names of the checks of domains.
	domainChecks map[catalog.Name][]string
	sightings
}

// sightings are what there ever was in the project: most have little of it, and
// then there is nothing to look through.
type sightings struct {
	inherited  bool // some table was ever below another
	rules      bool // some rule was created
	typed      bool // some table is of a composite type
	relabelled bool // some value of an enum was renamed
	temporary  bool // something was created in pg_temp
	// rows has the composite types, and tables, of which a column or attribute
	// ever was.
	rows map[catalog.Name]bool
}

// depend records what an object refers to, in place of what it did before.
func (r *replay) depend(o object, on []object) {
	d := &r.deps
	if d.uses == nil {
		d.uses = map[object][]object{}
	}
	old, had := d.uses[o]
	if len(on) == 0 {
		delete(d.uses, o)
	} else {
		d.uses[o] = on
	}
	if !had && len(on) == 0 {
		return
	}
	r.cat.Undo(func() {
		if had {
			d.uses[o] = old
		} else {
			delete(d.uses, o)
		}
	})
}

// forget removes what an object referred to.
func (r *replay) forget(o object) { r.depend(o, nil) }

// users lists the objects whose expressions refer to one that match holds for,
// in order.
func (r *replay) users(match func(object) bool) []object {
	var out []object
	for o, on := range r.deps.uses {
		if slices.ContainsFunc(on, match) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, compareObjects)
	return out
}

// rewrite replaces objects on both sides of the graph, as a rename does: f
// gives the object its new name, or gives it back.
func (r *replay) rewrite(f func(object) object) {
	keys := slices.SortedFunc(maps.Keys(r.deps.uses), compareObjects)
	type entry struct {
		o  object
		on []object
	}
	var moved []entry
	for _, o := range keys {
		on := r.deps.uses[o]
		renamed := f(o)
		changed := renamed != o
		list := on
		for i, x := range on {
			if y := f(x); y != x {
				if !changed || &list[0] == &on[0] {
					list = slices.Clone(list)
				}
				list[i], changed = y, true
			}
		}
		if changed {
			r.forget(o)
			moved = append(moved, entry{renamed, list})
		}
	}
	for _, m := range moved {
		r.depend(m.o, m.on)
	}
}

// countConstraint keeps the count of constraint names in step.
func (r *replay) countConstraint(schema, name string, by int) {
	d := &r.deps
	if d.constraints == nil {
		d.constraints = map[catalog.Name]int{}
	}
	n := catalog.Name{Schema: schema, Name: name}
	d.constraints[n] += by
	r.cat.Undo(func() { d.constraints[n] -= by })
}

// constraintExists reports whether any constraint of the schema has the name.
func (r *replay) constraintExists(schema, name string) bool {
	return r.deps.constraints[catalog.Name{Schema: schema, Name: name}] > 0
}
