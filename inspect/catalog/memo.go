package catalog

// Memo keeps what is worked out from the catalog, by a key of the caller's own
// type. The catalog must be complete before the first call.
func (c *Catalog) Memo(key any, make func() any) any {
	if v, ok := c.memo[key]; ok {
		return v
	}
	v := make()
	if c.memo == nil {
		c.memo = map[any]any{}
	}
	c.memo[key] = v
	return v
}

// View is the same catalog with a memory of its own, so that each goroutine
// that asks has one; what this one has written out of policies, they share.
// The catalog must be complete, and nobody may change it.
func (c *Catalog) View() *Catalog {
	v := *c
	v.known, v.memo, v.memos = known{}, nil, nil
	v.expanded, v.written = nil, c.expanded
	return &v
}
