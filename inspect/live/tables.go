package live

import (
	"policylint/inspect/catalog"
)

var (
	tableKinds   = map[string]catalog.TableKind{"r": catalog.Ordinary, "p": catalog.Partitioned, "f": catalog.Foreign}
	persistences = map[string]catalog.Persistence{"p": catalog.Permanent, "u": catalog.Unlogged, "t": catalog.Temporary}
	identities   = map[string]catalog.IdentityKind{
		"d": catalog.IdentityDefault, "f": catalog.IdentityFull, "n": catalog.IdentityNothing, "i": catalog.IdentityIndex,
	}
)

// tables reads tables and what they inherit from. What belongs to them is read
// by the steps after it; they enter the catalog when they are complete.
func (l *loader) tables() error {
	l.tablesByID = map[uint32]*catalog.Table{}
	partitions := map[uint32]bool{}
	var id uint32
	var n catalog.Name
	var kind, persistence, owner, identity, key string
	var rls, force, partition, untouched bool
	var items []string
	var extension *string
	err := l.each("tables", []any{
		&id, &n.Schema, &n.Name, &kind, &persistence, &owner, &rls, &force, &identity, &partition, &key, &untouched, &items, &extension,
	}, func() error {
		grants, err := l.acl(items, untouched)
		if err != nil {
			return err
		}
		l.tablesByID[id] = &catalog.Table{
			Name: n, Kind: tableKinds[kind], Persistence: known(persistences[persistence]), Owner: known(owner),
			RLS: known(rls), ForceRLS: known(force), Identity: known(catalog.Identity{Kind: identities[identity]}),
			Partitioned: key, Grants: grants, Extension: deref(extension), Platform: l.platform(n.Schema, owner),
		}
		partitions[id] = partition
		return nil
	})
	if err != nil {
		return err
	}
	return l.each("inherits", []any{&id, &n.Schema, &n.Name}, func() error {
		t, ok := l.tablesByID[id]
		switch {
		case !ok:
		case partitions[id]:
			t.PartitionOf = n
		default:
			t.Inherits = append(t.Inherits, n)
		}
		return nil
	})
}

// columns reads the columns of tables and views and the fields of composite
// types, in their order.
func (l *loader) columns() error {
	var id uint32
	var name, typ string
	var notNull, hasDefault, generated, identity, local bool
	var text *string
	var items []string
	err := l.each("columns", []any{&id, &name, &typ, &notNull, &hasDefault, &text, &generated, &identity, &local, &items}, func() error {
		grants, err := l.acl(items, false)
		if err != nil {
			return err
		}
		if v, ok := l.viewsByID[id]; ok {
			v.Columns = append(v.Columns, catalog.ViewColumn{Name: name, Type: typ, Grants: grants})
			return nil
		}
		if t, ok := l.typesByID[id]; ok {
			t.Fields = append(t.Fields, catalog.TypeField{Name: name, Type: typ})
			return nil
		}
		t, ok := l.tablesByID[id]
		if !ok {
			return nil
		}
		c := &catalog.Column{
			Name: name, Type: typ, NotNull: notNull, HasDefault: hasDefault, Generated: generated,
			IdentityColumn: identity, Grants: grants, Local: local,
		}
		if generated {
			l.expr(text, t, &c.Default)
		} else if hasDefault {
			l.expr(text, nil, &c.Default) // reads no column
		}
		t.Columns = append(t.Columns, c)
		return nil
	})
	if err == nil {
		l.start()
	}
	return err
}
