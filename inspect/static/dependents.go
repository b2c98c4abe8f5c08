package static

import (
	"slices"

	"policylint/inspect/catalog"
)

// More classes, of objects that are only ever roots or ends of the graph.
const (
	aSchema      class = "schema"
	aExtension   class = "extension"
	aPublication class = "publication"
	aServer      class = "server"
	aWrapper     class = "foreign-data wrapper"
)

// An edge leads to an object that depends on another. An automatic dependent
// goes along with it; any other stands in the way unless CASCADE is said
// (PostgreSQL docs 5.14).
type edge struct {
	to   object
	auto bool
}

// dependents lists what depends on an object directly.
func (r *replay) dependents(o object) []edge {
	switch o.class {
	case aRelation:
		if o.sub != "" {
			return r.columnDependents(o.name, o.sub)
		}
		return r.relationDependents(o.name)
	case aType:
		return r.typeDependents(o.name)
	case aFunction:
		return append(r.expressionUsers(func(x object) bool { return x == o }), r.eventTriggersOf(o)...)
	case aServer, aWrapper:
		return r.expressionUsers(func(x object) bool { return x == o })
	case aConstraint:
		return r.constraintDependents(o.name, o.sub)
	case aTrigger:
		return r.triggerClones(o)
	case aSchema:
		return r.schemaContents(o.name.Name)
	case aExtension:
		return r.extensionContents(o.name.Name)
	}
	return nil
}

// expressionUsers lists the objects whose expressions refer to one that match
// holds for.
func (r *replay) expressionUsers(match func(object) bool) []edge {
	var out []edge
	for _, u := range r.users(match) {
		if u.class == aDefault {
			if t, ok := r.cat.Tables.Get(u.name); ok {
				if c, ok := t.Column(u.sub); ok && c.Generated { // the column goes with its expression
					u = object{aRelation, u.name, u.sub}
				}
			}
		}
		out = append(out, edge{u, false})
	}
	return out
}

// relationDependents lists what depends on a table, view, sequence, index or
// composite type. What belongs to a table and cannot be without it (indexes,
// policies, triggers) is not listed: it goes with the table by itself.
func (r *replay) relationDependents(n catalog.Name) []edge {
	rel, ok := r.cat.Relation(n)
	if !ok {
		return nil
	}
	if rel.Kind == catalog.IndexRelation {
		return r.indexDependents(rel)
	}
	var out []edge
	own := func(u object) bool {
		return u.name == n && u.class != aRelation && u.class != aType && u.class != aFunction && u.class != aMember
	}
	ownIndex := func(u object) bool {
		x, ok := r.cat.Relation(u.name)
		return u.class == aRelation && ok && x.Kind == catalog.IndexRelation && x.Table == n
	}
	for _, e := range r.expressionUsers(func(x object) bool { return x.class == aRelation && x.name == n }) {
		if own(e.to) || ownIndex(e.to) || e.to.class == aRelation && e.to.name == n {
			continue
		}
		e.auto = e.to.class == aMember && e.to.name == n
		out = append(out, e)
	}
	if rel.Kind == catalog.SequenceRelation {
		return out
	}
	for _, p := range r.pointingAt(n) {
		if p.table != n {
			out = append(out, edge{object{aConstraint, p.table, p.key.Name}, false})
		}
	}
	for t, ok := r.cat.Tables.Get(n); ok && t.PartitionOf != (catalog.Name{}); t, ok = r.cat.Tables.Get(t.PartitionOf) {
		for _, p := range r.pointingAt(t.PartitionOf) { // its rows are referred to as well
			if p.table != n {
				out = append(out, edge{object{aConstraint, p.table, p.key.Name}, false})
			}
		}
	}
	for _, child := range r.children(n) {
		t, _ := r.cat.Tables.Get(child)
		out = append(out, edge{object{aRelation, child, ""}, t.PartitionOf == n})
	}
	for _, s := range r.sequencesOf(n, "") {
		out = append(out, edge{object{aRelation, s.Name, ""}, true})
	}
	return append(out, r.typeUsersOf(n)...)
}

// indexDependents lists the foreign keys that rely on a unique index.
func (r *replay) indexDependents(rel *catalog.Relation) []edge {
	t, ok := r.cat.Tables.Get(rel.Table)
	if !ok {
		return nil
	}
	x, ok := t.Index(rel.Name.Name)
	if !ok || !x.Unique || x.Where != nil || len(x.Exprs) > 0 {
		return r.indexClones(rel.Name)
	}
	out := r.indexClones(rel.Name)
	for _, p := range r.pointingAt(t.Name) {
		if sameSet(p.key.RefColumns, x.Columns) && r.chosenIndex(t, p.key.RefColumns) == x.Name {
			out = append(out, edge{object{aConstraint, p.table, p.key.Name}, false})
		}
	}
	return out
}

// indexClones lists the indexes that partitions have from one of the table
// above, those of constraints left out.
func (r *replay) indexClones(index catalog.Name) []edge {
	var out []edge
	for _, u := range r.users(func(x object) bool { return x == object{aRelation, index, ""} }) {
		rel, ok := r.cat.Relation(u.name)
		if u.class != aRelation || !ok || rel.Kind != catalog.IndexRelation {
			continue
		}
		if t, ok := r.cat.Tables.Get(rel.Table); ok {
			if x, ok := t.Index(u.name.Name); ok && x.Constraint == "" {
				out = append(out, edge{u, true})
			}
		}
	}
	return out
}

