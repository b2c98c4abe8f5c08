package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// A holding is an object with an owner or privileges.
type holding struct {
	ref    catalog.Ref
	owner  catalog.Fact[string] // of a column, its table's
	column bool
	acl    *catalog.ACL // for reading
	edit   func() (*catalog.Fact[string], *catalog.ACL)
	kind   pg.ObjectType // what DROP calls it
	name   []string
	fn     *catalog.Function
}

// holdings lists everything that has an owner or privileges.
func (r *replay) holdings() []holding {
	var out []holding
	for s := range r.cat.Schemas.All() {
		name := s.Name
		out = append(out, holding{
			ref: s.Ref(), owner: s.Owner, acl: &s.Grants, kind: pg.ObjectType_OBJECT_SCHEMA, name: []string{name},
			edit: func() (*catalog.Fact[string], *catalog.ACL) {
				s, _ := r.cat.Schemas.Edit(name)
				return &s.Owner, &s.Grants
			},
		})
	}
	for t := range r.cat.Tables.All() {
		out = append(out, r.tableHoldings(t)...)
	}
	for v := range r.cat.Views.All() {
		out = append(out, r.viewHoldings(v)...)
	}
	for s := range r.cat.Sequences.All() {
		n := s.Name
		out = append(out, holding{
			ref: s.Ref(), owner: s.Owner, acl: &s.Grants, kind: pg.ObjectType_OBJECT_SEQUENCE, name: []string{n.Schema, n.Name},
			edit: func() (*catalog.Fact[string], *catalog.ACL) {
				s, _ := r.cat.Sequences.Edit(n)
				return &s.Owner, &s.Grants
			},
		})
	}
	for o := range r.cat.Functions.All() {
		for _, f := range o.Functions {
			n, signature := f.Name, f.Signature()
			out = append(out, holding{
				ref: f.Ref(), owner: f.Owner, acl: &f.Grants, kind: pg.ObjectType_OBJECT_ROUTINE, name: []string{n.Schema, n.Name}, fn: f,
				edit: func() (*catalog.Fact[string], *catalog.ACL) {
					f, _ := r.cat.EditFunction(n, signature)
					return &f.Owner, &f.Grants
				},
			})
		}
	}
	for t := range r.cat.Types.All() {
		n := t.Name
		out = append(out, holding{
			ref: t.Ref(), owner: t.Owner, acl: &t.Grants, kind: pg.ObjectType_OBJECT_TYPE, name: []string{n.Schema, n.Name},
			edit: func() (*catalog.Fact[string], *catalog.ACL) { t, _ := r.cat.Types.Edit(n); return &t.Owner, &t.Grants },
		})
	}
	return out
}

func (r *replay) tableHoldings(t *catalog.Table) []holding {
	n := t.Name
	out := []holding{{
		ref: t.Ref(), owner: t.Owner, acl: &t.Grants, kind: pg.ObjectType_OBJECT_TABLE, name: []string{n.Schema, n.Name},
		edit: func() (*catalog.Fact[string], *catalog.ACL) { t, _ := r.cat.Tables.Edit(n); return &t.Owner, &t.Grants },
	}}
	for i, c := range t.Columns {
		out = append(out, holding{ref: t.Ref(), owner: t.Owner, column: true, acl: &c.Grants, edit: func() (*catalog.Fact[string], *catalog.ACL) {
			t, _ := r.cat.Tables.Edit(n)
			return nil, &t.Columns[i].Grants
		}})
	}
	return out
}

func (r *replay) viewHoldings(v *catalog.View) []holding {
	n := v.Name
	kind := pg.ObjectType_OBJECT_VIEW
	if v.Materialized {
		kind = pg.ObjectType_OBJECT_MATVIEW
	}
	out := []holding{{
		ref: v.Ref(), owner: v.Owner, acl: &v.Grants, kind: kind, name: []string{n.Schema, n.Name},
		edit: func() (*catalog.Fact[string], *catalog.ACL) { v, _ := r.cat.Views.Edit(n); return &v.Owner, &v.Grants },
	}}
	for i := range v.Columns {
		out = append(out, holding{ref: v.Ref(), owner: v.Owner, column: true, acl: &v.Columns[i].Grants, edit: func() (*catalog.Fact[string], *catalog.ACL) {
			v, _ := r.cat.Views.Edit(n)
			return nil, &v.Columns[i].Grants
		}})
	}
	return out
}
