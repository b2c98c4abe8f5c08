package difftest

import (
	"fmt"
	"strings"
)

// condition is a boolean expression over the columns of t: mostly one that a
// server accepts. Level 0 may use anything but sub-selects, 1 only the row
// itself, 2 all that policies can.
func (g *Generator) condition(t *table, level int) string {
	switch g.r.IntN(10) {
	case 0:
		return fmt.Sprintf("(%s) and (%s)", g.condition(t, level), g.condition(t, level))
	case 1:
		return fmt.Sprintf("(%s) or (%s)", g.condition(t, level), g.condition(t, level))
	case 2:
		return "not (" + g.condition(t, level) + ")"
	}
	if level == 2 && g.chance(50) {
		return g.policyCondition(t)
	}
	c := g.column(t)
	name := quote(c.name)
	switch {
	case g.chance(15):
		return name + one(g, " is null", " is not null")
	case strings.HasPrefix(c.typ, "text["):
		return fmt.Sprintf("'a' = any (%s)", name)
	case strings.HasPrefix(c.typ, "text"), strings.HasPrefix(c.typ, "varchar"):
		return name + one(g, " = 'open'", " <> ''", " in ('a', 'b')", " not in ('a', 'b')", " like 'x%'", " = any (array['a', 'b'])", " between 'a' and 'b'", "::text = 'x'", " is distinct from 'x'")
	case c.typ == "bigint", c.typ == "integer", strings.HasPrefix(c.typ, "numeric"):
		return name + one(g, " > 0", " = 1", " in (1, 2)", " between 1 and 5", " <= 10 + 1", " = -1")
	case c.typ == "boolean":
		return one(g, name, "not "+name, name+" = true", name+" is true", "coalesce("+name+", false)")
	case c.typ == "uuid":
		return name + " = '00000000-0000-0000-0000-000000000001'"
	case c.typ == "jsonb":
		return name + one(g, " ->> 'a' = 'b'", " @> '{\"a\": 1}'", " ? 'k'", " is not null")
	case c.typ == "timestamptz", c.typ == "date":
		return one(g, name+" is not null", name+" > '2026-01-01'")
	}
	return one(g, "true", "false", name+" is not null")
}

// policyCondition reads the token, other tables and functions.
func (g *Generator) policyCondition(t *table) string {
	if c, ok := g.columnOf(t, "uuid"); ok && g.chance(50) {
		return quote(c.name) + one(g, " = auth.uid()", " = (select auth.uid())", " in (select auth.uid())")
	}
	switch g.r.IntN(6) {
	case 0:
		return one(g, "auth.jwt() ->> 'user_role' = 'agent'", "(auth.jwt() -> 'app_metadata' ->> 'user_role') in ('agent', 'admin')",
			"(select auth.jwt() ->> 'user_role') = 'agent'", "auth.role() = 'authenticated'", "current_setting('request.jwt.claims', true)::jsonb ->> 'role' = 'x'")
	case 1:
		return one(g, "auth.uid() is not null", "true", "false", "current_user = 'postgres'")
	case 2:
		o := g.table()
		a, b := g.column(o), g.column(t)
		if a.typ == b.typ && a.typ != "jsonb" {
			return fmt.Sprintf("exists (select 1 from %s z where z.%s = %s)", g.sql(o.name), quote(a.name), quote(t.name.Name)+"."+quote(b.name))
		}
		return fmt.Sprintf("exists (select from %s)", g.sql(o.name))
	case 3:
		for _, f := range g.functions {
			if f.returns == "boolean" && f.args == "" {
				return g.sql(f.name) + "()"
			}
		}
	case 4:
		o := g.table()
		if a, ok := g.columnOf(t, "uuid"); ok {
			if b, ok := g.columnOf(o, "uuid"); ok {
				return fmt.Sprintf("%s in (select %s from %s)", quote(a.name), quote(b.name), g.sql(o.name))
			}
		}
	}
	return one(g, "true", "auth.uid() is not null")
}
