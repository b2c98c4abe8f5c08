package difftest

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// world is what is probably there.
type world struct {
	schemas, roles, publications []string
	tables                       []*table
	views, sequences, indexes    []catalog.Name
	enums                        []*enum
	functions                    []*function
	others                       []catalog.Name // composite types and domains
}

func (w world) clone() world {
	c := w
	c.schemas, c.roles, c.publications = slices.Clone(w.schemas), slices.Clone(w.roles), slices.Clone(w.publications)
	c.views, c.sequences, c.indexes = slices.Clone(w.views), slices.Clone(w.sequences), slices.Clone(w.indexes)
	c.enums, c.functions, c.others = slices.Clone(w.enums), slices.Clone(w.functions), slices.Clone(w.others)
	c.tables = make([]*table, len(w.tables))
	for i, t := range w.tables {
		x := *t
		x.columns, x.policies = slices.Clone(t.columns), slices.Clone(t.policies)
		x.triggers, x.constraints = slices.Clone(t.triggers), slices.Clone(t.constraints)
		c.tables[i] = &x
	}
	return c
}

type table struct {
	name                            catalog.Name
	columns                         []column
	policies, triggers, constraints []string
	partitioned, hasDefault         bool
}

type column struct{ name, typ string }

type enum struct {
	name   catalog.Name
	labels []string
}

type function struct {
	name    catalog.Name
	args    string // types
	returns string
	kind    string
}

// names to choose from: few, so that they collide; some that have to be
// quoted, and one that is cut off with what is appended to it.
var (
	relationNames = []string{
		"tickets", "users", "members", "Order", "select", "a.b", "x y", "über", `q"t`, "attachments", "notes",
		"a_table_with_a_very_long_name_that_leaves_no_room_for_suffixes",
	}
	columnNames   = []string{"id", "owner_id", "title", "status", "total", "active", "data", "created_at", "Mixed", "user", "org id", "tags"}
	objectNames   = []string{"one", "two", "Three", "is_admin", "touch", "read own", "write; --", "p", "idx", "key", "\U0001f600"}
	schemaNames   = []string{"app", "private", "My App"}
	roleNames     = []string{"agent", "Team Lead", "reporting"}
	publications  = []string{"supabase_realtime", "cdc", "My Pub"}
	columnTypes   = []string{"bigint", "integer", "text", "uuid", "boolean", "timestamptz", "jsonb", "numeric(10,2)", "varchar(20)", "text[]", "date"}
	privilegeList = []string{"select", "insert", "update", "delete", "all", "select, update", "truncate", "references, trigger"}
)

// one picks one of the alternatives.
func one[T any](g *Generator, of ...T) T { return of[g.r.IntN(len(of))] }

// chance is true in so many of a hundred cases.
func (g *Generator) chance(percent int) bool { return g.r.IntN(100) < percent }

// maybe is the text in so many of a hundred cases.
func (g *Generator) maybe(percent int, text string) string {
	if g.chance(percent) {
		return text
	}
	return ""
}

func quote(s string) string { return catalog.Quote(s) }

// line joins words with single blanks, leaving out the empty ones.
func line(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), " ")
}

func (g *Generator) schemaName() string {
	if g.chance(1) {
		return one(g, schemaNames...)
	}
	if g.chance(70) {
		return "public"
	}
	return one(g, g.schemas...)
}

// fresh is a name for something new.
func (g *Generator) fresh(of []string) catalog.Name {
	return catalog.Name{Schema: g.schemaName(), Name: one(g, of...)}
}

// sql writes a name, without its schema where the search path mostly finds it.
func (g *Generator) sql(n catalog.Name) string {
	if n.Schema == "public" && g.chance(50) {
		return quote(n.Name)
	}
	return n.SQL()
}

// table picks one that is probably there; sometimes one that is not, or a
// table of the platform, and nil when there is none.
func (g *Generator) table() *table {
	if len(g.tables) == 0 || g.chance(2) {
		g.missing = len(g.tables) == 0
		return &table{name: g.fresh(relationNames), columns: []column{{"id", "bigint"}}}
	}
	if g.chance(1) {
		return &table{name: one(g, catalog.Name{Schema: "auth", Name: "users"}, catalog.Name{Schema: "storage", Name: "objects"}), columns: []column{{"id", "uuid"}}}
	}
	return one(g, g.tables...)
}

func (g *Generator) column(t *table) column {
	if len(t.columns) == 0 || g.chance(2) {
		return column{one(g, columnNames...), "text"}
	}
	return one(g, t.columns...)
}

// columnOf picks a column of a type that begins so.
func (g *Generator) columnOf(t *table, typ string) (column, bool) {
	var of []column
	for _, c := range t.columns {
		if strings.HasPrefix(c.typ, typ) {
			of = append(of, c)
		}
	}
	if len(of) == 0 {
		return column{}, false
	}
	return one(g, of...), true
}

func (g *Generator) role() string {
	if g.chance(1) {
		return quote(one(g, roleNames...))
	}
	return quote(one(g, g.roles...))
}

// grantee is a role, or PUBLIC.
func (g *Generator) grantee() string {
	if g.chance(10) {
		return "public"
	}
	return g.role()
}

// existing picks a name out of a list, or one of the pool.
func (g *Generator) existing(list []string, pool []string) string {
	if len(list) == 0 || g.chance(4) {
		g.missing = len(list) == 0
		return one(g, pool...)
	}
	return one(g, list...)
}

func (g *Generator) existingName(list []catalog.Name, pool []string) catalog.Name {
	if len(list) == 0 || g.chance(4) {
		g.missing = len(list) == 0
		return g.fresh(pool)
	}
	return one(g, list...)
}

// typ is the type of a column: built in, an enum, or rarely one of a table.
func (g *Generator) typ() string {
	switch {
	case len(g.enums) > 0 && g.chance(15):
		return g.sql(one(g, g.enums...).name)
	case len(g.others) > 0 && g.chance(4):
		return g.sql(one(g, g.others...))
	case g.chance(1):
		return "no_such_type"
	}
	return one(g, columnTypes...)
}

// cascade ends a DROP.
func (g *Generator) cascade() string { return one(g, "", "", "cascade", "restrict") }

func without[T comparable](list []T, x T) []T {
	return slices.DeleteFunc(list, func(y T) bool { return x == y })
}
