package drift

import (
	"maps"
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// roles are those that requests run as and both sides have: the platform's, and
// those that the project writes policies for. Without a platform nobody says
// which roles those are: any that owns nothing and is no superuser may be one.
func (c *comparison) roles() []string {
	if c.asked != nil {
		return c.asked
	}
	others, owners := map[string]bool{}, map[string]bool{}
	for _, side := range []*catalog.Catalog{c.want, c.have} {
		owners[side.Source.Migrator] = true
		for t := range side.Tables.All() {
			owners[t.Owner.Value] = true
			for p := range t.Policies() {
				for _, r := range p.Roles {
					if !p.Platform {
						others[r] = true
					}
				}
			}
		}
	}
	if c.want.Source.Platform == "postgres" && c.have.Source.Platform == "postgres" {
		for r := range c.want.Roles.All() {
			if !r.Platform && r.Superuser.Is(false) && !strings.HasPrefix(r.Name, "pg_") {
				others[r.Name] = true
			}
		}
	}
	c.asked = catalog.RequestRoles()
	for _, r := range slices.Sorted(maps.Keys(others)) {
		if !owners[r] && !slices.Contains(c.asked, r) {
			c.asked = append(c.asked, r)
		}
	}
	c.asked = slices.DeleteFunc(c.asked, func(r string) bool { return !c.want.Roles.Has(r) || !c.have.Roles.Has(r) })
	return c.asked
}

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
