package static

import (
	"maps"
	"slices"

	"policylint/inspect/catalog"
)

// move gives everything its new name, and every expression that mentions it.
func (r *replay) move(m *moves) {
	tables := keysOf(r.cat.Tables.All(), func(t *catalog.Table) catalog.Name { return t.Name })
	views := keysOf(r.cat.Views.All(), func(v *catalog.View) catalog.Name { return v.Name })
	// Expressions first, while functions can still be found by their old names.
	for _, n := range tables {
		r.renameInTable(m, n)
	}
	for _, n := range views {
		r.renameInView(m, n)
	}
	for _, n := range keysOf(r.cat.Publications.All(), func(p *catalog.Publication) string { return p.Name }) {
		r.renameInPublication(m, n)
	}
	r.doubtBodies(m)
	r.moveSequences(m)
	r.moveTypes(m)
	r.moveTables(m, tables)
	r.moveViews(m, views)
	r.moveFunctions(m)
	r.moveEventTriggers(m)
	r.rewrite(m.object)
	for from, to := range m.relations {
		r.movedAway(from, to)
		if r.deps.rows[from] {
			r.holdsRows(to)
		}
	}
}

func keysOf[K, V any](all func(func(V) bool), key func(V) K) []K {
	var out []K
	for v := range all {
		out = append(out, key(v))
	}
	return out
}

// movedAway remembers that a name is free: using it from now on is an error
// each time. The new name is none of those any more.
func (r *replay) movedAway(from, to catalog.Name) {
	if _, still := r.cat.Relation(from); !still {
		r.wasDropped(from)
	}
	if r.dropped[to] {
		delete(r.dropped, to)
		r.cat.Undo(func() { r.dropped[to] = true })
	}
	if r.assumed[from] {
		delete(r.assumed, from)
		r.cat.Undo(func() { r.assumed[from] = true })
	}
}

// moveTables puts tables under their new names, those of their indexes too:
// all are taken out before the first goes back, as names may be swapped.
func (r *replay) moveTables(m *moves, list []catalog.Name) {
	var moved []*catalog.Table
	for _, n := range list {
		t, _ := r.cat.Tables.Get(n)
		to := m.relation(n)
		indexes := slices.ContainsFunc(t.Indexes, func(x *catalog.Index) bool { return m.index(n, x) != x.Name })
		if to == n && !indexes {
			continue
		}
		t, _ = r.cat.Tables.Edit(n)
		if to.Schema != n.Schema {
			for _, c := range constraintNames(t) {
				r.countConstraint(n.Schema, c, -1)
				r.countConstraint(to.Schema, c, 1)
			}
		}
		r.cat.DeleteTable(n)
		old := t.Ref()
		r.renameIndexes(m, n, t.Indexes)
		if t.Identity.Known && t.Identity.Value.Kind == catalog.IdentityIndex && t.Identity.Value.Index != "" {
			x := m.relation(catalog.Name{Schema: n.Schema, Name: t.Identity.Value.Index})
			t.Identity.Value.Index = x.Name
		}
		t.Name = to
		for _, p := range slices.Collect(t.Policies()) {
			q := *p
			q.Table = to
			t.PutPolicy(&q)
		}
		slices.SortFunc(t.Indexes, byIndexName)
		if to != n {
			r.change(t.Ref(), catalog.WhatRenamed, old.Name, t.Ref().Name)
		}
		moved = append(moved, t)
	}
	for _, t := range moved {
		r.cat.PutTable(t)
	}
}

func (r *replay) moveViews(m *moves, list []catalog.Name) {
	var moved []*catalog.View
	for _, n := range list {
		v, _ := r.cat.Views.Get(n)
		to := m.relation(n)
		indexes := slices.ContainsFunc(v.Indexes, func(x *catalog.Index) bool { return m.index(n, x) != x.Name })
		if to == n && !indexes {
			continue
		}
		v, _ = r.cat.Views.Edit(n)
		r.cat.DeleteView(n)
		old := v.Ref()
		r.renameIndexes(m, n, v.Indexes)
		v.Name = to
		slices.SortFunc(v.Indexes, byIndexName)
		if to != n {
			r.change(v.Ref(), catalog.WhatRenamed, old.Name, v.Ref().Name)
		}
		moved = append(moved, v)
	}
	for _, v := range moved {
		r.cat.PutView(v)
	}
}

