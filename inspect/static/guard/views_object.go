package guard

import (
	"strings"

	"policylint/inspect/catalog"
)

var indexViews = map[string]*view{
	"pg_catalog.pg_indexes": {
		cols: []string{"schemaname", "tablename", "indexname"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachIndex(func(on catalog.Name, i *catalog.Index, maybe bool) { add(maybe, on.Schema, on.Name, i.Name) })
			e.doubtfulTables(func(n catalog.Name, key Value) { add(true, n.Schema, n.Name, key) })
			for _, s := range e.elsewhere() {
				add(true, s, ghost, ghost)
			}
		},
	},
	"pg_catalog.pg_index": {
		cols: []string{"indexrelid", "indrelid", "indisunique", "indisprimary", "indisvalid"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachIndex(func(on catalog.Name, i *catalog.Index, maybe bool) {
				add(maybe, class(catalog.Name{Schema: on.Schema, Name: i.Name}), class(on), i.Unique, i.Primary, i.Valid)
			})
			e.doubtfulTables(func(n catalog.Name, _ Value) { add(true, Value{}, class(n)) })
		},
	},
	"pg_catalog.pg_trigger": {
		cols: []string{"tgname", "tgrelid", "tgisinternal", "oid", "tgfoid"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachTrigger(func(on catalog.Name, g *catalog.Trigger, maybe bool) {
				add(maybe, g.Name, class(on), false, object("trigger", on, g.Name), object("proc", g.Function, ""))
			})
			for t := range e.Cat.Tables.All() { // those of foreign keys have made-up names
				add(true, partly("RI_ConstraintTrigger_"+Hole), class(t.Name), true)
				if t.Unsure != 0 {
					add(true, Value{}, class(t.Name), false)
				}
			}
		},
	},
	"information_schema.triggers": {
		cols: []string{"trigger_schema", "trigger_name", "event_object_schema", "event_object_table", "event_manipulation", "action_timing"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachTrigger(func(on catalog.Name, g *catalog.Trigger, maybe bool) {
				for _, event := range g.Events {
					if event != "truncate" {
						add(maybe, on.Schema, g.Name, on.Schema, on.Name, strings.ToUpper(event), strings.ToUpper(g.Timing))
					}
				}
			})
			for _, s := range e.elsewhere() {
				add(true, s, ghost, s, ghost)
			}
		},
	},
}

func (e *Env) eachTrigger(f func(on catalog.Name, g *catalog.Trigger, maybe bool)) {
	for t := range e.Cat.Tables.All() {
		for _, g := range t.Triggers {
			f(t.Name, g, t.Unsure != 0)
		}
	}
	for v := range e.Cat.Views.All() {
		for _, g := range v.Triggers {
			f(v.Name, g, v.Unsure != 0)
		}
	}
}

var policyViews = map[string]*view{
	"pg_catalog.pg_policies": {
		cols: []string{"schemaname", "tablename", "policyname", "permissive", "roles", "cmd", "qual", "with_check"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachPolicy(func(t *catalog.Table, p *catalog.Policy, maybe bool) {
				if p == nil {
					add(true, t.Name.Schema, t.Name.Name)
					return
				}
				permissive := "PERMISSIVE"
				if !p.Permissive {
					permissive = "RESTRICTIVE"
				}
				qual, check := any(null), any(null)
				if p.Using != nil {
					qual = Value{}
				}
				if p.Check != nil {
					check = Value{}
				}
				add(maybe, t.Name.Schema, t.Name.Name, p.Name, permissive, p.Roles, strings.ToUpper(string(p.Command)), qual, check)
			})
		},
	},
	"pg_catalog.pg_policy": {
		cols: []string{"polname", "polrelid", "oid", "polcmd", "polpermissive"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachPolicy(func(t *catalog.Table, p *catalog.Policy, maybe bool) {
				if p == nil {
					add(true, Value{}, class(t.Name))
					return
				}
				cmd := map[catalog.Command]string{
					catalog.ForAll: "*", catalog.ForSelect: "r", catalog.ForInsert: "a", catalog.ForUpdate: "w", catalog.ForDelete: "d",
				}[p.Command]
				add(maybe, p.Name, class(t.Name), object("policy", t.Name, p.Name), cmd, p.Permissive)
			})
		},
	},
}

