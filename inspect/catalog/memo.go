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
