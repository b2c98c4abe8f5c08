package drift

import (
	"strings"

	"policylint/inspect/catalog"
)

// An object is what privileges are held on, on both sides.
type object struct {
	ref    catalog.Ref
	on     string // in GRANT … ON
	w, h   *catalog.ACL
	tables [2]*catalog.Table // of a table, for its columns
}

// grants compares what the roles that requests run as may do, however they
// came by it. What the owner may do is their own affair.
func (c *comparison) grants() {
	// TRUNCATE empties a table past all of its policies.
	data := []catalog.Privilege{catalog.Select, catalog.Insert, catalog.Update, catalog.Delete, catalog.Truncate}
	c.attributes()
	c.defaults()
	c.both(func(w, h *catalog.Table) {
		if w.Unsure.Any(catalog.Grants) || h.Unsure.Any(catalog.Grants) {
			return
		}
		o := object{w.Ref(), w.Name.SQL(), &w.Grants, &h.Grants, [2]*catalog.Table{w, h}}
		c.privileges(o, data)
		c.columns(o)
	})
	for w := range c.want.Views.All() {
		if h, ok := c.have.Views.Get(w.Name); ok && projectView(w) && projectView(h) {
			c.privileges(object{ref: w.Ref(), on: w.Name.SQL(), w: &w.Grants, h: &h.Grants}, data[:4])
		}
	}
	for overloads := range c.want.Functions.All() {
		for _, f := range overloads.Functions {
			g, ok := c.have.Function(f.Name, f.Signature())
			if !ok || f.Platform || g.Platform || f.Extension != "" || catalog.PlatformSchema(f.Name.Schema) || (f.Unsure | g.Unsure).Any(catalog.Grants|catalog.Existence) {
				continue
			}
			c.privileges(object{ref: f.Ref(), on: called(f), w: &f.Grants, h: &g.Grants}, []catalog.Privilege{catalog.Execute})
		}
	}
	for s := range c.want.Schemas.All() {
		h, ok := c.have.Schemas.Get(s.Name)
		if ok && !catalog.PlatformSchema(s.Name) && h.Extension == "" && !(s.Unsure | h.Unsure).Any(catalog.Existence) {
			c.privileges(object{ref: s.Ref(), on: "schema " + catalog.Quote(s.Name), w: &s.Grants, h: &h.Grants}, []catalog.Privilege{catalog.Usage})
		}
	}
	for s := range c.want.Sequences.All() {
		h, ok := c.have.Sequences.Get(s.Name)
		// Rows get the values of an identity column without a privilege.
		if ok && !s.Identity && !h.Identity && !s.Platform && !h.Platform && s.Extension == "" && !catalog.PlatformSchema(s.Name.Schema) &&
			!(s.Unsure | h.Unsure).Any(catalog.Existence|catalog.Grants) {
			c.privileges(object{ref: s.Ref(), on: "sequence " + s.Name.SQL(), w: &s.Grants, h: &h.Grants}, []catalog.Privilege{catalog.Usage})
		}
	}
}

// called is a function in GRANT … ON.
func called(f *catalog.Function) string {
	kind := "function "
	if f.Kind == catalog.Procedure {
		kind = "procedure "
	}
	return kind + f.Name.SQL() + "(" + f.Signature() + ")"
}

func (c *comparison) privileges(o object, privileges []catalog.Privilege) {
	for _, role := range c.roles() {
		lacks, has := gathered{}, gathered{}
		for _, priv := range privileges {
			w, h := c.want.Allows(o.w, role, priv), c.have.Allows(o.h, role, priv)
			if !w.Known || !h.Known || w.Value == h.Value {
				continue
			}
			if w.Value {
				lacks.add(string(priv), w.Origin, "")
			} else {
				has.add(string(priv), w.Origin, c.take(o, role, priv))
			}
		}
		if len(lacks.what) > 0 {
			c.add(Difference{Kind: Grants, Object: o.ref, What: role + " may " + lacks.String(), Want: "yes", Origin: lacks.at, Fix: c.give(o, role, strings.Join(lacks.what, ", "))})
		}
		if len(has.what) > 0 {
			c.add(Difference{Kind: Grants, Object: o.ref, What: role + " may " + has.String(), Have: "yes", Fix: strings.Join(has.fix, "\n")})
		}
	}
}

// columns compares what may be done to single columns, where the whole table
// is out of reach on both sides.
func (c *comparison) columns(o object) {
	w, h := o.tables[0], o.tables[1]
	for _, role := range c.roles() {
		for _, priv := range []catalog.Privilege{catalog.Select, catalog.Insert, catalog.Update} {
			if a, b := c.want.MayTable(role, w, priv), c.have.MayTable(role, h, priv); !a.Known || !b.Known || a.Value || b.Value {
				continue
			}
			lacks, has := gathered{}, gathered{}
			for _, col := range w.Columns {
				a, b := c.want.MayColumn(role, w, col.Name, priv), c.have.MayColumn(role, h, col.Name, priv)
				if !a.Known || !b.Known || a.Value == b.Value {
					continue
				}
				if a.Value {
					lacks.add(col.Name, a.Origin, "")
				} else {
					there, _ := h.Column(col.Name)
					has.add(col.Name, a.Origin, c.takeColumn(o, role, col.Name, priv, &there.Grants))
				}
			}
			may := func(g gathered) string {
				if len(g.what) > 1 {
					return role + " may " + string(priv) + " columns " + g.String()
				}
				return role + " may " + string(priv) + " column " + g.String()
			}
			if len(lacks.what) > 0 {
				c.add(Difference{Kind: Grants, Object: o.ref, What: may(lacks), Want: "yes", Origin: lacks.at,
					Fix: c.give(o, role, string(priv)+" ("+catalog.QuoteAll(lacks.what)+")")})
			}
			if len(has.what) > 0 {
				c.add(Difference{Kind: Grants, Object: o.ref, What: may(has), Have: "yes", Fix: strings.Join(has.fix, "\n")})
			}
		}
	}
}
