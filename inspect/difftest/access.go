package difftest

import (
	"strings"

	"policylint/inspect/catalog"
)

func (g *Generator) createPolicy() string {
	t, name := g.table(), one(g, objectNames...)
	t.policies = append(t.policies, name)
	cmd := one(g, "", "for all", "for select", "for select", "for insert", "for update", "for delete")
	using, check := g.chance(85), g.chance(30)
	switch cmd {
	case "for insert":
		using, check = g.chance(3), g.chance(97)
	case "for select", "for delete":
		using, check = g.chance(95), g.chance(3)
	}
	out := line("create policy", quote(name), "on", g.sql(t.name), g.maybe(15, "as "+one(g, "restrictive", "permissive")), cmd, g.maybe(70, "to "+g.policyRoles()))
	if using {
		out += " using (" + g.condition(t, 2) + ")"
	}
	if check {
		out += " with check (" + g.condition(t, 2) + ")"
	}
	return out
}

func (g *Generator) policyRoles() string {
	if g.chance(20) {
		return g.grantee() + ", " + g.role()
	}
	return g.grantee()
}

func (g *Generator) alterPolicy() string {
	t := g.table()
	head := line("alter policy", quote(g.existing(t.policies, objectNames)), "on", g.sql(t.name))
	return line(head, one(g, "rename to "+quote(one(g, objectNames...)), "to "+g.policyRoles(), "using ("+g.condition(t, 2)+")",
		"with check ("+g.condition(t, 2)+")", "to "+g.policyRoles()+" using ("+g.condition(t, 2)+")"))
}

func (g *Generator) dropPolicy() string {
	t := g.table()
	return line("drop policy", g.maybe(50, "if exists"), quote(g.existing(t.policies, objectNames)), "on", g.sql(t.name))
}

func (g *Generator) createPublication() string {
	name := one(g, publications...)
	g.publications = append(g.publications, name)
	if g.chance(40) {
		return line("drop publication", g.maybe(60, "if exists"), quote(name), g.maybe(20, "cascade"))
	}
	return line("create publication", quote(name), one(g, "", "", "for all tables", "for table "+g.publishedTable(), "for table "+g.publishedTable(), "for tables in schema "+quote(g.schemaName())),
		g.maybe(20, "with ("+g.publicationOption()+")"))
}

func (g *Generator) publishedTable() string {
	t := g.table()
	out := line(g.maybe(5, "only"), g.sql(t.name))
	if g.chance(6) {
		out += " (" + quote(g.column(t).name) + ")"
	}
	if g.chance(4) {
		out += " where (" + g.condition(t, 1) + ")"
	}
	return out
}

func (g *Generator) publicationOption() string {
	return one(g, "publish = 'insert, update'", "publish = 'insert,update,delete,truncate'", "publish_via_partition_root = true", "publish_via_partition_root", "publish = 'nothing'", "publish = ''")
}

func (g *Generator) publication() string {
	head := line("alter publication", quote(g.existing(g.publications, publications)))
	switch g.r.IntN(10) {
	case 0, 1, 2, 3:
		return line(head, "add table", g.publishedTable(), g.maybe(15, ", "+g.publishedTable()))
	case 4:
		return line(head, "drop table", g.sql(g.table().name))
	case 5:
		return line(head, "set table", g.publishedTable(), g.maybe(40, ", "+g.publishedTable()))
	case 6:
		return line(head, "set ("+g.publicationOption()+")")
	case 7:
		return line(head, "owner to", g.role())
	case 8:
		return line(head, "rename to", quote(one(g, publications...)))
	}
	return line(head, one(g, "add", "drop", "set"), "tables in schema", quote(g.schemaName()))
}

// createRole gives no role BYPASSRLS: the platform lets its migrator do that,
// and the plain server of the tests does not. The same goes for alterRole.
func (g *Generator) createRole() string {
	name := one(g, roleNames...)
	if g.chance(25) {
		return line("drop role", g.maybe(50, "if exists"), quote(name))
	}
	g.roles = append(g.roles, name)
	return line("create role", quote(name), one(g, "", "nologin", "login noinherit", "nobypassrls", "createdb", "superuser", "in role authenticated", "role postgres", "login password 'x'"))
}

func (g *Generator) alterRole() string {
	return line("alter role", g.role(), one(g, "noinherit", "createrole", "superuser", "login",
		"set statement_timeout = '3s'", "set search_path = public, app", "reset all", "reset statement_timeout", "rename to "+quote(one(g, roleNames...)), "set app.tenant = 'x'"))
}

func (g *Generator) membership() string {
	if g.chance(35) {
		return line("revoke", g.maybe(20, "admin option for"), g.role(), "from", g.role(), g.cascade())
	}
	return line("grant", g.role(), "to", g.role(), g.maybe(20, "with admin option"))
}

