package guard

import (
	"policylint/inspect/catalog"
)

var tableViews = map[string]*view{
	"pg_catalog.pg_tables": {
		cols: []string{"schemaname", "tablename", "tableowner", "rowsecurity", "hasindexes", "hastriggers"},
		rows: func(e *Env, add func(bool, ...any)) {
			for t := range e.tables("schemaname", "tablename") {
				if t.Kind != catalog.Foreign {
					add(t.Assumed || doubtful(t.Unsure), t.Name.Schema, t.Name.Name, fact(t.Owner), fact(t.RLS), Value{}, Value{})
				}
			}
			for _, s := range e.elsewhere() {
				add(true, s, ghost, ghost)
			}
		},
	},
	"information_schema.tables": {
		cols: []string{"table_schema", "table_name", "table_type"},
		rows: func(e *Env, add func(bool, ...any)) {
			for t := range e.tables("table_schema", "table_name") {
				typ := "BASE TABLE"
				if t.Kind == catalog.Foreign {
					typ = "FOREIGN"
				}
				add(t.Assumed || doubtful(t.Unsure), t.Name.Schema, t.Name.Name, typ)
			}
			for v := range e.Cat.Views.All() {
				if !v.Materialized {
					add(doubtful(v.Unsure), v.Name.Schema, v.Name.Name, "VIEW")
				}
			}
			for _, s := range e.elsewhere() {
				add(true, s, ghost, ghost)
			}
		},
	},
	"information_schema.columns": {
		cols: []string{"table_schema", "table_name", "column_name", "ordinal_position", "is_nullable", "data_type", "udt_name", "column_default", "is_identity", "is_generated"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachColumn(func(n catalog.Name, i int, c *catalog.Column, maybe bool) {
				if v, ok := e.Cat.Views.Get(n); ok && v.Materialized {
					return // which the standard does not know
				}
				if c == nil {
					add(true, n.Schema, n.Name)
					return
				}
				def := any(null)
				if c.HasDefault {
					def = Value{}
				}
				generated := "NEVER"
				if c.Generated {
					generated = "ALWAYS"
				}
				add(maybe, n.Schema, n.Name, c.Name, i, yesNo(!c.NotNull), dataType(c.Type), udtName(c.Type), def, yesNo(c.IdentityColumn), generated)
			})
			for _, s := range e.elsewhere() {
				add(true, s, ghost, ghost)
			}
		},
	},
	"pg_catalog.pg_attribute": {
		cols: []string{"attrelid", "attname", "attnum", "attisdropped", "attnotnull", "atthasdef"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachColumn(func(n catalog.Name, i int, c *catalog.Column, maybe bool) {
				if c == nil {
					add(true, class(n))
					return
				}
				add(maybe, class(n), c.Name, Value{}, false, c.NotNull, c.HasDefault)
			})
			for t := range e.Cat.Tables.All() {
				for _, c := range []string{"tableoid", "cmax", "xmax", "cmin", "xmin", "ctid"} {
					add(false, class(t.Name), c, -1, false, true, false)
				}
			}
		},
	},
	"pg_catalog.pg_constraint": {
		cols: []string{"conname", "conrelid", "oid", "connamespace", "contype", "confrelid", "condeferrable"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachConstraint(func(t *catalog.Table, c constraint) {
				ref := any(Of(0))
				if c.refers != (catalog.Name{}) {
					ref = class(c.refers)
				}
				add(t.Assumed || t.Unsure.Any(catalog.Existence|catalog.Keys), c.name, class(t.Name),
					object("constraint", t.Name, c.name), namespace(t.Name.Schema), c.kind, ref, Value{})
			})
			e.doubtfulTables(func(n catalog.Name, key Value) { add(true, key, class(n), Value{}, namespace(n.Schema)) })
			for _, s := range e.elsewhere() {
				add(true, ghost, ghostOf("class", s), Value{}, namespace(s))
			}
		},
	},
	"information_schema.table_constraints": {
		cols: []string{"constraint_schema", "constraint_name", "table_schema", "table_name", "constraint_type"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachConstraint(func(t *catalog.Table, c constraint) {
				typ := map[string]string{"p": "PRIMARY KEY", "u": "UNIQUE", "f": "FOREIGN KEY", "c": "CHECK"}[c.kind]
				if typ != "" {
					add(t.Assumed || t.Unsure.Any(catalog.Existence|catalog.Keys), t.Name.Schema, c.name, t.Name.Schema, t.Name.Name, typ)
				}
			})
			e.doubtfulTables(func(n catalog.Name, key Value) { add(true, n.Schema, key, n.Schema, n.Name) })
			for t := range e.Cat.Tables.All() { // NOT NULL constraints have made-up names
				add(true, t.Name.Schema, partly(Hole+"_not_null"), t.Name.Schema, t.Name.Name, "CHECK")
			}
			for _, s := range e.elsewhere() {
				add(true, s, ghost, s, ghost)
			}
		},
	},
	"information_schema.key_column_usage": {
		cols: []string{"constraint_schema", "constraint_name", "table_schema", "table_name", "column_name", "ordinal_position"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachConstraint(func(t *catalog.Table, c constraint) {
				for i, col := range c.columns {
					if c.kind != "c" && c.kind != "x" {
						add(t.Assumed || t.Unsure.Any(catalog.Existence|catalog.Keys), t.Name.Schema, c.name, t.Name.Schema, t.Name.Name, col, i+1)
					}
				}
			})
			e.doubtfulTables(func(n catalog.Name, key Value) { add(true, n.Schema, key, n.Schema, n.Name) })
			for _, s := range e.elsewhere() {
				add(true, s, ghost, s, ghost)
			}
		},
	},
	"information_schema.constraint_column_usage": {
		cols: []string{"table_schema", "table_name", "column_name", "constraint_schema", "constraint_name"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachConstraint(func(t *catalog.Table, c constraint) {
				n, cols := t.Name, c.columns
				if c.kind == "f" {
					n, cols = c.refers, c.refColumns
				}
				for _, col := range cols {
					add(t.Assumed || t.Unsure.Any(catalog.Existence|catalog.Keys), n.Schema, n.Name, col, t.Name.Schema, c.name)
				}
				if c.kind == "c" {
					add(true, n.Schema, n.Name, Value{}, t.Name.Schema, c.name)
				}
			})
			for _, s := range e.elsewhere() {
				add(true, s, ghost, ghost)
			}
		},
	},
}

