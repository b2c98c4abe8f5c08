package live

import "policylint/inspect/catalog"

var typeKinds = map[string]catalog.TypeKind{
	"b": catalog.Base, "c": catalog.Composite, "d": catalog.Domain, "e": catalog.Enum, "r": catalog.Range,
}

// types reads the types that are no table's row type. The fields of composite
// types come with the columns.
func (l *loader) types() error {
	l.typesByID = map[uint32]*catalog.Type{}
	var id uint32
	var n catalog.Name
	var kind, base, owner string
	var labels, items []string
	var notNull, untouched bool
	var extension *string
	return l.each("types", []any{&id, &n.Schema, &n.Name, &kind, &labels, &base, &notNull, &owner, &untouched, &items, &extension}, func() error {
		grants, err := l.acl(items, untouched)
		if err != nil {
			return err
		}
		t := &catalog.Type{
			Name: n, Kind: typeKinds[kind], Base: base, NotNull: notNull, Owner: known(owner), Grants: grants,
			Extension: deref(extension), Platform: l.platform(n.Schema, owner),
		}
		if kind == "e" {
			t.Labels = labels
		}
		if kind == "c" {
			l.typesByID[id] = t
		}
		l.cat.PutType(t)
		return nil
	})
}
