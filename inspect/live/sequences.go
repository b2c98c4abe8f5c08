package live

import "policylint/inspect/catalog"

// sequences reads the sequences and the columns they belong to.
func (l *loader) sequences() error {
	var n catalog.Name
	var owner string
	var untouched bool
	var items []string
	var tableSchema, tableName, column, extension *string
	var identity *bool
	return l.each("sequences", []any{&n.Schema, &n.Name, &owner, &untouched, &items, &tableSchema, &tableName, &column, &identity, &extension}, func() error {
		grants, err := l.acl(items, untouched)
		if err != nil {
			return err
		}
		l.cat.PutSequence(&catalog.Sequence{
			Name: n, Owner: known(owner), OwnedBy: catalog.Name{Schema: deref(tableSchema), Name: deref(tableName)},
			OwnedColumn: deref(column), Identity: identity != nil && *identity, Grants: grants,
			Extension: deref(extension), Platform: l.platform(n.Schema, owner),
		})
		return nil
	})
}