// object is what privileges are granted on, and which.
func (g *Generator) object() (privileges, on string) {
	t := g.table()
	switch g.r.IntN(12) {
	case 0:
		return one(g, "usage", "create", "all", "usage, create"), "schema " + quote(g.schemaName())
	case 1, 2:
		f := g.function()
		return one(g, "execute", "all", "all privileges"), one(g, f.kind, "function", "routine") + " " + g.called(f)
	case 3:
		return one(g, privilegeList...), "all tables in schema " + quote(g.schemaName())
	case 4:
		return one(g, "execute", "all"), "all " + one(g, "functions", "routines", "procedures") + " in schema " + quote(g.schemaName())
	case 5:
		return one(g, "usage", "all", "select", "usage, select"), "all sequences in schema " + quote(g.schemaName())
	case 6:
		return one(g, "usage", "select", "all", "update"), "sequence " + g.sql(g.existingName(g.sequences, objectNames))
	case 7:
		return one(g, "usage", "all"), "type " + g.sql(g.enum().name)
	case 8:
		c := []string{quote(g.column(t).name)}
		if g.chance(40) {
			c = append(c, quote(g.column(t).name))
		}
		return one(g, "select", "update", "insert", "references", "all") + " (" + strings.Join(c, ", ") + ")", line(g.maybe(50, "table"), g.sql(t.name))
	case 9:
		return one(g, privilegeList...), line(g.maybe(50, "table"), g.sql(g.existingName(g.views, relationNames)))
	}
	return one(g, privilegeList...), line(g.maybe(60, "table"), g.sql(t.name), g.maybe(10, ", "+g.sql(g.table().name)))
}

func (g *Generator) grant() string {
	privileges, on := g.object()
	return line("grant", privileges, "on", on, "to", g.policyRoles(), g.maybe(8, "with grant option"))
}

func (g *Generator) revoke() string {
	privileges, on := g.object()
	return line("revoke", g.maybe(8, "grant option for"), privileges, "on", on, "from", g.policyRoles(), g.cascade())
}

func (g *Generator) defaultPrivileges() string {
	kind := one(g, "tables", "tables", "functions", "sequences", "types", "schemas", "routines")
	privileges := map[string][]string{
		"tables": {"select", "all", "insert, update"}, "functions": {"execute", "all"}, "routines": {"execute"},
		"sequences": {"usage", "all", "select"}, "types": {"usage", "all"}, "schemas": {"usage", "create", "all"},
	}[kind]
	action := line("grant", one(g, privileges...), "on", kind, "to", g.grantee(), g.maybe(5, "with grant option"))
	if g.chance(45) {
		action = line("revoke", g.maybe(5, "grant option for"), one(g, privileges...), "on", kind, "from", g.grantee())
	}
	in := ""
	if kind != "schemas" || g.chance(5) {
		in = g.maybe(60, "in schema "+quote(g.schemaName()))
	}
	return line("alter default privileges", g.maybe(25, "for role "+g.role()), in, action)
}

func (g *Generator) schema() string {
	name := one(g, schemaNames...)
	switch g.r.IntN(6) {
	case 0:
		return line("drop schema", g.maybe(50, "if exists"), quote(name), g.cascade())
	case 1:
		return line("alter schema", quote(name), one(g, "owner to "+g.role(), "rename to "+quote(one(g, schemaNames...))))
	}
	g.schemas = append(g.schemas, name)
	return line("create schema", g.maybe(50, "if not exists"), quote(name), g.maybe(15, "authorization "+g.role()))
}

func (g *Generator) session() string {
	return one(g, "set search_path = public", "set search_path to app, public", "reset search_path", "reset role",
		one(g, "reset role", "set role "+g.role()), "set search_path = "+quote(g.schemaName())+", public", "reset search_path", "reset role", "reset all")
}

func (g *Generator) rename() string {
	t := g.table()
	to := one(g, relationNames...)
	old := g.sql(t.name)
	t.name.Name = to
	return line("alter table", old, "rename to", quote(to))
}

func (g *Generator) owner() string {
	return line("alter", one(g, "table "+g.sql(g.table().name), "view "+g.sql(g.existingName(g.views, relationNames)),
		"sequence "+g.sql(g.existingName(g.sequences, objectNames)), "schema "+quote(g.schemaName()), "type "+g.sql(g.enum().name)), "owner to", g.role())
}

func (g *Generator) move() string {
	t := g.table()
	to := g.schemaName()
	old := g.sql(t.name)
	t.name = catalog.Name{Schema: to, Name: t.name.Name}
	return line("alter table", old, "set schema", quote(to))
}
