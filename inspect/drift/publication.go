package drift

import (
	"strings"

	"policylint/inspect/catalog"
)

// publication compares the publication's options and what it publishes.
func (c *comparison) publication() {
	w, inWant := c.want.Publications.Get(c.Publication)
	h, inHave := c.have.Publications.Get(c.Publication)
	ref := catalog.Ref{Kind: "publication", Name: c.Publication}
	switch {
	case inWant && !inHave:
		c.add(Difference{Kind: Publication, Object: ref, What: "exists", Want: "yes", Origin: w.Origin, Fix: "create publication " + catalog.Quote(c.Publication) + ";"})
		return
	case !inWant && inHave:
		c.add(Difference{Kind: Publication, Object: ref, What: "exists", Have: "yes"})
		return
	case !inWant:
		return
	}
	if w.Publish.Known && h.Publish.Known && w.Publish.Value != h.Publish.Value {
		list := strings.Join(w.Publish.Value.List(), ", ")
		c.add(Difference{
			Kind: Publication, Object: ref, What: "publish", Want: list, Have: strings.Join(h.Publish.Value.List(), ", "), Origin: w.Publish.Origin,
			Fix: "alter publication " + catalog.Quote(c.Publication) + " set (publish = " + catalog.Literal(list) + ");",
		})
	}
	c.flag(ref, "publish_via_partition_root", w.ViaRoot, h.ViaRoot, func(on string) string {
		return "alter publication " + catalog.Quote(c.Publication) + " set (publish_via_partition_root = " + on + ");"
	})
	c.flag(ref, "all tables", w.AllTables, h.AllTables, nil)
	c.members(w, h)
}

func (c *comparison) flag(ref catalog.Ref, what string, w, h catalog.Fact[bool], fix func(on string) string) {
	if !w.Known || !h.Known || w.Value == h.Value {
		return
	}
	d := Difference{Kind: Publication, Object: ref, What: what, Want: onOff(w.Value), Have: onOff(h.Value), Origin: w.Origin}
	if fix != nil {
		d.Fix = fix(map[bool]string{true: "true", false: "false"}[w.Value])
	}
	c.add(d)
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}

// members compares what is published, table by table.
func (c *comparison) members(w, h *catalog.Publication) {
	c.both(func(wt, ht *catalog.Table) {
		wp, hp := c.want.Publishes(w, wt), c.have.Publishes(h, ht)
		if wt.PartitionOf != (catalog.Name{}) || !wp.Known || !hp.Known || wp.Value == hp.Value {
			return
		}
		d := Difference{Kind: Publication, Object: wt.Ref(), What: "published by " + c.Publication, Origin: wp.Origin}
		change := "alter publication " + catalog.Quote(c.Publication)
		if wp.Value {
			d.Want, d.Fix = "yes", guarded("not exists", c.Publication, wt.Name, change+" add table "+wt.Name.SQL()+";")
		} else {
			d.Have = "yes"
			if _, listed := h.Member(wt.Name); listed {
				d.Fix = guarded("exists", c.Publication, wt.Name, change+" drop table "+wt.Name.SQL()+";")
			}
		}
		c.add(d)
	})
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
