package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// createEventTrigger replays CREATE EVENT TRIGGER, which is a superuser's. What
// it does at later statements is not followed.
func (r *replay) createEventTrigger(n *pg.CreateEventTrigStmt) *sqlError {
	if !r.superuser() {
		return errf("42501", "permission denied to create event trigger %q", n.Trigname)
	}
	parts := names(n.Funcname)
	if err := r.missingSchema(parts); err != nil {
		return err
	}
	list, certain := r.routines(parts)
	for _, f := range list {
		if len(f.args) == 0 && f.returns != "event_trigger" {
			return errf("42P17", "function %s must return type %s", written(parts), "event_trigger")
		}
	}
	if len(list) == 0 && certain {
		return errf("42883", "function %s() does not exist", written(parts))
	}
	if !r.platform {
		r.gap(catalog.Ref{Kind: "event trigger", Name: n.Trigname}, "what event trigger %s does at later statements is not followed", n.Trigname)
	}
	return nil
}