// chosenIndex is the index that a foreign key to the columns relies on: the
// primary key's if it fits, else the oldest, as far as that can be told.
func (r *replay) chosenIndex(t *catalog.Table, columns []string) string {
	name := ""
	for _, x := range t.Indexes {
		if !x.Unique || x.Where != nil || len(x.Exprs) > 0 || !x.Immediate || !sameSet(x.Columns, columns) {
			continue
		}
		if x.Primary {
			return x.Name
		}
		if name == "" {
			name = x.Name
		}
	}
	return name
}

// columnDependents lists what depends on a column: its own constraints and
// indexes, and whatever mentions it.
func (r *replay) columnDependents(n catalog.Name, column string) []edge {
	var out []edge
	t, ok := r.cat.Tables.Get(n)
	if !ok {
		return r.expressionUsers(func(x object) bool { return x == object{aRelation, n, column} })
	}
	add := func(o object, auto bool) { out = append(out, edge{o, auto}) }
	for _, x := range t.Indexes {
		if !slices.Contains(x.Columns, column) && !slices.Contains(x.Include, column) {
			continue
		}
		if x.Constraint != "" {
			add(object{aConstraint, n, x.Constraint}, true)
		} else {
			add(object{aRelation, catalog.Name{Schema: n.Schema, Name: x.Name}, ""}, true)
		}
	}
	for _, f := range t.ForeignKeys {
		if slices.Contains(f.Columns, column) {
			add(object{aConstraint, n, f.Name}, true)
		}
	}
	for _, p := range r.pointingAt(n) {
		if slices.Contains(p.key.RefColumns, column) {
			add(object{aConstraint, p.table, p.key.Name}, p.table == n && slices.Contains(p.key.Columns, column))
		}
	}
	for _, s := range r.sequencesOf(n, column) {
		add(object{aRelation, s.Name, ""}, true)
	}
	for _, e := range r.expressionUsers(func(x object) bool { return x == object{aRelation, n, column} }) {
		rel, _ := r.cat.Relation(e.to.name)
		ownIndex := e.to.class == aRelation && rel != nil && rel.Kind == catalog.IndexRelation && rel.Table == n
		e.auto = ownIndex || e.to.class == aConstraint && e.to.name == n || e.to.class == aDefault && e.to.name == n && e.to.sub == column
		out = append(out, e)
	}
	for p := range r.cat.Publications.All() {
		if m, ok := p.Member(n); ok && slices.Contains(m.Columns, column) {
			add(object{aMember, n, p.Name}, false)
		}
	}
	return out
}

// constraintDependents lists what relies on a key: its index goes with it,
// foreign keys and views that group by it stand in the way.
func (r *replay) constraintDependents(table catalog.Name, name string) []edge {
	t, ok := r.cat.Tables.Get(table)
	if !ok {
		return nil
	}
	if name == "" { // the partition key, without which there is no table
		return []edge{{object{aRelation, table, ""}, true}}
	}
	var out []edge
	x, ok := t.Index(name)
	if ok && x.Constraint == name {
		rel := &catalog.Relation{Name: catalog.Name{Schema: table.Schema, Name: name}, Table: table}
		out = append(out, r.indexDependents(rel)...)
	}
	out = append(out, r.expressionUsers(func(o object) bool { return o == object{aConstraint, table, name} })...)
	return append(out, r.constraintClones(t, name)...)
}

// constraintClones lists the constraints that tables below have from this one.
func (r *replay) constraintClones(t *catalog.Table, name string) []edge {
	var out []edge
	kind, _ := constraintKind(t, name)
	for _, child := range r.children(t.Name) {
		c, _ := r.cat.Tables.Get(child)
		switch kind {
		case 'c':
			if r.goesAlong(t, c, name) {
				out = append(out, edge{object{aConstraint, child, name}, true})
			}
		case 'p':
			if c.PrimaryKey != nil && c.PartitionOf == t.Name {
				out = append(out, edge{object{aConstraint, child, c.PrimaryKey.Name}, true})
			}
		case 'u':
			at := slices.IndexFunc(t.Uniques, func(k *catalog.Key) bool { return k.Name == name })
			for _, k := range c.Uniques {
				if c.PartitionOf == t.Name && slices.Equal(k.Columns, t.Uniques[at].Columns) {
					out = append(out, edge{object{aConstraint, child, k.Name}, true})
					break
				}
			}
		case 'f':
			at := slices.IndexFunc(t.ForeignKeys, func(f *catalog.ForeignKey) bool { return f.Name == name })
			for _, f := range c.ForeignKeys {
				if c.PartitionOf == t.Name && f.References == t.ForeignKeys[at].References && slices.Equal(f.Columns, t.ForeignKeys[at].Columns) {
					out = append(out, edge{object{aConstraint, child, f.Name}, true})
					break
				}
			}
		}
	}
	return out
}

// triggerClones lists the copies of a trigger on partitions.
func (r *replay) triggerClones(o object) []edge {
	var out []edge
	for _, child := range r.children(o.name) {
		t, _ := r.cat.Tables.Get(child)
		if g, ok := t.Trigger(o.sub); ok && g.Inherited {
			out = append(out, edge{object{aTrigger, child, o.sub}, true})
		}
	}
	return out
}
