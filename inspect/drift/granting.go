package drift

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// give is SQL for a privilege that the other side lacks.
func (c *comparison) give(o object, role, privilege string) string {
	return "grant " + privilege + " on " + o.on + " to " + catalog.Quote(role) + ";"
}

// take is SQL that takes a privilege away however the role came by it, and
// gives it back to those who lose it along the way.
func (c *comparison) take(o object, role string, priv catalog.Privilege) string {
	fix := ""
	mine := c.want.Groups(role, true)
	for _, holder := range c.holders(role, o.h, priv) {
		if holder != catalog.Public && !slices.Contains(mine, holder) {
			fix = lines(fix, c.leave(role, holder))
			continue
		}
		fix = lines(fix, "revoke "+string(priv)+" on "+o.on+" from "+grantee(holder)+";")
		for _, other := range c.roles() {
			if w := c.want.Allows(o.w, other, priv); w.Value && slices.Equal(c.holders(other, o.h, priv), []string{holder}) {
				fix = lines(fix, c.give(o, other, string(priv)))
			}
		}
	}
	if o.tables[0] == nil {
		return fix
	}
	// What is revoked on a table is revoked on its columns as well.
	var columns []string
	for _, col := range o.tables[0].Columns {
		if c.want.MayColumn(role, o.tables[0], col.Name, priv).Value {
			columns = append(columns, catalog.Quote(col.Name))
		}
	}
	if len(columns) > 0 {
		fix = lines(fix, c.give(o, role, string(priv)+" ("+strings.Join(columns, ", ")+")"))
	}
	return fix
}

// takeColumn is the same for a column.
func (c *comparison) takeColumn(o object, role, column string, priv catalog.Privilege, there *catalog.ACL) string {
	fix := ""
	mine := c.want.Groups(role, true)
	one := string(priv) + " (" + catalog.Quote(column) + ")"
	for _, holder := range c.holders(role, there, priv) {
		if holder != catalog.Public && !slices.Contains(mine, holder) {
			fix = lines(fix, c.leave(role, holder))
			continue
		}
		fix = lines(fix, "revoke "+one+" on "+o.on+" from "+grantee(holder)+";")
		for _, other := range c.roles() {
			if c.want.MayColumn(other, o.tables[0], column, priv).Value && slices.Equal(c.holders(other, there, priv), []string{holder}) {
				fix = lines(fix, c.give(o, other, one))
			}
		}
	}
	return fix
}

// leave is SQL that ends a membership.
func (c *comparison) leave(member, group string) string {
	return "revoke " + catalog.Quote(group) + " from " + catalog.Quote(member) + c.grantedBy(member, group) + ";"
}

// grantedBy names who granted a membership: from PostgreSQL 16 on, each grants
// one of their own, and takes back no other.
func (c *comparison) grantedBy(member, group string) string {
	r, ok := c.have.Roles.Get(member)
	if !ok || c.have.Source.Version < 160000 || r.MemberOf[group].Grantor == "" {
		return ""
	}
	return " granted by " + catalog.Quote(r.MemberOf[group].Grantor)
}

// holders are those through whom a role has the privilege on the other side:
// itself, its groups, or everybody.
func (c *comparison) holders(role string, a *catalog.ACL, priv catalog.Privilege) []string {
	return slices.DeleteFunc(append(c.have.Groups(role, true), catalog.Public), func(g string) bool {
		_, ok := a.Find(g, priv)
		return !ok
	})
}

func grantee(name string) string {
	if name == catalog.Public {
		return name
	}
	return catalog.Quote(name)
}

func lines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}
