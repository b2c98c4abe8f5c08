package drift

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// watched are the roles whose privileges are compared: those that requests
// and Auth run as. What the owner or an operator may do is their own affair.
var watched = []string{catalog.Anon, catalog.Authenticated, catalog.ServiceRole, catalog.AuthAdmin}

// grants compares what the watched roles may do, however they came by it.
func (c *comparison) grants() {
	c.both(func(w, h *catalog.Table) {
		for _, role := range c.roles() {
			for _, priv := range []catalog.Privilege{catalog.Select, catalog.Insert, catalog.Update, catalog.Delete} {
				c.grant(w.Ref(), "table "+w.Name.SQL(), role, priv, c.want.MayTable(role, w, priv), c.have.MayTable(role, h, priv))
			}
		}
	})
	for o := range c.want.Functions.All() {
		for _, f := range o.Functions {
			g, ok := c.have.Function(f.Name, f.Signature())
			if !ok || f.Platform || g.Platform || f.Extension != "" || catalog.PlatformSchema(f.Name.Schema) {
				continue
			}
			for _, role := range c.roles() {
				c.grant(f.Ref(), "function "+f.Name.SQL()+"("+f.Signature()+")", role, catalog.Execute, c.want.MayExecute(role, f), c.have.MayExecute(role, g))
			}
		}
	}
	for s := range c.want.Schemas.All() {
		if h, ok := c.have.Schemas.Get(s.Name); ok && !catalog.PlatformSchema(s.Name) && h.Extension == "" {
			for _, role := range c.roles() {
				c.grant(s.Ref(), "schema "+catalog.Quote(s.Name), role, catalog.Usage, c.want.MayUseSchema(role, s.Name), c.have.MayUseSchema(role, s.Name))
			}
		}
	}
}

// roles are the watched ones that both sides have.
func (c *comparison) roles() []string {
	return slices.DeleteFunc(slices.Clone(watched), func(r string) bool { return !c.want.Roles.Has(r) || !c.have.Roles.Has(r) })
}

func (c *comparison) grant(ref catalog.Ref, on, role string, priv catalog.Privilege, w, h catalog.Fact[bool]) {
	if !w.Known || !h.Known || w.Value == h.Value {
		return
	}
	d := Difference{Kind: Grants, Object: ref, What: role + " may " + string(priv), Origin: w.Origin}
	on = strings.TrimPrefix(on, "table ")
	if w.Value {
		d.Want, d.Fix = "yes", "grant "+string(priv)+" on "+on+" to "+catalog.Quote(role)+";"
	} else {
		d.Have, d.Fix = "yes", "revoke "+string(priv)+" on "+on+" from "+catalog.Quote(role)+";"
	}
	c.add(d)
}
