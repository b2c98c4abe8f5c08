package static

import "policylint/inspect/catalog"

// moveRelation gives a table, view, sequence or composite type another name
// or schema. In another schema, what belongs to it comes along: indexes,
// constraints, and the sequences of its columns.
func (r *replay) moveRelation(rel *catalog.Relation, to catalog.Name) {
	from := rel.Name
	m := moveOne(from, to)
	if rel.Kind == catalog.SequenceRelation {
		m.rowlessly(from, to)
	}
	if from.Schema != to.Schema {
		for _, s := range r.sequencesOf(from, "") {
			m.rowlessly(s.Name, catalog.Name{Schema: to.Schema, Name: s.Name.Name})
		}
		for _, x := range r.indexesOf(from) {
			m.rowlessly(catalog.Name{Schema: from.Schema, Name: x.Name}, catalog.Name{Schema: to.Schema, Name: x.Name})
		}
	}
	r.move(m)
}

// recolumn gives a column of a table and of those below it, of a view, or a
// field of a composite type, another name.
func (r *replay) recolumn(relations []catalog.Name, from, to string) {
	m := &moves{columns: map[columnKey]string{}}
	for _, n := range relations {
		m.columns[columnKey{n, from}] = to
	}
	r.move(m)
}

// renameIndex gives an index another name, and the constraint that it serves.
func (r *replay) renameIndex(on catalog.Name, from, to string) {
	if t, ok := r.cat.Tables.Edit(on); ok && hasConstraint(t, from) {
		if x, ok := t.Index(from); ok && x.Constraint == from {
			x.Constraint = to
			r.reconstraint(t, from, to)
		}
	}
	m := &moves{relations: map[catalog.Name]catalog.Name{}}
	m.rowlessly(catalog.Name{Schema: on.Schema, Name: from}, catalog.Name{Schema: on.Schema, Name: to})
	r.move(m)
}

// renameLabel follows the renaming of an enum's value in what is stored.
func (r *replay) renameLabel(enum catalog.Name, from, to string) {
	r.deps.relabelled = true
	r.move(&moves{label: &labelMove{enum, from, to}})
}

// indexesOf lists the indexes of a table or materialized view.
func (r *replay) indexesOf(n catalog.Name) []*catalog.Index {
	if t, ok := r.cat.Tables.Get(n); ok {
		return t.Indexes
	}
	if v, ok := r.cat.Views.Get(n); ok {
		return v.Indexes
	}
	return nil
}
