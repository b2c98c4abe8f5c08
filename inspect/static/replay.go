package static

import (
	"fmt"
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/guard"
	"policylint/inspect/static/platform"
	"policylint/inspect/static/source"
)

// replay is the model server: a catalog and one session on it.
type replay struct {
	cat *catalog.Catalog
	session
	at       catalog.Origin // the statement being replayed
	text     string         // its text, "" where it was made up
	base     int            // what the locations in its nodes count from: the text begins there
	platform bool           // replaying the platform itself, before the first migration
	variant  platform.Variant
	version  int  // of the server, 0 when not known
	dump     bool // the file is one that pg_dump wrote; see dump.go
	// noDefaults: the dump grants all that was granted, by default privileges
	// too, and those of the platform would give what the server had not.
	noDefaults bool
	block      []mark // the transaction block: BEGIN and its savepoints
	prepared   map[string]*pg.PrepareStmt
	code       *interp                    // the DO block or function being run, nil outside
	parsed     map[string]*pg.ParseResult // texts within code
	ahead      *ahead                     // of the statement being replayed, nil if there is nothing
	defaults   map[argument]*pg.Node      // of arguments of functions

	commands       []guard.Command // of the statement whose event triggers are running
	firing         int             // event triggers running within each other
	platformEvents []string        // names of the platform's event triggers

	deps dependencies // what expressions and queries refer to

	// What was worked out before, for as long as it holds.
	acts     acting
	columns  map[catalog.Name][]rowColumn // of tables, see tableColumns
	builtins map[catalog.Name][]*routine
	acls     map[aclKey]catalog.ACL
	literals map[string]expr.Expr // see literal

	startErrors []error // what of the platform could not be replayed
}

// file replays one file. The Supabase CLI resets the settings of the session
// between files (supabase/cli, pkg/migration/apply.go), and other tools open a
// new one.
func (r *replay) file(f *source.File) {
	r.cat.Source.Files++
	r.cat.Gaps = append(r.cat.Gaps, f.Gaps...)
	r.cat.Directives = append(r.cat.Directives, f.Directives...)
	r.resetAll()
	for _, s := range f.Statements {
		r.cat.Source.Statements++
		if s.Data != nil {
			r.cat.Source.Statements += s.Data.Repeats
		}
		r.statement(s)
	}
	r.endFile()
}

// statement replays one statement and records what the server would say. One
// that is refused leaves nothing behind.
func (r *replay) statement(s source.Statement) {
	r.at, r.text, r.base = s.Origin, s.SQL, s.Base
	r.ahead, _ = s.Ahead.(*ahead)
	if s.Err != nil {
		r.cat.Failures = append(r.cat.Failures, catalog.Failure{SQLState: s.Err.State, Message: s.Err.Message, Syntax: s.Err.Syntax(), Origin: s.ErrAt})
		return
	}
	if s.Node.GetTransactionStmt() != nil {
		if err := r.run(s); err != nil {
			r.fail(err)
		}
		return
	}
	m := r.cat.Savepoint()
	if err := r.run(s); err != nil {
		r.cat.Rollback(m)
		r.fail(err)
		r.keepAssumed()
	} else {
		r.cat.Release(m)
	}
	if !r.inBlock() {
		r.endLocal()
	}
}

// keepAssumed puts the tables back that a refused statement took to exist:
// they are reported already.
func (r *replay) keepAssumed() {
	for n := range r.assumed {
		if _, taken := r.cat.Relation(n); !taken && !r.dropped[n] {
			r.putAssumed(n)
		}
	}
}

// fail records that the server would refuse the present statement. Replay goes
// on behind it: the rest of the file is still worth judging.
func (r *replay) fail(err *sqlError) {
	if r.dump {
		r.tolerate(err)
		return
	}
	at := r.at
	if !err.at.IsZero() {
		at = err.at
	}
	r.cat.Failures = append(r.cat.Failures, catalog.Failure{SQLState: err.state, Message: err.message, Object: err.object, Origin: at})
}

// gap records something that could not be taken in, once for all turns of a
// loop.
func (r *replay) gap(o catalog.Ref, format string, args ...any) {
	g := catalog.Gap{Reason: fmt.Sprintf(format, args...), Object: o, Origin: r.at}
	if !slices.Contains(r.cat.Gaps[max(0, len(r.cat.Gaps)-8):], g) {
		r.cat.Gaps = append(r.cat.Gaps, g)
	}
}

// change records a step of an object's history.
func (r *replay) change(o catalog.Ref, what, before, after string) {
	r.cat.Changes = append(r.cat.Changes, catalog.Change{Object: o, What: what, Before: before, After: after, Origin: r.at})
}

// A sqlError is what the server would refuse a statement with.
type sqlError struct {
	state   string // SQLSTATE
	message string // as the server words it, without "ERROR:"
	object  catalog.Ref
	at      catalog.Origin // the statement within code that is refused; zero outside of code
}

// Error is the message with its SQLSTATE.
func (e *sqlError) Error() string { return e.message + " (" + e.state + ")" }

func errf(state, format string, args ...any) *sqlError {
	return &sqlError{state: state, message: fmt.Sprintf(format, args...)}
}

func (e *sqlError) about(o catalog.Ref) *sqlError { e.object = o; return e }

// strings of a list of String nodes, such as a qualified name.
func names(list []*pg.Node) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = n.GetString_().GetSval()
	}
	return out
}
