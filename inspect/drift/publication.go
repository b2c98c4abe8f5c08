package drift

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// publication compares the publication's options and what it publishes.
func (c *comparison) publication() {
	w, inWant := c.want.Publications.Get(c.Publication)
	h, inHave := c.have.Publications.Get(c.Publication)
	ref := catalog.Ref{Kind: "publication", Name: c.Publication}
	alter := "alter publication " + catalog.Quote(c.Publication)
	switch {
	case inWant && !inHave:
		c.add(Difference{Kind: Publication, Object: ref, What: "exists", Want: "yes", Origin: w.Origin, Fix: c.createPublication(w)})
		return
	case !inWant && inHave:
		c.add(Difference{Kind: Publication, Object: ref, What: "exists", Have: "yes", Fix: "drop publication " + catalog.Quote(c.Publication) + ";"})
		return
	case !inWant || w.Unsure.Any(catalog.Existence) || h.Unsure.Any(catalog.Existence):
		return
	}
	if w.Publish.Known && h.Publish.Known && w.Publish.Value != h.Publish.Value {
		list := strings.Join(w.Publish.Value.List(), ", ")
		c.add(Difference{
			Kind: Publication, Object: ref, What: "publish", Want: orNothing(w), Have: orNothing(h), Origin: w.Publish.Origin,
			Fix: alter + " set (publish = " + catalog.Literal(list) + ");",
		})
	}
	if w.ViaRoot.Known && h.ViaRoot.Known && w.ViaRoot.Value != h.ViaRoot.Value {
		c.add(Difference{
			Kind: Publication, Object: ref, What: "publish_via_partition_root", Want: onOff(w.ViaRoot.Value), Have: onOff(h.ViaRoot.Value), Origin: w.ViaRoot.Origin,
			Fix: alter + " set (publish_via_partition_root = " + onOff(w.ViaRoot.Value) + ");",
		})
	}
	if w.AllTables.Known && h.AllTables.Known && w.AllTables.Value != h.AllTables.Value {
		c.add(Difference{
			Kind: Publication, Object: ref, What: "for all tables", Want: onOff(w.AllTables.Value), Have: onOff(h.AllTables.Value), Origin: w.AllTables.Origin,
			Fix: "drop publication " + catalog.Quote(c.Publication) + ";\n" + c.createPublication(w),
		})
		return
	}
	if w.Unsure.Any(catalog.Members) || h.Unsure.Any(catalog.Members) {
		return
	}
	c.schemas(ref, alter, w, h)
	c.members(w, h)
}

func orNothing(p *catalog.Publication) string {
	if list := p.Publish.Value.List(); len(list) > 0 {
		return strings.Join(list, ", ")
	}
	return "nothing"
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}

// schemas compares what is published as a whole.
func (c *comparison) schemas(ref catalog.Ref, alter string, w, h *catalog.Publication) {
	for _, s := range w.Schemas {
		if !h.HasSchema(s.Schema) {
			c.add(Difference{Kind: Publication, Object: ref, What: "publishes schema " + s.Schema, Want: "yes", Origin: s.Origin,
				Fix: guardedSchema("not exists", c.Publication, s.Schema, alter+" add tables in schema "+catalog.Quote(s.Schema)+";")})
		}
	}
	for _, s := range h.Schemas {
		if !w.HasSchema(s.Schema) {
			c.add(Difference{Kind: Publication, Object: ref, What: "publishes schema " + s.Schema, Have: "yes",
				Fix: c.withoutSchema(s.Schema)})
		}
	}
}

// withoutSchema is SQL that publishes a schema no longer as a whole.
func (c *comparison) withoutSchema(schema string) string {
	return guardedSchema("exists", c.Publication, schema,
		"alter publication "+catalog.Quote(c.Publication)+" drop tables in schema "+catalog.Quote(schema)+";")
}

// createPublication is SQL that makes the publication as it should be, of the
// tables that the other side has.
func (c *comparison) createPublication(p *catalog.Publication) string {
	out := "create publication " + catalog.Quote(p.Name)
	var parts, options []string
	for _, m := range p.Members {
		if c.have.Tables.Has(m.Table) {
			parts = append(parts, "table "+member(m))
		}
	}
	for _, s := range p.Schemas {
		parts = append(parts, "tables in schema "+catalog.Quote(s.Schema))
	}
	switch {
	case p.AllTables.Is(true):
		out += " for all tables"
	case len(parts) > 0:
		out += " for " + strings.Join(parts, ", ")
	}
	if p.Publish.Known && p.Publish.Value != (catalog.Actions{Insert: true, Update: true, Delete: true, Truncate: true}) {
		options = append(options, "publish = "+catalog.Literal(strings.Join(p.Publish.Value.List(), ", ")))
	}
	if p.ViaRoot.Is(true) {
		options = append(options, "publish_via_partition_root = true")
	}
	if len(options) > 0 {
		out += " with (" + strings.Join(options, ", ") + ")"
	}
	return out + ";"
}

// listed reports whether two members publish the same of their table.
func listed(a, b *catalog.Member) bool {
	columns := func(m *catalog.Member) []string { return slices.Sorted(slices.Values(m.Columns)) }
	return (a.Columns == nil) == (b.Columns == nil) && slices.Equal(columns(a), columns(b)) && same(a.Where, b.Where)
}
