package difftest

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

func (g *Generator) createTable() string {
	t := &table{name: g.fresh(relationNames), partitioned: g.chance(6)}
	var parts []string
	pk := false
	names := slices.Clone(columnNames[1:])
	g.r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	names = slices.Insert(names, 0, columnNames[0])
	for i, n := 0, 1+g.r.IntN(6); i < n; i++ {
		c := column{names[i], g.typ()}
		if i > 0 && g.chance(1) {
			c.name = one(g, columnNames...)
		}
		if i == 0 {
			c.typ = one(g, "bigint", "uuid", "integer")
		}
		def, isKey := g.columnDef(t, c, i == 0 && !t.partitioned)
		pk = pk || isKey
		parts = append(parts, def)
		t.columns = append(t.columns, c)
	}
	for g.chance(20) {
		if c := g.tableConstraint(t, !pk); c != "" {
			parts = append(parts, c)
		}
	}
	tail := ""
	if t.partitioned {
		tail = line("partition by", one(g, "list", "range"), "("+quote(t.columns[0].name)+")")
	} else if len(g.tables) > 0 && g.chance(4) {
		p := g.table()
		tail = "inherits (" + g.sql(p.name) + ")"
	}
	g.tables = append(g.tables, t)
	return line("create", g.maybe(3, "unlogged"), "table", g.maybe(25, "if not exists"), g.sql(t.name), "("+strings.Join(parts, ", ")+")", tail)
}

// columnDef is a column with inline constraints.
func (g *Generator) columnDef(t *table, c column, first bool) (def string, isKey bool) {
	out := []string{quote(c.name), c.typ}
	switch {
	case first && c.typ == "bigint" && g.chance(40):
		out = append(out, "generated", one(g, "always", "by default"), "as identity")
	case first && c.typ != "uuid" && g.chance(15):
		out[1] = one(g, "serial", "bigserial")
	case g.chance(20):
		out = append(out, g.defaultFor(c.typ))
	}
	if first && g.chance(75) {
		out = append(out, "primary key")
		isKey = true
	}
	if g.chance(20) {
		out = append(out, "not null")
	}
	if g.chance(6) {
		out = append(out, "unique")
	}
	if g.chance(6) {
		out = append(out, line(g.maybe(30, "constraint "+quote(one(g, objectNames...))), "check ("+g.condition(&table{columns: []column{c}}, 1)+")"))
	}
	if g.chance(8) && len(g.tables) > 0 {
		ref := one(g, g.tables...)
		if k, ok := g.columnOf(ref, c.typ); ok {
			out = append(out, "references", g.sql(ref.name), g.maybe(70, "("+quote(k.name)+")"), g.maybe(40, "on delete "+one(g, "cascade", "set null", "restrict")))
		}
	}
	return line(out...), isKey
}

// defaultFor is a default that suits the type, or none.
func (g *Generator) defaultFor(typ string) string {
	switch {
	case typ == "uuid":
		return "default gen_random_uuid()"
	case typ == "timestamptz":
		return "default now()"
	case typ == "boolean":
		return "default " + one(g, "true", "false")
	case typ == "text", strings.HasPrefix(typ, "varchar"):
		return "default " + one(g, "''", "'open'", "'it''s'")
	case typ == "jsonb":
		return "default '{}'"
	case typ == "bigint", typ == "integer", strings.HasPrefix(typ, "numeric"):
		return "default " + one(g, "0", "1 + 1", "-1")
	}
	return ""
}

// tableConstraint is a constraint of its own, with or without a name.
func (g *Generator) tableConstraint(t *table, keyAllowed bool) string {
	name := ""
	if g.chance(50) {
		n := one(g, objectNames...)
		t.constraints = append(t.constraints, n)
		name = "constraint " + quote(n)
	}
	cols := quote(g.column(t).name)
	if g.chance(30) {
		cols += ", " + quote(g.column(t).name)
	}
	switch g.r.IntN(4) {
	case 0:
		if keyAllowed || g.chance(5) {
			return line(name, "primary key ("+cols+")")
		}
		return ""
	case 1:
		return line(name, "unique", "("+cols+")", g.maybe(10, "deferrable"))
	case 2:
		return line(name, "check ("+g.condition(t, 1)+")")
	}
	if len(g.tables) == 0 {
		return ""
	}
	ref, c := one(g, g.tables...), g.column(t)
	return line(name, "foreign key ("+quote(c.name)+") references", g.sql(ref.name), g.maybe(60, "("+quote(g.column(ref).name)+")"), g.maybe(30, "on delete cascade"))
}

func (g *Generator) createPartition() string {
	for _, p := range g.tables {
		if p.partitioned && !p.hasDefault && g.chance(70) {
			p.hasDefault = true // bounds are not modelled: a second one would be refused
			t := &table{name: g.fresh(relationNames), columns: p.columns}
			g.tables = append(g.tables, t)
			return line("create table", g.sql(t.name), "partition of", g.sql(p.name), "default")
		}
	}
	return ""
}

