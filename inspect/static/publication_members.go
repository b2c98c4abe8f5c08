package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// A listed is a table as a statement about a publication lists it.
type listed struct {
	member *catalog.Member
	where  *pg.Node
	refs   []object // of the row filter
}

// published is what a statement about a publication lists.
type published struct {
	tables  []listed
	schemas []string
}

func (r *replay) publicationObjects(objects []*pg.Node) (published, *sqlError) {
	schemas, err := r.publicationSchemas(objects)
	if err != nil {
		return published{}, err
	}
	if len(schemas) > 0 && !r.superuser() {
		return published{schemas: schemas}, nil // refused before tables are looked at
	}
	tables, err := r.openMembers(tableSpecs(objects))
	return published{tables, schemas}, err
}

// publicationSchemas is the schemas listed as TABLES IN SCHEMA.
func (r *replay) publicationSchemas(objects []*pg.Node) ([]string, *sqlError) {
	var out []string
	for _, o := range objects {
		spec := o.GetPublicationObjSpec()
		name := spec.GetName()
		switch spec.GetPubobjtype() {
		case pg.PublicationObjSpecType_PUBLICATIONOBJ_TABLES_IN_SCHEMA:
			if !r.hasSchema(name) {
				return nil, errf("3F000", "schema %q does not exist", name)
			}
		case pg.PublicationObjSpecType_PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA:
			var err *sqlError
			if name, err = r.creationSchema(); err != nil {
				return nil, errf("3F000", "no schema has been selected for CURRENT_SCHEMA")
			}
		default:
			continue
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out, nil
}

func tableSpecs(objects []*pg.Node) []*pg.PublicationTable {
	var out []*pg.PublicationTable
	for _, o := range objects {
		if t := o.GetPublicationObjSpec().GetPubtable(); t != nil {
			out = append(out, t)
		}
	}
	return out
}

// openMembers finds the tables listed, with those that inherit from them, each
// once.
func (r *replay) openMembers(specs []*pg.PublicationTable) ([]listed, *sqlError) {
	var out []listed
	for _, s := range specs {
		var name catalog.Name
		if r.isSystemRelation(s.Relation) {
			if !r.superuser() {
				return nil, errf("42501", "must be owner of table %s", s.Relation.Relname)
			}
			return nil, errf("22023", "cannot add relation %q to publication", s.Relation.Relname)
		}
		rel, err := r.open(s.Relation)
		if err != nil {
			return nil, err
		}
		if rel.Kind == catalog.IndexRelation {
			return nil, errf("42809", "%q is an index", s.Relation.Relname)
		}
		name = rel.Name
		if i := slices.IndexFunc(out, func(l listed) bool { return l.member.Table == name }); i >= 0 {
			if err := conflict(name.Name, out[i], s.WhereClause, names(s.Columns)); err != nil {
				return nil, err
			}
			continue
		}
		l := listed{member: &catalog.Member{Table: name, Origin: r.at}, where: s.WhereClause}
		if len(s.Columns) > 0 {
			l.member.Columns = r.inTableOrder(name, names(s.Columns))
		}
		out = append(out, l)
		if s.Relation.Inh {
			given := out[:len(out)-1]
			out = r.withHeirs(out, l)
			for _, g := range given {
				if t, ok := r.cat.Tables.Get(name); !ok || t.Kind == catalog.Partitioned || !slices.Contains(r.allBelow(name), g.member.Table) {
					continue
				}
				if err := conflict(name.Name, g, l.where, l.member.Columns); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}

// conflict refuses a table listed twice, of which one says more than the table.
func conflict(name string, before listed, where *pg.Node, columns []string) *sqlError {
	switch {
	case where != nil || before.where != nil:
		return errf("42710", "conflicting or redundant WHERE clauses for table %q", name)
	case len(columns) > 0 || before.member.Columns != nil:
		return errf("42710", "conflicting or redundant column lists for table %q", name)
	}
	return nil
}

// inTableOrder puts columns in the order that they have in the table, as the
// server keeps them.
func (r *replay) inTableOrder(table catalog.Name, columns []string) []string {
	t, ok := r.cat.Tables.Get(table)
	if !ok {
		return columns
	}
	place := func(name string) int {
		return slices.IndexFunc(t.Columns, func(c *catalog.Column) bool { return c.Name == name })
	}
	slices.SortStableFunc(columns, func(a, b string) int { return place(a) - place(b) })
	return columns
}

// withHeirs adds the tables that inherit from a listed one.
func (r *replay) withHeirs(out []listed, l listed) []listed {
	if !r.deps.inherited {
		return out
	}
	for t := range r.cat.Tables.All() {
		if !slices.Contains(t.Inherits, l.member.Table) || slices.ContainsFunc(out, func(x listed) bool { return x.member.Table == t.Name }) {
			continue
		}
		m := *l.member
		m.Table = t.Name
		heir := listed{member: &m, where: l.where}
		out = r.withHeirs(append(out, heir), heir)
	}
	return out
}

// addMembers adds tables to a publication; in ALTER PUBLICATION, one that is
// there already is refused.
func (r *replay) addMembers(p *catalog.Publication, tables []listed) *sqlError {
	for _, l := range tables {
		if err := r.mayAdd(l.member.Table); err != nil {
			return err
		}
		if _, there := p.Member(l.member.Table); there {
			return errf("42710", "relation %q is already member of publication %q", l.member.Table.Name, p.Name).about(tableRef(l.member.Table))
		}
		if err := r.publishable(l.member); err != nil {
			return err
		}
		r.putMember(p, l)
		r.memberChange(l.member.Table, p.Name, catalog.WhatPublished, "")
	}
	return nil
}

func (r *replay) putMember(p *catalog.Publication, l listed) {
	p.PutMember(l.member)
	r.depend(object{class: aMember, name: l.member.Table, sub: p.Name}, l.refs)
}

// setMembers replays ALTER PUBLICATION … SET: what is not listed goes.
func (r *replay) setMembers(p *catalog.Publication, tables []listed, schemas []string) *sqlError {
	for _, m := range slices.Clone(p.Members) {
		if !slices.ContainsFunc(tables, func(l listed) bool { return l.member.Table == m.Table }) {
			r.dropMemberOf(p, m.Table, catalog.BySetTable)
		}
	}
	for _, l := range tables {
		old, there := p.Member(l.member.Table)
		if err := r.mayAdd(l.member.Table); err != nil {
			return err
		}
		if err := r.publishable(l.member); err != nil {
			return err
		}
		if there && slices.Equal(old.Columns, l.member.Columns) && expr.Equal(old.Where, l.member.Where) {
			continue
		}
		r.putMember(p, l)
		if !there {
			r.memberChange(l.member.Table, p.Name, catalog.WhatPublished, "")
		}
	}
	p.Schemas = slices.DeleteFunc(slices.Clone(p.Schemas), func(s catalog.Published) bool { return !slices.Contains(schemas, s.Schema) })
	return r.addSchemas(p, slices.DeleteFunc(schemas, p.HasSchema))
}

// dropMembers replays ALTER PUBLICATION … DROP.
func (r *replay) dropMembers(p *catalog.Publication, tables []listed, schemas []string) *sqlError {
	for _, l := range tables {
		if _, there := p.Member(l.member.Table); !there {
			if t, ok := r.cat.Tables.Get(l.member.Table); ok && t.Assumed || p.Unsure.Any(catalog.Members) {
				continue
			}
			return errf("42704", "relation %q is not part of the publication", l.member.Table.Name).about(tableRef(l.member.Table))
		}
		r.dropMemberOf(p, l.member.Table, catalog.ByAlterDrop)
	}
	for _, s := range schemas {
		if !p.HasSchema(s) {
			return errf("42704", "tables from schema %q are not part of the publication", s)
		}
		p.Schemas = slices.DeleteFunc(slices.Clone(p.Schemas), func(x catalog.Published) bool { return x.Schema == s })
	}
	return nil
}

func (r *replay) dropMemberOf(p *catalog.Publication, t catalog.Name, how string) {
	p.DeleteMember(t)
	r.forget(object{class: aMember, name: t, sub: p.Name})
	r.memberChange(t, p.Name, catalog.WhatUnpublish, how)
}

// memberChange records that a table joined or left a publication, and how.
func (r *replay) memberChange(t catalog.Name, publication, what, how string) {
	r.cat.Changes = append(r.cat.Changes, catalog.Change{Object: tableRef(t), What: what, Detail: publication, After: how, Origin: r.at})
}

func tableRef(n catalog.Name) catalog.Ref { return catalog.Ref{Kind: "table", Name: n.String()} }

// addSchemas publishes schemas as a whole.
func (r *replay) addSchemas(p *catalog.Publication, schemas []string) *sqlError {
	for _, m := range p.Members {
		if m.Columns != nil && len(schemas) > 0 {
			return errf("22023", "cannot add schema to publication %q", p.Name).about(p.Ref())
		}
	}
	for _, s := range schemas {
		switch {
		case p.HasSchema(s):
			return errf("42710", "schema %q is already member of publication %q", s, p.Name)
		case systemSchema(s):
			return errf("22023", "cannot add schema %q to publication", s)
		}
		p.Schemas = append(slices.Clone(p.Schemas), catalog.Published{Schema: s, Origin: r.at})
	}
	slices.SortFunc(p.Schemas, func(a, b catalog.Published) int { return strings.Compare(a.Schema, b.Schema) })
	return nil
}

func schemaNames(p *catalog.Publication) []string {
	var out []string
	for _, s := range p.Schemas {
		out = append(out, s.Schema)
	}
	return out
}
