package static

import "policylint/inspect/catalog"

// A newLabel is a value of an enum that ALTER TYPE … ADD VALUE gave it.
type newLabel struct {
	enum  catalog.Name
	label string
}

// addedLabel notes a value added within a transaction block: it cannot be used
// before the commit, unless the block created the type too (PostgreSQL docs:
// ALTER TYPE).
func (r *replay) addedLabel(t *catalog.Type, label string) {
	if !r.inBlock() || r.deps.newTypes[t.Name] {
		return
	}
	d := &r.deps
	if d.newLabels == nil {
		d.newLabels = map[newLabel]bool{}
	}
	l := newLabel{t.Name, label}
	d.newLabels[l] = true
	r.cat.Undo(func() { delete(d.newLabels, l) })
}

// created notes a type created within a transaction block.
func (d *dependencies) created(r *replay, n catalog.Name) {
	if d.newTypes == nil {
		d.newTypes = map[catalog.Name]bool{}
	}
	d.newTypes[n] = true
	r.cat.Undo(func() { delete(d.newTypes, n) })
}

// uncommitted reports whether the value was added in the present transaction.
func (r *replay) uncommitted(enum catalog.Name, label string) bool {
	return r.inBlock() && r.deps.newLabels[newLabel{enum, label}]
}

// endTransaction forgets what only mattered within the transaction.
func (d *dependencies) endTransaction() { d.newLabels, d.newTypes = nil, nil }
