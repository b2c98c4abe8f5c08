package static

import (
	"slices"

	"policylint/inspect/catalog"
)

// deleteRelation drops a table, view, sequence, index or composite type with
// everything that belongs to it.
func (r *replay) deleteRelation(n catalog.Name) {
	rel, ok := r.cat.Relation(n)
	if !ok {
		return
	}
	switch rel.Kind {
	case catalog.TableRelation:
		r.deleteTable(n)
	case catalog.ViewRelation:
		v, _ := r.cat.Views.Get(n)
		for _, g := range v.Triggers {
			r.forget(object{aTrigger, n, g.Name})
		}
		for _, c := range v.Columns {
			r.forget(object{aDefault, n, c.Name})
		}
		r.cat.DeleteView(n)
		r.forget(object{aRelation, n, ""})
		r.change(v.Ref(), catalog.WhatDropped, "", "")
	case catalog.SequenceRelation:
		r.cat.DeleteSequence(n)
		r.change(catalog.Ref{Kind: "sequence", Name: n.String()}, catalog.WhatDropped, "", "")
	case catalog.IndexRelation:
		r.deleteIndex(rel.Table, n.Name)
	case catalog.CompositeRelation:
		r.delete(object{aType, n, ""})
	}
	r.wasDropped(n)
}

// wasDropped remembers that a relation was dropped: using it from now on is an
// error each time.
func (r *replay) wasDropped(n catalog.Name) {
	if r.dropped == nil {
		r.dropped = map[catalog.Name]bool{}
	}
	if !r.dropped[n] {
		r.dropped[n] = true
		r.cat.Undo(func() { delete(r.dropped, n) })
	}
}

// deleteTable drops a table.
func (r *replay) deleteTable(n catalog.Name) {
	t, _ := r.cat.Tables.Get(n)
	for p := range r.cat.Publications.All() {
		r.unpublish(n, p.Name, catalog.ByDropTable)
	}
	for p := range t.Policies() {
		r.forget(object{aPolicy, n, p.Name})
	}
	for _, g := range t.Triggers {
		r.forget(object{aTrigger, n, g.Name})
	}
	for _, c := range t.Columns {
		r.forget(object{aDefault, n, c.Name})
	}
	for _, c := range constraintNames(t) {
		r.countConstraint(n.Schema, c, -1)
		r.forget(object{aConstraint, n, c})
	}
	r.forget(object{aConstraint, n, ""})
	for _, x := range t.Indexes {
		r.forget(object{aRelation, catalog.Name{Schema: n.Schema, Name: x.Name}, ""})
	}
	for _, child := range r.children(n) {
		c, _ := r.cat.Tables.Edit(child)
		c.Inherits = slices.DeleteFunc(slices.Clone(c.Inherits), func(p catalog.Name) bool { return p == n })
	}
	r.cat.DeleteTable(n)
	r.change(t.Ref(), catalog.WhatDropped, "", "")
}

// deleteIndex drops an index. A replica identity that used it is broken from
// then on.
func (r *replay) deleteIndex(on catalog.Name, index string) {
	if t, ok := r.cat.Tables.Edit(on); ok && t.Identity.Known && t.Identity.Value == (catalog.Identity{Kind: catalog.IdentityIndex, Index: index}) {
		t.Identity = catalog.Of(catalog.Identity{Kind: catalog.IdentityIndex}, r.at)
		r.change(t.Ref(), catalog.WhatIdentity, "index "+index, "index")
	}
	r.cat.DeleteIndex(on, index)
	r.forget(object{aRelation, catalog.Name{Schema: on.Schema, Name: index}, ""})
}

// deleteColumn drops a column of a table, or a field of a composite type.
func (r *replay) deleteColumn(n catalog.Name, column string) {
	r.forget(object{aDefault, n, column})
	if t, ok := r.cat.Types.Edit(n); ok {
		t.Fields = slices.DeleteFunc(t.Fields, func(f catalog.TypeField) bool { return f.Name == column })
		return
	}
	t, ok := r.cat.Tables.Edit(n)
	if !ok {
		return
	}
	t.Columns = slices.DeleteFunc(t.Columns, func(c *catalog.Column) bool { return c.Name == column })
}

// deleteConstraint drops a constraint and the index that serves it.
func (r *replay) deleteConstraint(table catalog.Name, name string) {
	t, ok := r.cat.Tables.Edit(table)
	if !ok {
		return
	}
	kind, ok := constraintKind(t, name)
	if !ok {
		return
	}
	switch kind {
	case 'p':
		t.PrimaryKey = nil
	case 'u':
		t.Uniques = slices.DeleteFunc(t.Uniques, func(k *catalog.Key) bool { return k.Name == name })
	case 'x':
		t.Excludes = slices.DeleteFunc(slices.Clone(t.Excludes), func(x string) bool { return x == name })
	case 'c':
		t.Checks = slices.DeleteFunc(t.Checks, func(k *catalog.Check) bool { return k.Name == name })
	case 'f':
		t.ForeignKeys = slices.DeleteFunc(t.ForeignKeys, func(k *catalog.ForeignKey) bool { return k.Name == name })
	}
	r.countConstraint(table.Schema, name, -1)
	r.forget(object{aConstraint, table, name})
	if kind != 'c' && kind != 'f' {
		r.deleteIndex(table, name)
	}
}

// setDomainChecksGone frees the names of a domain's checks.
func (r *replay) setDomainChecksGone(domain catalog.Name) {
	for _, c := range r.domainChecks(domain) {
		r.countConstraint(domain.Schema, c, -1)
	}
	if len(r.domainChecks(domain)) > 0 {
		r.setDomainChecks(domain, nil)
	}
}

// describe names an object as messages do.
func (r *replay) describe(o object) string {
	ref := r.ref(o)
	switch o.class {
	case aConstraint, aPolicy, aTrigger:
		return string(o.class) + " " + o.sub + " on table " + o.name.Name
	case aRelation:
		if o.sub != "" {
			return "column " + o.sub + " of table " + o.name.Name
		}
	}
	return ref.String()
}

// ref names an object as reports do.
func (r *replay) ref(o object) catalog.Ref {
	switch o.class {
	case aRelation:
		if rel, ok := r.cat.Relation(o.name); ok {
			return catalog.Ref{Kind: string(r.kindOf(rel)), Name: o.name.String()}
		}
		return catalog.Ref{Kind: "table", Name: o.name.String()}
	case aFunction:
		return catalog.Ref{Kind: "function", Name: o.name.String() + "(" + o.sub + ")"}
	case aPolicy, aTrigger, aConstraint:
		return catalog.Ref{Kind: string(o.class), Name: o.name.String() + "/" + o.sub}
	case aType:
		return catalog.Ref{Kind: "type", Name: o.name.String()}
	}
	return catalog.Ref{Kind: string(o.class), Name: o.name.Name}
}