// eachPolicy calls f for every policy, and with none for a table that may have
// others.
func (e *Env) eachPolicy(f func(t *catalog.Table, p *catalog.Policy, maybe bool)) {
	for t := range e.tables("schemaname", "tablename") {
		for p := range t.Policies() {
			f(t, p, t.Unsure.Any(catalog.Existence|catalog.Policies) || doubtful(p.Unsure))
		}
		if t.Assumed || t.Unsure.Any(catalog.Policies) {
			f(t, nil, true)
		}
	}
}

var publicationViews = map[string]*view{
	"pg_catalog.pg_publication": {
		cols: []string{"pubname", "oid", "pubowner", "puballtables", "pubinsert", "pubupdate", "pubdelete", "pubtruncate", "pubviaroot"},
		rows: func(e *Env, add func(bool, ...any)) {
			for p := range e.Cat.Publications.All() {
				var ins, upd, del, trunc any = Value{}, Value{}, Value{}, Value{}
				if a := p.Publish; a.Known {
					ins, upd, del, trunc = a.Value.Insert, a.Value.Update, a.Value.Delete, a.Value.Truncate
				}
				add(doubtful(p.Unsure), p.Name, object("publication", in(p.Name), ""), role(p.Owner), fact(p.AllTables), ins, upd, del, trunc, fact(p.ViaRoot))
			}
		},
	},
	"pg_catalog.pg_publication_tables": {
		cols: []string{"pubname", "schemaname", "tablename"},
		rows: func(e *Env, add func(bool, ...any)) {
			for p := range e.Cat.Publications.All() {
				if name, ok := e.want["pubname"]; ok && name != p.Name {
					continue
				}
				for t := range e.tables("schemaname", "tablename") {
					switch f := e.Cat.Publishes(p, t); {
					case !f.Known:
						add(true, p.Name, t.Name.Schema, t.Name.Name)
					case f.Value:
						if e.listed(p, t) {
							add(doubtful(t.Unsure) || p.Unsure.Any(catalog.Existence|catalog.Members), p.Name, t.Name.Schema, t.Name.Name)
						}
					}
				}
				if p.AllTables.Value || !p.AllTables.Known || p.Unsure.Any(catalog.Members) {
					for _, s := range e.elsewhere() {
						add(true, p.Name, s, ghost)
					}
				}
			}
		},
	},
	"pg_catalog.pg_publication_rel": {
		cols: []string{"prpubid", "prrelid"},
		rows: func(e *Env, add func(bool, ...any)) {
			for p := range e.Cat.Publications.All() {
				for _, m := range p.Members {
					add(p.Unsure.Any(catalog.Existence|catalog.Members), object("publication", in(p.Name), ""), class(m.Table))
				}
				if p.Unsure.Any(catalog.Members) {
					add(true, object("publication", in(p.Name), ""))
				}
			}
		},
	},
	"pg_catalog.pg_publication_namespace": {
		cols: []string{"pnpubid", "pnnspid"},
		rows: func(e *Env, add func(bool, ...any)) {
			for p := range e.Cat.Publications.All() {
				for _, s := range p.Schemas {
					add(p.Unsure.Any(catalog.Existence|catalog.Members), object("publication", in(p.Name), ""), namespace(s.Schema))
				}
			}
		},
	},
}

// listed reports whether pg_publication_tables shows a partitioned table or
// partition itself: leaves, or with publish_via_partition_root the roots
// (PostgreSQL docs: CREATE PUBLICATION).
func (e *Env) listed(p *catalog.Publication, t *catalog.Table) bool {
	if !p.ViaRoot.Is(true) {
		return t.Kind != catalog.Partitioned
	}
	parent, ok := e.Cat.Tables.Get(t.PartitionOf)
	return !ok || !e.Cat.Publishes(p, parent).Is(true)
}
