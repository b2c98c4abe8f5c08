package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// An eventTrigger runs a function at statements to come.
type eventTrigger struct {
	name     string
	event    string   // such as ddl_command_end
	tags     []string // of WHEN TAG IN, empty for all
	function signed
	disabled bool
	maybe    bool // it is not known whether it is there
}

// createEventTrigger replays CREATE EVENT TRIGGER. On the platform the
// migrator may, as if it were a superuser (supautils: event_triggers.c).
func (r *replay) createEventTrigger(n *pg.CreateEventTrigStmt) *sqlError {
	if !r.superuser() && !r.makesEventTriggers() {
		return errf("42501", "permission denied to create event trigger %q", n.Trigname)
	}
	if !slices.Contains([]string{"ddl_command_start", "ddl_command_end", "sql_drop", "table_rewrite"}, n.Eventname) {
		return errf("42601", "unrecognized event name %q", n.Eventname)
	}
	made := eventTrigger{name: n.Trigname, event: n.Eventname}
	for _, w := range n.Whenclause {
		for _, v := range w.GetDefElem().GetArg().GetList().GetItems() {
			made.tags = append(made.tags, v.GetString_().GetSval())
		}
	}
	if r.eventTriggerAt(n.Trigname) >= 0 || r.platformEvent(n.Trigname) {
		return errf("42710", "event trigger %q already exists", n.Trigname).about(eventTriggerRef(n.Trigname))
	}
	parts := names(n.Funcname)
	if err := r.missingSchema(parts); err != nil {
		return err
	}
	list, certain := r.routines(parts)
	for _, f := range list {
		if len(f.args) > 0 {
			continue
		}
		if f.returns != "event_trigger" {
			return errf("42P17", "function %s must return type %s", written(parts), "event_trigger")
		}
		made.function = signed{f.name, f.signature()}
	}
	if len(list) == 0 && certain {
		return errf("42883", "function %s() does not exist", written(parts))
	}
	if r.platform {
		r.platformEvents = append(r.platformEvents, made.name)
		return nil
	}
	r.events = append(slices.Clone(r.events), made)
	return nil
}

// makesEventTriggers reports whether the platform lends the session the right.
func (r *replay) makesEventTriggers() bool {
	return r.privileged()
}

// platformEvent reports whether the platform has an event trigger of that
// name, which is Admin's.
func (r *replay) platformEvent(name string) bool {
	return slices.Contains(r.platformEvents, name) || r.variant != platform.Postgres && slices.Contains(platform.EventTriggers(), name)
}

func eventTriggerRef(name string) catalog.Ref { return catalog.Ref{Kind: "event trigger", Name: name} }

func (r *replay) eventTriggerAt(name string) int {
	return slices.IndexFunc(r.events, func(e eventTrigger) bool { return e.name == name })
}

// ownEventTrigger finds an event trigger that is to be changed or dropped.
func (r *replay) ownEventTrigger(name string) (int, *sqlError) {
	at := r.eventTriggerAt(name)
	switch {
	case at >= 0:
		return at, nil
	case r.platformEvent(name):
		return -1, errf("42501", "must be owner of event trigger %s", name)
	}
	return -1, errf("42704", "event trigger %q does not exist", name).about(eventTriggerRef(name))
}

// alterEventTrigger replays ALTER EVENT TRIGGER … ENABLE and DISABLE.
func (r *replay) alterEventTrigger(n *pg.AlterEventTrigStmt) *sqlError {
	at, err := r.ownEventTrigger(n.Trigname)
	if err != nil {
		return err
	}
	r.events = slices.Clone(r.events)
	r.events[at].disabled = n.Tgenabled == "D" || n.Tgenabled == "R" // a replica's runs only where changes are applied
	return nil
}

// renameEventTrigger replays ALTER EVENT TRIGGER … RENAME.
func (r *replay) renameEventTrigger(n *pg.RenameStmt) *sqlError {
	at, err := r.ownEventTrigger(n.Object.GetString_().GetSval())
	if err != nil {
		return err
	}
	if r.eventTriggerAt(n.Newname) >= 0 {
		return errf("42710", "event trigger %q already exists", n.Newname)
	}
	r.events = slices.Clone(r.events)
	r.events[at].name = n.Newname
	return nil
}

// dropEventTrigger finds what DROP EVENT TRIGGER names.
func (r *replay) dropEventTrigger(n *pg.DropStmt, name string) (*object, *sqlError) {
	if _, err := r.ownEventTrigger(name); err != nil {
		if n.MissingOk && err.state == "42704" {
			return nil, notice()
		}
		return nil, err
	}
	return &object{anEventTrigger, catalog.Name{Name: name}, ""}, nil
}

// eventTriggersOf are those that run a function.
func (r *replay) eventTriggersOf(o object) []edge {
	var out []edge
	for _, e := range r.events {
		if e.function == (signed{o.name, o.sub}) {
			out = append(out, edge{object{anEventTrigger, catalog.Name{Name: e.name}, ""}, false})
		}
	}
	return out
}

func (r *replay) deleteEventTrigger(name string) {
	r.events = slices.DeleteFunc(slices.Clone(r.events), func(e eventTrigger) bool { return e.name == name })
}

// moveEventTriggers follows functions to their new names.
func (r *replay) moveEventTriggers(m *moves) {
	if len(r.events) == 0 || len(m.functions) == 0 {
		return
	}
	r.events = slices.Clone(r.events)
	for i, e := range r.events {
		r.events[i].function.name = m.function(e.function.name, e.function.signature)
	}
}

// meetEvents is what two courses of a branch leave behind: an event trigger
// that only one of them has may be there or not.
func meetEvents(a, b []eventTrigger) []eventTrigger {
	var out []eventTrigger
	for _, list := range [][]eventTrigger{a, b} {
		for _, e := range list {
			has := func(x eventTrigger) bool { return x.name == e.name }
			if slices.ContainsFunc(out, has) {
				continue
			}
			i, j := slices.IndexFunc(a, has), slices.IndexFunc(b, has)
			e.maybe = e.maybe || i < 0 || j < 0 || a[i].disabled != b[j].disabled || a[i].maybe || b[j].maybe
			e.disabled = e.disabled && i >= 0 && j >= 0 && a[i].disabled && b[j].disabled
			out = append(out, e)
		}
	}
	return out
}