// eachColumn calls f for every column of tables and views, counted from one; c
// is nil for a relation of which they are not known.
func (e *Env) eachColumn(f func(n catalog.Name, i int, c *catalog.Column, maybe bool)) {
	for t := range e.tables("table_schema", "table_name") {
		unsure := t.Assumed || t.Unsure.Any(catalog.Existence|catalog.Columns)
		for i, c := range t.Columns {
			f(t.Name, i+1, c, unsure)
		}
		if unsure {
			f(t.Name, 0, nil, true)
		}
	}
	for v := range e.Cat.Views.All() {
		for i, c := range v.Columns {
			f(v.Name, i+1, &catalog.Column{Name: c.Name, Type: c.Type}, doubtful(v.Unsure))
		}
		if v.Columns == nil {
			f(v.Name, 0, nil, true)
		}
	}
}

// doubtfulTables calls f for every table whose keys are not known, with what is
// known of their names: those of an extension's table are not a project's.
func (e *Env) doubtfulTables(f func(n catalog.Name, key Value)) {
	for t := range e.Cat.Tables.All() {
		switch {
		case t.Extension != "" && !t.Assumed && !t.Unsure.Any(catalog.Existence):
			f(t.Name, ghost)
		case t.Assumed || t.Unsure.Any(catalog.Keys):
			f(t.Name, Value{})
		}
	}
}

// A constraint is any constraint of a table.
type constraint struct {
	name, kind string
	columns    []string
	refers     catalog.Name
	refColumns []string
}

func (e *Env) eachConstraint(f func(t *catalog.Table, c constraint)) {
	for t := range e.Cat.Tables.All() {
		if k := t.PrimaryKey; k != nil {
			f(t, constraint{name: k.Name, kind: "p", columns: k.Columns})
		}
		for _, k := range t.Uniques {
			f(t, constraint{name: k.Name, kind: "u", columns: k.Columns})
		}
		for _, k := range t.ForeignKeys {
			f(t, constraint{name: k.Name, kind: "f", columns: k.Columns, refers: k.References, refColumns: k.RefColumns})
		}
		for _, k := range t.Checks {
			f(t, constraint{name: k.Name, kind: "c"})
		}
		for _, x := range t.Excludes {
			f(t, constraint{name: x, kind: "x"})
		}
	}
}
