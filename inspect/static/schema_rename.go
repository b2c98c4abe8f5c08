package static

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// renameSchema replays ALTER SCHEMA … RENAME.
func (r *replay) renameSchema(from, to string) *sqlError {
	s, ok := r.cat.Schemas.Get(from)
	switch {
	case !ok && systemSchema(from):
		return r.mustOwn(catalog.Of("", r.at), "schema", from)
	case !ok && r.unlisted():
		return nil
	case !ok:
		return errf("3F000", "schema %q does not exist", from)
	case r.hasSchema(to):
		return errf("42P06", "schema %q already exists", to)
	}
	if err := r.mustOwn(s.Owner, "schema", from); err != nil {
		return err
	}
	if !r.has(platform.Migrator) {
		return errf("42501", "permission denied for database postgres")
	}
	if strings.HasPrefix(to, "pg_") {
		return errf("42939", "unacceptable schema name %q", to)
	}
	r.move(r.schemaMoves(from, to))
	s, _ = r.cat.Schemas.Edit(from)
	r.cat.Schemas.Delete(from)
	s.Name = to
	r.cat.Schemas.Put(s)
	r.change(s.Ref(), catalog.WhatRenamed, from, to)
	r.renameSchemaElsewhere(from, to)
	return nil
}

// schemaMoves is the move of everything in a schema.
func (r *replay) schemaMoves(from, to string) *moves {
	m := &moves{
		relations: map[catalog.Name]catalog.Name{}, types: map[catalog.Name]catalog.Name{}, functions: map[signed]catalog.Name{},
	}
	relation := func(n catalog.Name) {
		if n.Schema == from {
			m.relations[n] = catalog.Name{Schema: to, Name: n.Name}
		}
	}
	for t := range r.cat.Tables.All() {
		relation(t.Name)
		for _, x := range t.Indexes {
			relation(catalog.Name{Schema: t.Name.Schema, Name: x.Name})
		}
	}
	for v := range r.cat.Views.All() {
		relation(v.Name)
		for _, x := range v.Indexes {
			relation(catalog.Name{Schema: v.Name.Schema, Name: x.Name})
		}
	}
	for s := range r.cat.Sequences.All() {
		relation(s.Name)
	}
	for t := range r.cat.Types.All() {
		switch {
		case t.Name.Schema != from:
		case t.Kind == catalog.Composite:
			relation(t.Name)
		default:
			m.types[t.Name] = catalog.Name{Schema: to, Name: t.Name.Name}
		}
	}
	for o := range r.cat.Functions.All() {
		for _, f := range o.Functions {
			if o.Name.Schema == from {
				m.functions[signed{o.Name, f.Signature()}] = catalog.Name{Schema: to, Name: o.Name.Name}
			}
		}
	}
	return m
}

// renameSchemaElsewhere renames a schema where it is named by itself: in
// publications, default privileges and extensions.
func (r *replay) renameSchemaElsewhere(from, to string) {
	for _, name := range keysOf(r.cat.Publications.All(), func(p *catalog.Publication) string { return p.Name }) {
		if p, _ := r.cat.Publications.Get(name); p.HasSchema(from) {
			p, _ = r.cat.Publications.Edit(name)
			for i := range p.Schemas {
				if p.Schemas[i].Schema == from {
					p.Schemas[i].Schema = to
				}
			}
		}
	}
	for _, k := range keysOf(r.cat.Defaults.All(), func(d *catalog.DefaultPrivileges) catalog.DefaultKey { return d.Key }) {
		if k.Schema != from {
			continue
		}
		d, _ := r.cat.Defaults.Edit(k)
		r.cat.Defaults.Delete(k)
		d.Key.Schema = to
		r.cat.Defaults.Put(d)
	}
	for _, name := range keysOf(r.cat.Extensions.All(), func(e *catalog.Extension) string { return e.Name }) {
		if e, _ := r.cat.Extensions.Get(name); e.Schema == from {
			e, _ = r.cat.Extensions.Edit(name)
			e.Schema = to
		}
	}
}
