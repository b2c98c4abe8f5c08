package guard

import (
	"iter"

	"policylint/inspect/catalog"
)

// views are the relations of the system catalogs that are answered from the
// model. A row that stands for objects that are not modelled, those of a
// system or platform schema, has the schema and nothing else.
var views map[string]*view

func init() {
	views = map[string]*view{}
	for _, group := range []map[string]*view{relationViews, tableViews, indexViews, policyViews, publicationViews, functionViews, roleViews, platformViews, eventTriggerView} {
		for name, v := range group {
			views[name] = v
		}
	}
}

// ghost is the name of an object that is not modelled: any name that PostgreSQL
// keeps for itself, and so never the one that a migration asks for.
var ghost = partly("pg_" + Hole)

// ghostOf is the Oid of such an object.
func ghostOf(class, schema string) Value {
	return object(class, catalog.Name{Schema: schema, Name: ghost.Text}, "")
}

// elsewhere lists the schemas whose objects are not all modelled.
func (e *Env) elsewhere() []string {
	out := []string{"pg_catalog", "information_schema", "pg_toast"}
	for s := range e.Cat.Schemas.All() {
		if s.Name != "public" && (catalog.PlatformSchema(s.Name) || s.Extension != "") {
			out = append(out, s.Name)
		}
	}
	return out
}

func namespace(name string) Value { return object("namespace", in(name), "") }

func role(f catalog.Fact[string]) Value {
	if !f.Known {
		return Value{}
	}
	return object("role", in(f.Value), "")
}

func class(n catalog.Name) Value { return object("class", n, "") }

// yesNo is a Boolean as information_schema writes it.
func yesNo(b bool) string {
	if b {
		return "YES"
	}
	return "NO"
}

// tables yields the tables, or only those that can be in the rows that are
// wanted, by the columns of their schema and name.
func (e *Env) tables(schema, name string) iter.Seq[*catalog.Table] {
	n, named := e.want[name]
	if !named {
		return e.Cat.Tables.All()
	}
	return func(yield func(*catalog.Table) bool) {
		s, inSchema := e.want[schema]
		for x := range e.Cat.Schemas.All() {
			if inSchema && x.Name != s {
				continue
			}
			if t, ok := e.Cat.Tables.Get(catalog.Name{Schema: x.Name, Name: n}); ok && !yield(t) {
				return
			}
		}
		if t, ok := e.Cat.Tables.Get(catalog.Name{Schema: "pg_temp", Name: n}); ok {
			yield(t)
		}
	}
}

// eachRelation calls f for every relation with its relkind (PostgreSQL docs:
// pg_class).
func (e *Env) eachRelation(f func(n catalog.Name, kind string, owner catalog.Fact[string], maybe bool)) {
	for t := range e.Cat.Tables.All() {
		kind := map[catalog.TableKind]string{catalog.Ordinary: "r", catalog.Partitioned: "p", catalog.Foreign: "f"}[t.Kind]
		f(t.Name, kind, t.Owner, t.Assumed || doubtful(t.Unsure))
	}
	for v := range e.Cat.Views.All() {
		kind := "v"
		if v.Materialized {
			kind = "m"
		}
		f(v.Name, kind, v.Owner, doubtful(v.Unsure))
	}
	for s := range e.Cat.Sequences.All() {
		f(s.Name, "S", s.Owner, doubtful(s.Unsure))
	}
	for t := range e.Cat.Types.All() {
		if t.Kind == catalog.Composite {
			f(t.Name, "c", t.Owner, doubtful(t.Unsure))
		}
	}
	e.eachIndex(func(on catalog.Name, i *catalog.Index, maybe bool) {
		f(catalog.Name{Schema: on.Schema, Name: i.Name}, "i", catalog.Fact[string]{}, maybe)
	})
}

// eachIndex calls f for every index.
func (e *Env) eachIndex(f func(on catalog.Name, i *catalog.Index, maybe bool)) {
	for t := range e.Cat.Tables.All() {
		for _, i := range t.Indexes {
			f(t.Name, i, t.Unsure.Any(catalog.Existence|catalog.Keys))
		}
	}
	for v := range e.Cat.Views.All() {
		for _, i := range v.Indexes {
			f(v.Name, i, doubtful(v.Unsure))
		}
	}
}