// index is the name of an index of a relation.
func (m *moves) index(on catalog.Name, x *catalog.Index) string {
	return m.relation(catalog.Name{Schema: on.Schema, Name: x.Name}).Name
}

// renameIndexes renames indexes, which are copies already. What a constraint
// is called goes with its index, and the other way round.
func (r *replay) renameIndexes(m *moves, on catalog.Name, list []*catalog.Index) {
	for _, x := range list {
		x.Name = m.index(on, x)
	}
}

func byIndexName(a, b *catalog.Index) int {
	switch {
	case a.Name < b.Name:
		return -1
	case a.Name > b.Name:
		return 1
	}
	return 0
}

func (r *replay) moveSequences(m *moves) {
	var moved []*catalog.Sequence
	for _, n := range keysOf(r.cat.Sequences.All(), func(s *catalog.Sequence) catalog.Name { return s.Name }) {
		s, _ := r.cat.Sequences.Get(n)
		to, owner, column := m.relation(n), m.relation(s.OwnedBy), m.column(s.OwnedBy, s.OwnedColumn)
		if to == n && owner == s.OwnedBy && column == s.OwnedColumn {
			continue
		}
		s, _ = r.cat.Sequences.Edit(n)
		s.OwnedBy, s.OwnedColumn = owner, column
		if to == n {
			continue
		}
		r.cat.DeleteSequence(n)
		s.Name = to
		r.change(s.Ref(), catalog.WhatRenamed, n.String(), to.String())
		moved = append(moved, s)
	}
	for _, s := range moved {
		r.cat.PutSequence(s)
	}
}

func (r *replay) moveTypes(m *moves) {
	var moved []*catalog.Type
	checks := map[catalog.Name][]string{}
	for _, n := range keysOf(r.cat.Types.All(), func(t *catalog.Type) catalog.Name { return t.Name }) {
		t, _ := r.cat.Types.Get(n)
		to := m.typ(n)
		if to == n && m.printed(t.Base) == t.Base && !slices.ContainsFunc(t.Fields, func(f catalog.TypeField) bool {
			return m.column(n, f.Name) != f.Name || m.printed(f.Type) != f.Type
		}) {
			continue
		}
		t, _ = r.cat.Types.Edit(n)
		t.Base = m.printed(t.Base)
		for i, f := range t.Fields {
			t.Fields[i] = catalog.TypeField{Name: m.column(n, f.Name), Type: m.printed(f.Type)}
		}
		if to == n {
			continue
		}
		r.cat.DeleteType(n)
		t.Name = to
		if list := r.domainChecks(n); len(list) > 0 {
			for _, c := range list {
				r.countConstraint(n.Schema, c, -1)
				r.countConstraint(to.Schema, c, 1)
			}
			r.setDomainChecks(n, nil)
			checks[to] = list
		}
		if r.deps.newTypes[n] {
			r.deps.created(r, to)
		}
		r.change(t.Ref(), catalog.WhatRenamed, n.String(), to.String())
		moved = append(moved, t)
	}
	for _, t := range moved {
		r.cat.PutType(t)
	}
	for _, n := range slices.SortedFunc(maps.Keys(checks), func(a, b catalog.Name) int {
		return compareObjects(object{name: a}, object{name: b})
	}) {
		r.setDomainChecks(n, checks[n])
	}
}

// moveFunctions renames functions and the types that they take and return.
func (r *replay) moveFunctions(m *moves) {
	var moved []*catalog.Function
	for _, n := range keysOf(r.cat.Functions.All(), func(o *catalog.Overloads) catalog.Name { return o.Name }) {
		o, _ := r.cat.Functions.Get(n)
		for _, f := range slices.Clone(o.Functions) {
			signature := f.Signature()
			to := m.function(n, signature)
			old := f.Ref()
			args := slices.Clone(f.Args)
			for i := range args {
				args[i].Type = m.printed(args[i].Type)
			}
			returns := m.printed(f.Returns)
			if to == n && returns == f.Returns && slices.Equal(args, f.Args) {
				continue
			}
			r.cat.DeleteFunction(n, signature)
			c := *f
			c.Name, c.Args, c.Returns = to, args, returns
			if c.Ref() != old {
				r.change(c.Ref(), catalog.WhatRenamed, old.Name, c.Ref().Name)
			}
			moved = append(moved, &c)
		}
	}
	for _, f := range moved {
		r.cat.PutFunction(f)
	}
}
