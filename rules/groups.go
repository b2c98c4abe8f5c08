package rules

// groupsKey is the key of what Groups worked out.
type groupsKey struct {
	role      string
	inherited bool
}

// Groups is catalog.Groups, worked out once for each role; the list is not the
// caller's to change.
func (p *Pass) Groups(role string, inherited bool) []string {
	return p.Memo(groupsKey{role, inherited}, func() any { return p.Catalog.Groups(role, inherited) }).([]string)
}
