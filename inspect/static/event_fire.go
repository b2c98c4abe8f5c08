package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/plpgsql"
	"policylint/inspect/static/guard"
	"policylint/inspect/static/platform"
)

// maxFiring bounds event triggers whose statements fire event triggers.
const maxFiring = 4

// fire runs the event triggers of a statement that was carried out. Those that
// run before it, or at what it drops or rewrites, are not followed.
func (r *replay) fire(n *pg.Node) *sqlError {
	tag := commandTag(n)
	if tag == "" || r.platform || r.superuser() && r.variant != platform.Postgres {
		return nil // supautils runs none for superusers
	}
	for _, e := range slices.Clone(r.events) {
		if e.disabled || len(e.tags) > 0 && !slices.Contains(e.tags, tag) {
			continue
		}
		fn, ok := r.cat.Function(e.function.name, e.function.signature)
		if e.event != "ddl_command_end" || !ok || r.firing >= maxFiring {
			ref := eventTriggerRef(e.name)
			if !slices.ContainsFunc(r.cat.Gaps, func(g catalog.Gap) bool { return g.Object == ref }) {
				r.gap(ref, "what event trigger %s does at statements is not followed", e.name)
			}
			continue
		}
		if err := r.fireOne(e, fn, tag, n); err != nil {
			return err
		}
	}
	return nil
}

func (r *replay) fireOne(e eventTrigger, fn *catalog.Function, tag string, n *pg.Node) *sqlError {
	i := r.topInterp()
	if r.code != nil {
		i.caller, i.depth, i.runs = r.code, r.code.depth+1, r.code.runs
	}
	before, outer := r.commands, r.code
	r.commands = r.commandsOf(tag, n)
	r.firing++
	r.code = i
	defer func() { r.commands, r.code = before, outer; r.firing-- }()
	i.eventVars = map[string]guard.Value{"tg_event": guard.Of(e.event), "tg_tag": guard.Of(tag)}
	run := func() (flow, *sqlError) {
		_, err := i.invoke(fn, &pg.FuncCall{}, nil)
		return flow{}, err
	}
	if !e.maybe {
		_, err := run()
		return err
	}
	_, err := i.fork("it is not known whether event trigger "+e.name+" is there", i.nothing, run)
	return err
}

// setEventVars gives the variables of an event trigger's function their values.
func (i *interp) setEventVars(decls []*plpgsql.Decl) {
	if i.caller == nil {
		return
	}
	for _, d := range decls {
		if v, ok := i.caller.eventVars[d.Name]; ok {
			i.vars[d] = v
		}
	}
}

// commandsOf is what pg_event_trigger_ddl_commands() gives after a statement.
func (r *replay) commandsOf(tag string, n *pg.Node) []guard.Command {
	c := guard.Command{Tag: tag}
	relation := func(v *pg.RangeVar, typ string) []guard.Command {
		rel, name, ok := r.relation(v)
		if ok {
			c.Name, c.Class, c.Type = name, "class", typ
			if rel.Kind == catalog.TableRelation {
				if t, _ := r.cat.Tables.Get(rel.Name); t.Kind == catalog.Foreign {
					c.Type = "foreign table"
				}
			}
		}
		return []guard.Command{c}
	}
	switch n := n.GetNode().(type) {
	case *pg.Node_CreateStmt:
		if n.CreateStmt.IfNotExists && !r.madeHere(n.CreateStmt.Relation) {
			return []guard.Command{}
		}
		return relation(n.CreateStmt.Relation, "table")
	case *pg.Node_CreateForeignTableStmt:
		return relation(n.CreateForeignTableStmt.BaseStmt.Relation, "foreign table")
	case *pg.Node_CreateTableAsStmt:
		if n.CreateTableAsStmt.Objtype == pg.ObjectType_OBJECT_MATVIEW {
			return relation(n.CreateTableAsStmt.Into.Rel, "materialized view")
		}
		return relation(n.CreateTableAsStmt.Into.Rel, "table")
	case *pg.Node_SelectStmt:
		return relation(n.SelectStmt.IntoClause.Rel, "table")
	case *pg.Node_ViewStmt:
		return relation(n.ViewStmt.View, "view")
	case *pg.Node_AlterTableStmt:
		return relation(n.AlterTableStmt.Relation, tableWord(n.AlterTableStmt.Objtype))
	case *pg.Node_CreateFunctionStmt:
		list, _ := r.routines(names(n.CreateFunctionStmt.Funcname))
		for _, f := range list {
			if f.fn != nil && (len(list) == 1 || f.fn.Origin == r.at || f.fn.Body.Origin == r.at) {
				c.Name, c.Signature, c.Class, c.Type = f.name, f.fn.Signature(), "proc", "function"
				if n.CreateFunctionStmt.IsProcedure {
					c.Type = "procedure"
				}
			}
		}
	}
	return []guard.Command{c}
}

// madeHere reports whether the present statement made the table: with IF NOT
// EXISTS it may have been there.
func (r *replay) madeHere(v *pg.RangeVar) bool {
	rel, _, ok := r.relation(v)
	if !ok {
		return false
	}
	t, ok := r.cat.Tables.Get(rel.Name)
	return ok && t.Origin == r.at
}

// guardEvents is what pg_event_trigger has.
func (r *replay) guardEvents() []guard.EventTrigger {
	var out []guard.EventTrigger
	if r.variant != platform.Postgres {
		for _, name := range platform.EventTriggers() {
			out = append(out, guard.EventTrigger{Name: name, Maybe: true})
		}
	}
	for _, e := range r.events {
		out = append(out, guard.EventTrigger{Name: e.name, Event: e.event, Maybe: e.maybe})
	}
	return out
}

func tableWord(t pg.ObjectType) string {
	switch t {
	case pg.ObjectType_OBJECT_VIEW:
		return "view"
	case pg.ObjectType_OBJECT_MATVIEW:
		return "materialized view"
	case pg.ObjectType_OBJECT_INDEX:
		return "index"
	case pg.ObjectType_OBJECT_SEQUENCE:
		return "sequence"
	}
	return "table"
}
