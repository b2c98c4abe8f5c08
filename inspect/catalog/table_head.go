package catalog

import "slices"

// EditTable is Tables.Edit for a change of the table itself, which most are:
// its lists can be added to or replaced, but what stands in them is shared with
// the table as it was and must not be changed. A later Edit copies that, too,
// and returns another table than this.
func (c *Catalog) EditTable(n Name) (*Table, bool) {
	s := &c.Tables
	old, ok := s.m[n]
	s.version++
	if now := s.journal.serial; !ok || s.journal.depth == 0 || old.serial == now || old.head == now {
		return old, ok
	}
	t := old.copyHead()
	t.head = s.journal.serial
	s.put(n, t)
	s.journal.note(s, n, func() { s.put(n, old) })
	return t, true
}

// copyHead copies the table without what belongs to it. Its lists are clipped,
// so that they are copied when one adds to them.
func (t *Table) copyHead() *Table {
	c := *t
	c.Columns, c.Uniques, c.Checks, c.Excludes = slices.Clip(t.Columns), slices.Clip(t.Uniques), slices.Clip(t.Checks), slices.Clip(t.Excludes)
	c.ForeignKeys, c.Indexes, c.Inherits = slices.Clip(t.ForeignKeys), slices.Clip(t.Indexes), slices.Clip(t.Inherits)
	c.Triggers, c.policies = slices.Clip(t.Triggers), slices.Clip(t.policies)
	c.Grants = t.Grants.Clone()
	return &c
}
