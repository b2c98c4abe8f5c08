package difftest

import (
	"fmt"
	"strings"
)

func (g *Generator) createView() string {
	t := g.table()
	n := g.fresh(relationNames)
	g.views = append(g.views, n)
	var cols []string
	for _, c := range t.columns {
		if g.chance(70) {
			cols = append(cols, "x."+quote(c.name))
		}
	}
	if len(cols) == 0 || g.chance(20) {
		cols = []string{"*"}
	}
	query := fmt.Sprintf("select %s from %s x", strings.Join(cols, ", "), g.sql(t.name))
	if g.chance(20) {
		query += " where " + g.condition(t, 0)
	}
	if g.chance(15) {
		return line("create materialized view", g.maybe(30, "if not exists"), g.sql(n), "as", query)
	}
	return line("create", g.maybe(35, "or replace"), "view", g.sql(n), g.maybe(30, "with (security_invoker = "+one(g, "true", "on", "false")+")"), "as", query)
}

func (g *Generator) alterView() string {
	n := g.existingName(g.views, relationNames)
	return line("alter", one(g, "view", "view", "view", "materialized view", "table"), g.maybe(10, "if exists"), g.sql(n),
		one(g, "set (security_invoker = true)", "reset (security_invoker)", "set (security_barrier)", "rename to "+quote(one(g, relationNames...)),
			"owner to "+g.role(), "set schema "+quote(g.schemaName())))
}

func (g *Generator) dropView() string {
	return line("drop", one(g, "view", "view", "materialized view"), g.maybe(40, "if exists"), g.sql(g.existingName(g.views, relationNames)), g.cascade())
}
