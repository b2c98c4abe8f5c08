package static

import (
	"slices"

	"policylint/inspect/catalog"
)

// remove drops objects with what goes along. Without cascade it refuses to
// when others depend on them.
func (r *replay) remove(roots []object, cascade bool) *sqlError {
	gone := map[object]bool{}
	var order []object
	var held []object // dependents that are not automatic
	var visit func(o object)
	visit = func(o object) {
		if gone[o] {
			return
		}
		gone[o] = true
		order = append(order, o)
		for _, e := range r.dependents(o) {
			if e.auto {
				visit(e.to)
			} else {
				held = append(held, e.to)
			}
		}
	}
	for _, o := range roots {
		visit(o)
	}
	for len(held) > 0 {
		o := held[0]
		held = held[1:]
		if r.covered(o, gone) {
			continue
		}
		if !cascade {
			return errf("2BP01", "cannot drop %s because other objects depend on it", r.describe(roots[0])).about(r.ref(roots[0]))
		}
		visit(o)
	}
	for _, o := range order {
		r.delete(o)
	}
	return nil
}

// covered reports whether an object goes anyway, by itself or with what it
// belongs to.
func (r *replay) covered(o object, gone map[object]bool) bool {
	if gone[o] {
		return true
	}
	switch o.class {
	case aConstraint, aDefault, aPolicy, aTrigger, aMember:
		if gone[object{aRelation, o.name, ""}] || o.class == aDefault && gone[object{aRelation, o.name, o.sub}] {
			return true
		}
		return o.class == aMember && gone[object{aPublication, catalog.Name{Name: o.sub}, ""}]
	case aRelation:
		if o.sub != "" {
			return gone[object{aRelation, o.name, ""}] || gone[object{aType, o.name, ""}]
		}
		if rel, ok := r.cat.Relation(o.name); ok && rel.Kind == catalog.IndexRelation {
			return gone[object{aRelation, rel.Table, ""}] || gone[object{aConstraint, rel.Table, o.name.Name}]
		}
	}
	return false
}

// delete takes one object out of the catalog. It may be gone already, with
// what it belonged to.
func (r *replay) delete(o object) {
	switch o.class {
	case aRelation:
		if o.sub != "" {
			r.deleteColumn(o.name, o.sub)
		} else {
			r.deleteRelation(o.name)
		}
	case aType:
		if t, ok := r.cat.Types.Get(o.name); ok {
			r.setDomainChecksGone(o.name)
			r.cat.DeleteType(o.name)
			r.forget(o)
			r.change(t.Ref(), catalog.WhatDropped, "", "")
		}
	case aFunction:
		if f, ok := r.cat.Function(o.name, o.sub); ok {
			r.cat.DeleteFunction(o.name, o.sub)
			r.forget(o)
			r.change(f.Ref(), catalog.WhatDropped, "", "")
		}
	case aConstraint:
		r.deleteConstraint(o.name, o.sub)
	case aDefault:
		r.forget(o)
		if t, ok := r.cat.Tables.Edit(o.name); ok {
			if c, ok := t.Column(o.sub); ok {
				c.HasDefault, c.Default, c.Generated = false, nil, false
			}
		}
	case aPolicy:
		r.deletePolicy(o.name, o.sub)
	case aTrigger:
		r.deleteTrigger(o.name, o.sub)
	case aServer:
		r.forget(o)
	case anEventTrigger:
		r.deleteEventTrigger(o.name.Name)
	case aMember:
		r.unpublish(o.name, o.sub, catalog.ByDropTable)
	case aSchema:
		r.deleteSchema(o.name.Name)
	case aExtension:
		r.cat.Extensions.Delete(o.name.Name)
	case aPublication:
		r.deletePublication(o.name.Name)
	}
}

// unpublish takes a table out of a publication; how is one of the ways that
// catalog names.
func (r *replay) unpublish(table catalog.Name, publication, how string) {
	p, ok := r.cat.Publications.Edit(publication)
	if !ok {
		return
	}
	if _, ok := p.Member(table); !ok {
		return
	}
	p.DeleteMember(table)
	r.forget(object{aMember, table, publication})
	r.cat.Changes = append(r.cat.Changes, catalog.Change{
		Object: catalog.Ref{Kind: "table", Name: table.String()}, What: catalog.WhatUnpublish, Detail: publication, After: how, Origin: r.at,
	})
}

// deletePublication drops a publication; every table in it is unpublished.
func (r *replay) deletePublication(name string) {
	p, ok := r.cat.Publications.Get(name)
	if !ok {
		return
	}
	for _, m := range slices.Clone(p.Members) {
		r.unpublish(m.Table, name, catalog.ByDropPublication)
	}
	r.cat.Publications.Delete(name)
	r.change(p.Ref(), catalog.WhatDropped, "", "")
}

// deleteSchema drops a schema that is empty by now, with what is said about
// it elsewhere.
func (r *replay) deleteSchema(name string) {
	s, ok := r.cat.Schemas.Get(name)
	if !ok {
		return
	}
	for p := range r.cat.Publications.All() {
		if p.HasSchema(name) {
			p, _ = r.cat.Publications.Edit(p.Name)
			p.Schemas = slices.DeleteFunc(p.Schemas, func(x catalog.Published) bool { return x.Schema == name })
		}
	}
	for d := range r.cat.Defaults.All() {
		if d.Key.Schema == name {
			r.cat.Defaults.Delete(d.Key)
		}
	}
	r.cat.Schemas.Delete(name)
	r.change(s.Ref(), catalog.WhatDropped, "", "")
}

// deletePolicy drops a policy.
func (r *replay) deletePolicy(table catalog.Name, name string) {
	t, ok := r.cat.Tables.Edit(table)
	if !ok {
		return
	}
	if p, ok := t.Policy(name); ok {
		t.DeletePolicy(name)
		r.forget(object{aPolicy, table, name})
		r.change(p.Ref(), catalog.WhatDropped, "", "")
	}
}

// deleteTrigger drops a trigger of a table or view.
func (r *replay) deleteTrigger(on catalog.Name, name string) {
	is := func(g *catalog.Trigger) bool { return g.Name == name }
	if t, ok := r.cat.Tables.Edit(on); ok {
		t.Triggers = slices.DeleteFunc(t.Triggers, is)
	} else if v, ok := r.cat.Views.Edit(on); ok {
		v.Triggers = slices.DeleteFunc(v.Triggers, is)
	} else {
		return
	}
	r.forget(object{aTrigger, on, name})
	r.change(catalog.Ref{Kind: "trigger", Name: on.String() + "/" + name}, catalog.WhatDropped, "", "")
}