func (g *Generator) createTableLike() string {
	src := g.table()
	t := &table{name: g.fresh(relationNames), columns: src.columns}
	g.tables = append(g.tables, t)
	if g.chance(40) {
		return line("create table", g.maybe(20, "if not exists"), g.sql(t.name), "as select * from", g.sql(src.name))
	}
	return line("create table", g.sql(t.name), "(like", g.sql(src.name), one(g, "", "including all", "including defaults", "including indexes", "including constraints including identity")+")")
}

func (g *Generator) alterTable() string {
	t := g.table()
	action := one(g, "enable row level security", "enable row level security", "enable row level security", "disable row level security",
		"force row level security", "no force row level security", "replica identity full", "replica identity full", "replica identity default",
		"replica identity nothing", "set unlogged", "set logged", "add column", "add column", "drop column", "using index")
	switch action {
	case "add column":
		c := column{one(g, columnNames...), g.typ()}
		def, _ := g.columnDef(t, c, false)
		t.columns = append(t.columns, c)
		action = line(action, g.maybe(30, "if not exists"), def)
	case "drop column":
		c := g.column(t)
		t.columns = without(t.columns, c)
		action = line(action, g.maybe(30, "if exists"), quote(c.name), g.cascade())
	case "using index":
		action = "replica identity using index " + quote(g.existingName(g.indexes, objectNames).Name)
	}
	return line("alter table", g.maybe(10, "if exists"), g.maybe(5, "only"), g.sql(t.name), action)
}

func (g *Generator) alterColumn() string {
	t := g.table()
	c := g.column(t)
	head := line("alter table", g.sql(t.name))
	switch g.r.IntN(7) {
	case 0:
		return line(head, "alter column", quote(c.name), "set not null")
	case 1:
		return line(head, "alter column", quote(c.name), "drop not null")
	case 2:
		return line(head, "alter column", quote(c.name), "drop default")
	case 3:
		if d := g.defaultFor(c.typ); d != "" {
			return line(head, "alter column", quote(c.name), "set", d)
		}
		return ""
	case 4:
		to := one(g, "text", "varchar(50)", "bigint")
		for i := range t.columns {
			if t.columns[i] == c {
				t.columns[i].typ = to
			}
		}
		using := ""
		switch {
		case to == "bigint":
			using = "using null"
		case g.chance(40):
			using = "using " + quote(c.name) + "::text"
		}
		return line(head, "alter column", quote(c.name), "type", to, using)
	case 5:
		to := one(g, columnNames...)
		for i := range t.columns {
			if t.columns[i] == c {
				t.columns[i].name = to
			}
		}
		return line(head, "rename column", quote(c.name), "to", quote(to))
	}
	return line(head, "alter column", quote(c.name), one(g, "drop identity if exists", "add generated always as identity", "drop identity", "drop expression if exists"))
}

func (g *Generator) alterConstraint() string {
	t := g.table()
	head := line("alter table", g.sql(t.name))
	switch g.r.IntN(5) {
	case 0:
		return line(head, "drop constraint", g.maybe(40, "if exists"), quote(g.existing(t.constraints, objectNames)), g.cascade())
	case 1:
		return line(head, "drop constraint", g.maybe(20, "if exists"), quote(t.name.Name+"_pkey"), g.cascade())
	case 2:
		return line(head, "rename constraint", quote(g.existing(t.constraints, objectNames)), "to", quote(one(g, objectNames...)))
	}
	if c := g.tableConstraint(t, true); c != "" {
		return line(head, "add", c, g.maybe(5, "not valid"))
	}
	return ""
}

func (g *Generator) dropTable() string {
	t := g.table()
	if g.chance(60) {
		g.tables = without(g.tables, t)
	}
	return line("drop table", g.maybe(40, "if exists"), g.sql(t.name), g.cascade())
}

func (g *Generator) createIndex() string {
	t := g.table()
	name := one(g, objectNames...)
	g.indexes = append(g.indexes, catalog.Name{Schema: t.name.Schema, Name: name})
	named := quote(name)
	if g.chance(30) {
		named = ""
	}
	key := quote(g.column(t).name)
	switch {
	case g.chance(20):
		key += ", " + quote(g.column(t).name)
	case g.chance(10):
		if c, ok := g.columnOf(t, "text"); ok {
			key = "lower(" + quote(c.name) + ")"
		}
	}
	exists := ""
	if named != "" {
		exists = g.maybe(15, "if not exists")
	}
	return line("create", g.maybe(35, "unique"), "index", exists, named, "on", g.sql(t.name), "("+key+")", g.maybe(10, "where "+g.condition(t, 0)))
}

func (g *Generator) dropIndex() string {
	return line("drop index", g.maybe(50, "if exists"), g.sql(g.existingName(g.indexes, objectNames)), g.cascade())
}

func (g *Generator) sequence() string {
	n := g.existingName(g.sequences, objectNames)
	switch g.r.IntN(4) {
	case 0:
		t := g.table()
		return line("alter sequence", g.sql(n), "owned by", one(g, "none", g.sql(t.name)+"."+quote(g.column(t).name)))
	case 1:
		return line("drop sequence", g.maybe(50, "if exists"), g.sql(n), g.cascade())
	}
	n = g.fresh(objectNames)
	g.sequences = append(g.sequences, n)
	return line("create sequence", g.maybe(30, "if not exists"), g.sql(n))
}
