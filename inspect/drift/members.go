package drift

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// members compares what is published by name, table by table, those that only
// one side has as well. A partition goes with its root.
func (c *comparison) members(w, h *catalog.Publication) {
	alter := "alter publication " + catalog.Quote(c.Publication)
	for _, m := range w.Members {
		t, ok := c.want.Tables.Get(m.Table)
		if !ok || t.Unsure.Any(catalog.Existence) || t.Assumed {
			continue
		}
		d := Difference{Kind: Publication, Object: t.Ref(), What: "published by " + c.Publication, Want: "yes", Origin: m.Origin}
		there, inHave := h.Member(m.Table)
		switch {
		case inHave && listed(m, there), c.have.Tables.Has(m.Table) && !inHave && c.covered(h, m.Table, c.have) && !c.losing(w, h, m.Table.Schema):
			continue
		case inHave:
			d.Want, d.Have = extent(m), extent(there)
			d.Fix = c.room(w, h, m) + alter + " drop table " + m.Table.SQL() + ";\n" + alter + " add table " + member(m) + ";"
		case c.have.Tables.Has(m.Table):
			if c.losing(w, h, m.Table.Schema) {
				d.Want, d.Have = extent(m), "all columns, as a part of its schema"
			}
			d.Fix = c.room(w, h, m) + guarded("not exists", c.Publication, m.Table, alter+" add table "+member(m)+";")
		}
		c.add(d)
	}
	for _, m := range h.Members {
		t, ok := c.have.Tables.Get(m.Table)
		if _, inWant := w.Member(m.Table); inWant || !ok || t.Unsure.Any(catalog.Existence) || t.Assumed || c.covered(w, m.Table, c.want) {
			continue
		}
		c.add(Difference{Kind: Publication, Object: t.Ref(), What: "published by " + c.Publication, Have: "yes",
			Fix: guarded("exists", c.Publication, m.Table, alter+" drop table "+m.Table.SQL()+";")})
	}
}

// covered reports whether a side publishes a table that it does not list.
func (c *comparison) covered(p *catalog.Publication, n catalog.Name, side *catalog.Catalog) bool {
	t, ok := side.Tables.Get(n)
	if !ok {
		return false
	}
	f := side.Publishes(p, t)
	return !f.Known || f.Value
}

// losing reports whether the other side publishes the schema as a whole, which
// it should not.
func (c *comparison) losing(w, h *catalog.Publication, schema string) bool {
	return h.HasSchema(schema) && !w.HasSchema(schema)
}

// room is SQL that has to come before a member is added: one of the schemas
// that should not be published would go on covering it, and a member with a
// column list is refused beside any schema.
func (c *comparison) room(w, h *catalog.Publication, m *catalog.Member) string {
	out := ""
	for _, s := range h.Schemas {
		if !w.HasSchema(s.Schema) && (m.Columns != nil || s.Schema == m.Table.Schema) {
			out += c.withoutSchema(s.Schema) + "\n"
		}
	}
	return out
}

// member is a table in FOR TABLE.
func member(m *catalog.Member) string {
	out := m.Table.SQL()
	if m.Columns != nil {
		quoted := make([]string, len(m.Columns))
		for i, c := range m.Columns {
			quoted[i] = catalog.Quote(c)
		}
		out += " (" + strings.Join(quoted, ", ") + ")"
	}
	if m.Where != nil {
		out += " where (" + expr.String(m.Where) + ")"
	}
	return out
}

// extent is what of a table is published.
func extent(m *catalog.Member) string {
	out := "all columns"
	if m.Columns != nil {
		out = "columns " + strings.Join(m.Columns, ", ")
	}
	if m.Where != nil {
		out += " where " + expr.String(m.Where)
	}
	return out
}

// guarded is a statement in a DO block that runs it only where it applies.
func guarded(test, pub string, t catalog.Name, stmt string) string {
	return `do $$
begin
  if ` + test + ` (
    select 1 from pg_publication_tables
    where pubname = ` + catalog.Literal(pub) + ` and schemaname = ` + catalog.Literal(t.Schema) + ` and tablename = ` + catalog.Literal(t.Name) + `
  ) then
    ` + stmt + `
  end if;
end
$$;`
}

// guardedSchema is the same for a schema.
func guardedSchema(test, pub, schema, stmt string) string {
	return `do $$
begin
  if ` + test + ` (
    select 1 from pg_publication_namespace n join pg_publication p on p.oid = n.pnpubid
    where p.pubname = ` + catalog.Literal(pub) + ` and n.pnnspid = to_regnamespace(` + catalog.Literal(catalog.Quote(schema)) + `)
  ) then
    ` + stmt + `
  end if;
end
$$;`
}
