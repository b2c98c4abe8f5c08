package drift

import "policylint/inspect/catalog"

// attributes compares whether policies apply at all to the roles that requests
// run as.
func (c *comparison) attributes() {
	for _, name := range c.roles() {
		w, _ := c.want.Roles.Get(name)
		h, _ := c.have.Roles.Get(name)
		for _, a := range []struct {
			what string
			w, h catalog.Fact[bool]
		}{{"bypassrls", w.BypassRLS, h.BypassRLS}, {"superuser", w.Superuser, h.Superuser}} {
			if !a.w.Known || !a.h.Known || a.w.Value == a.h.Value {
				continue
			}
			word := a.what
			if !a.w.Value {
				word = "no" + word
			}
			c.add(Difference{
				Kind: Grants, Object: w.Ref(), What: a.what, Want: onOff(a.w.Value), Have: onOff(a.h.Value), Origin: a.w.Origin,
				Fix: "alter role " + catalog.Quote(name) + " " + word + ";",
			})
		}
	}
}
