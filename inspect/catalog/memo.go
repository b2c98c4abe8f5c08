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
// that asks has one. The catalog must be complete, and nobody may change it.
func (c *Catalog) View() *Catalog {
	v := *c
	v.memo, v.expanded, v.memos = nil, nil, nil
	return &v
}