var relationViews = map[string]*view{
	"pg_catalog.pg_class": {
		cols: []string{"relnamespace", "oid", "relname", "relkind", "relowner", "relrowsecurity", "relforcerowsecurity", "relreplident", "relpersistence", "relispartition"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachRelation(func(n catalog.Name, kind string, owner catalog.Fact[string], maybe bool) {
				rls, force, identity, persistence, partition := any(false), any(false), any("n"), any("p"), any(false)
				if t, ok := e.Cat.Tables.Get(n); ok {
					rls, force, identity, persistence = fact(t.RLS), fact(t.ForceRLS), identityChar(t), persistenceChar(t)
					partition = t.PartitionOf != catalog.Name{}
				}
				add(maybe, namespace(n.Schema), class(n), n.Name, kind, role(owner), rls, force, identity, persistence, partition)
			})
			for _, s := range e.elsewhere() {
				add(true, namespace(s), ghostOf("class", s), ghost)
			}
		},
	},
	"pg_catalog.pg_namespace": {
		cols: []string{"nspname", "oid", "nspowner"},
		rows: func(e *Env, add func(bool, ...any)) {
			for s := range e.Cat.Schemas.All() {
				add(doubtful(s.Unsure), s.Name, namespace(s.Name), role(s.Owner))
			}
			for _, s := range []string{"information_schema", "pg_catalog", "pg_toast"} {
				add(false, s, namespace(s))
			}
		},
	},
	"information_schema.schemata": {
		cols: []string{"schema_name", "schema_owner"},
		rows: func(e *Env, add func(bool, ...any)) {
			for s := range e.Cat.Schemas.All() {
				add(doubtful(s.Unsure), s.Name, fact(s.Owner))
			}
			for _, s := range []string{"information_schema", "pg_catalog"} {
				add(true, s)
			}
		},
	},
	"pg_catalog.pg_views":    {cols: viewCols, rows: func(e *Env, add func(bool, ...any)) { e.viewRows(false, add) }},
	"pg_catalog.pg_matviews": {cols: []string{"schemaname", "matviewname", "matviewowner"}, rows: func(e *Env, add func(bool, ...any)) { e.viewRows(true, add) }},
	"information_schema.views": {
		cols: []string{"table_schema", "table_name"},
		rows: func(e *Env, add func(bool, ...any)) { e.viewRows(false, names(add)) },
	},
	"pg_catalog.pg_sequences": {
		cols: []string{"schemaname", "sequencename", "sequenceowner"},
		rows: sequenceRows,
	},
	"information_schema.sequences": {
		cols: []string{"sequence_schema", "sequence_name"},
		rows: func(e *Env, add func(bool, ...any)) { sequenceRows(e, names(add)) },
	},
	"pg_catalog.pg_extension": {
		cols: []string{"extname", "oid", "extnamespace", "extversion"},
		rows: func(e *Env, add func(bool, ...any)) {
			for x := range e.Cat.Extensions.All() {
				add(doubtful(x.Unsure), x.Name, object("extension", in(x.Name), ""), namespace(x.Schema), Value{})
			}
		},
	},
}

// names leaves of a row the schema and the name.
func names(add func(bool, ...any)) func(bool, ...any) {
	return func(maybe bool, values ...any) { add(maybe, values[:2]...) }
}

var viewCols = []string{"schemaname", "viewname", "viewowner"}

func (e *Env) viewRows(materialized bool, add func(bool, ...any)) {
	for v := range e.Cat.Views.All() {
		if v.Materialized == materialized {
			add(doubtful(v.Unsure), v.Name.Schema, v.Name.Name, fact(v.Owner))
		}
	}
	for _, s := range e.elsewhere() {
		add(true, s, ghost)
	}
}

func sequenceRows(e *Env, add func(bool, ...any)) {
	for s := range e.Cat.Sequences.All() {
		add(doubtful(s.Unsure), s.Name.Schema, s.Name.Name, fact(s.Owner))
	}
	for _, s := range e.elsewhere() {
		add(true, s, ghost)
	}
}

func identityChar(t *catalog.Table) any {
	if !t.Identity.Known {
		return Value{}
	}
	return map[catalog.IdentityKind]string{
		catalog.IdentityDefault: "d", catalog.IdentityFull: "f", catalog.IdentityNothing: "n", catalog.IdentityIndex: "i",
	}[t.Identity.Value.Kind]
}

func persistenceChar(t *catalog.Table) any {
	if !t.Persistence.Known {
		return Value{}
	}
	return map[catalog.Persistence]string{catalog.Permanent: "p", catalog.Unlogged: "u", catalog.Temporary: "t"}[t.Persistence.Value]
}
