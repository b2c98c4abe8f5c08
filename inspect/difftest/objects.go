package difftest

import (
	"strings"

	"policylint/inspect/catalog"
)

var enumLabels = []string{"open", "closed", "it's", "Agent", "client", "admin"}

func (g *Generator) createType() string {
	n := g.fresh(objectNames)
	switch g.r.IntN(5) {
	case 0:
		g.others = append(g.others, n)
		return line("create domain", g.sql(n), "as", one(g, "text", "integer", "varchar(10)"), g.maybe(40, "not null"), g.maybe(40, "check (value is not null)"))
	case 1:
		g.others = append(g.others, n)
		return line("create type", g.sql(n), "as (a integer,", quote(one(g, columnNames...)), one(g, columnTypes...)+")")
	}
	e := &enum{name: n, labels: enumLabels[:1+g.r.IntN(4)]}
	g.enums = append(g.enums, e)
	var labels []string
	for _, l := range e.labels {
		labels = append(labels, catalog.Literal(l))
	}
	return line("create type", g.sql(n), "as enum ("+strings.Join(labels, ", ")+")")
}

func (g *Generator) enum() *enum {
	if len(g.enums) == 0 || g.chance(3) {
		g.missing = len(g.enums) == 0
		return &enum{name: g.fresh(objectNames), labels: enumLabels}
	}
	return one(g, g.enums...)
}

func (g *Generator) alterType() string {
	e := g.enum()
	label := catalog.Literal(one(g, enumLabels...))
	return line("alter type", g.sql(e.name), one(g,
		line("add value", g.maybe(50, "if not exists"), label),
		line("add value", label, one(g, "before", "after"), catalog.Literal(one(g, enumLabels...))),
		line("rename value", label, "to", catalog.Literal(one(g, enumLabels...))),
		"rename to "+quote(one(g, objectNames...)),
		"owner to "+g.role(),
		"set schema "+quote(g.schemaName())))
}

func (g *Generator) dropType() string {
	n := g.enum().name
	if len(g.others) > 0 && g.chance(40) {
		n = one(g, g.others...)
	}
	return line("drop", one(g, "type", "type", "type", "domain"), g.maybe(40, "if exists"), g.sql(n), g.cascade())
}

func (g *Generator) createFunction() string {
	f := &function{name: g.fresh(objectNames), kind: "function"}
	g.functions = append(g.functions, f)
	head := line("create", g.maybe(60, "or replace"))
	attributes := line(g.maybe(30, one(g, "stable", "immutable", "volatile")), g.maybe(30, "security definer"),
		g.maybe(10, "strict"), g.maybe(30, "set search_path = "+one(g, "''", "public", "public, auth", "")))
	attributes = strings.TrimSuffix(attributes, "set search_path = ")
	switch g.r.IntN(6) {
	case 0, 1:
		f.returns = "trigger"
		return line(head, "function", g.sql(f.name)+"() returns trigger language plpgsql", attributes, "as $$ begin return new; end $$")
	case 2:
		f.returns = "boolean"
		return line(head, "function", g.sql(f.name)+"() returns boolean language sql", attributes, "as $$ select auth.uid() is not null $$")
	case 3:
		f.args, f.returns = "jsonb", "jsonb"
		return line(head, "function", g.sql(f.name)+"("+one(g, "event jsonb", "e jsonb", "event jsonb default '{}'")+") returns jsonb language plpgsql", attributes, "as $$ begin return event; end $$")
	case 4:
		f.args, f.kind = "integer", "procedure"
		return line(head, "procedure", g.sql(f.name)+"(a integer) language plpgsql as $$ begin null; end $$")
	}
	f.args, f.returns = "text, integer", "text"
	return line(head, "function", g.sql(f.name)+"(a text, b integer default 1) returns", one(g, "text", "text", "setof text"), "language sql", attributes, "as $$ select a $$")
}

func (g *Generator) function() *function {
	if len(g.functions) == 0 || g.chance(4) {
		g.missing = len(g.functions) == 0
		return &function{name: g.fresh(objectNames), kind: "function"}
	}
	return one(g, g.functions...)
}

// called is a function as DROP and GRANT name it: with or without types.
func (g *Generator) called(f *function) string {
	if g.chance(20) {
		return g.sql(f.name)
	}
	return g.sql(f.name) + "(" + f.args + ")"
}

func (g *Generator) alterFunction() string {
	f := g.function()
	return line("alter", one(g, f.kind, f.kind, f.kind, "routine"), g.called(f), one(g, "security definer", "security invoker", "stable", "immutable",
		"set search_path = ''", "set search_path to public, extensions", "reset search_path", "reset all", "owner to "+g.role(),
		"rename to "+quote(one(g, objectNames...)), "set schema "+quote(g.schemaName()), "strict", "set statement_timeout = '1s'"))
}

func (g *Generator) dropFunction() string {
	f := g.function()
	return line("drop", one(g, f.kind, f.kind, f.kind, "routine"), g.maybe(40, "if exists"), g.called(f), g.cascade())
}

func (g *Generator) createTrigger() string {
	t, name := g.table(), one(g, objectNames...)
	fn := g.function()
	if fn.returns != "trigger" && g.chance(90) {
		g.missing = true
	}
	t.triggers = append(t.triggers, name)
	event := one(g, "insert", "update", "delete", "insert or update", "update of "+quote(g.column(t).name), "truncate")
	return line("create", g.maybe(30, "or replace"), "trigger", quote(name), one(g, "before", "after", "after"), event, "on", g.sql(t.name),
		one(g, "for each row", "for each row", "for each statement"), g.maybe(10, one(g, "when (old is distinct from new)", "when (pg_trigger_depth() = 0)", "when (new.id is not null)")), "execute", one(g, "function", "procedure"), g.sql(fn.name)+"()")
}

func (g *Generator) alterTrigger() string {
	t := g.table()
	name := quote(g.existing(t.triggers, objectNames))
	return one(g,
		line("drop trigger", g.maybe(50, "if exists"), name, "on", g.sql(t.name), g.cascade()),
		line("alter trigger", name, "on", g.sql(t.name), "rename to", quote(one(g, objectNames...))),
		line("alter table", g.sql(t.name), one(g, "disable", "enable"), "trigger", one(g, name, name, "all", "user")))
}

func (g *Generator) comment() string {
	t := g.table()
	return line("comment on", one(g,
		"table "+g.sql(t.name), "column "+g.sql(t.name)+"."+quote(g.column(t).name),
		"policy "+quote(g.existing(t.policies, objectNames))+" on "+g.sql(t.name),
		"view "+g.sql(g.existingName(g.views, relationNames)), "function "+g.called(g.function()), "type "+g.sql(g.enum().name),
		"schema "+quote(g.schemaName()), "role "+g.role(), "index "+g.sql(g.existingName(g.indexes, objectNames)),
		"constraint "+quote(g.existing(t.constraints, objectNames))+" on "+g.sql(t.name),
		"trigger "+quote(g.existing(t.triggers, objectNames))+" on "+g.sql(t.name),
		"publication "+quote(g.existing(g.publications, publications))), "is 'it''s'")
}
