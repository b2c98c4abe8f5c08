package static

import (
	"strings"

	"policylint/inspect/catalog"
)

// typeDependents lists what depends on a type.
func (r *replay) typeDependents(n catalog.Name) []edge {
	out := r.typeUsersOf(n)
	for _, e := range r.expressionUsers(func(x object) bool { return x == object{aType, n, ""} }) {
		if e.to != (object{aType, n, ""}) {
			out = append(out, e)
		}
	}
	if rel, ok := r.cat.Relation(n); ok && rel.Kind == catalog.CompositeRelation {
		out = append(out, r.expressionUsers(func(x object) bool { return x.class == aRelation && x.name == n })...)
	}
	return out
}

// typeUsersOf lists the columns, functions and types that are declared with a
// type, or with the row type of a table.
func (r *replay) typeUsersOf(n catalog.Name) []edge {
	var out []edge
	add := func(o object) { out = append(out, edge{o, false}) }
	printed := printedType(n)
	is := func(typ string) bool { return typ == printed || ofType(typ, printed) }
	for t := range r.cat.Tables.All() {
		for _, c := range t.Columns {
			if is(c.Type) {
				add(object{aRelation, t.Name, c.Name})
			}
		}
		if t.OfType == n {
			add(object{aRelation, t.Name, ""})
		}
	}
	for v := range r.cat.Views.All() {
		for _, c := range v.Columns {
			if c.Type != "" && is(c.Type) {
				add(object{aRelation, v.Name, ""})
				break
			}
		}
	}
	for o := range r.cat.Functions.All() {
		for _, f := range o.Functions {
			uses := is(f.Returns)
			for _, a := range f.Args {
				uses = uses || is(a.Type)
			}
			if uses {
				add(object{aFunction, f.Name, f.Signature()})
			}
		}
	}
	for t := range r.cat.Types.All() {
		if t.Name == n {
			continue
		}
		uses := t.Base != "" && is(t.Base)
		for _, f := range t.Fields {
			if is(f.Type) && !uses {
				add(object{aRelation, t.Name, f.Name})
			}
		}
		if uses {
			add(object{aType, t.Name, ""})
		}
	}
	return out
}

// ofType reports whether a type is the printed one with a modifier, or an
// array of it.
func ofType(typ, printed string) bool {
	if !strings.HasPrefix(typ, printed) {
		return false
	}
	bare := bareType(typ)
	for {
		if bare == printed {
			return true
		}
		elem, ok := elementType(bare)
		if !ok {
			return false
		}
		bare = elem
	}
}

// schemaContents lists everything in a schema.
func (r *replay) schemaContents(schema string) []edge {
	var out []edge
	add := func(o object) { out = append(out, edge{o, false}) }
	for t := range r.cat.Tables.All() {
		if t.Name.Schema == schema {
			add(object{aRelation, t.Name, ""})
		}
	}
	for v := range r.cat.Views.All() {
		if v.Name.Schema == schema {
			add(object{aRelation, v.Name, ""})
		}
	}
	for s := range r.cat.Sequences.All() {
		if s.Name.Schema == schema {
			add(object{aRelation, s.Name, ""})
		}
	}
	for o := range r.cat.Functions.All() {
		for _, f := range o.Functions {
			if o.Name.Schema == schema {
				add(object{aFunction, f.Name, f.Signature()})
			}
		}
	}
	for t := range r.cat.Types.All() {
		if t.Name.Schema == schema {
			add(object{aType, t.Name, ""})
		}
	}
	for e := range r.cat.Extensions.All() {
		if e.Schema == schema {
			add(object{aExtension, catalog.Name{Name: e.Name}, ""})
		}
	}
	return out
}

// extensionContents lists what an extension brought.
func (r *replay) extensionContents(name string) []edge {
	var out []edge
	add := func(o object) { out = append(out, edge{o, true}) }
	for t := range r.cat.Tables.All() {
		if t.Extension == name {
			add(object{aRelation, t.Name, ""})
		}
	}
	for v := range r.cat.Views.All() {
		if v.Extension == name {
			add(object{aRelation, v.Name, ""})
		}
	}
	for o := range r.cat.Functions.All() {
		for _, f := range o.Functions {
			if f.Extension == name {
				add(object{aFunction, f.Name, f.Signature()})
			}
		}
	}
	for t := range r.cat.Types.All() {
		if t.Extension == name {
			add(object{aType, t.Name, ""})
		}
	}
	for s := range r.cat.Schemas.All() {
		if s.Extension == name {
			add(object{aSchema, catalog.Name{Name: s.Name}, ""})
		}
	}
	return out
}
