package static

import (
	"maps"
	"reflect"
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/plpgsql"
	"policylint/inspect/static/guard"
)

// Bounds of following code.
const (
	maxRuns  = 20_000 // statements that one DO block or call runs
	maxTurns = 1_000  // turns of one loop
	maxDepth = 8      // functions calling one another
)

// An interp runs the body of a DO block or of a function.
type interp struct {
	*replay
	vars   map[*plpgsql.Decl]guard.Value
	scope  *plpgsql.Scope
	params []guard.Value // $1 and so on, of EXECUTE … USING or of a SQL function
	caller *interp
	depth  int
	runs   *int // statements run so far, by callers too

	// body is where the body's text begins, and bodyText the text itself; in a
	// function that is called, everything happens at the call.
	body     catalog.Origin
	bodyText string
	inCall   bool

	// handlers are the exception clauses around the present statement.
	handlers []*plpgsql.Block
	// mayRaise are errors that are raised only if a condition that is not
	// known holds, and that a handler would catch.
	mayRaise []*sqlError
	caught   *sqlError // the error being handled

	eventVars map[string]guard.Value // of the event trigger whose function is called
}

// A flow says how a list of statements ended.
type flow struct {
	kind  flowKind
	label string
	value guard.Value // of RETURN
	// maybe is set when it is not known whether it ended so or went on.
	maybe bool
}

type flowKind uint8

const (
	goesOn flowKind = iota
	exits
	continues
	returns
)

// list runs statements one after the other.
func (i *interp) list(stmts []plpgsql.Stmt) (flow, *sqlError) {
	for k, s := range stmts {
		f, err := i.stmt(s)
		if err != nil {
			return flow{}, err
		}
		if f.kind == goesOn {
			continue
		}
		if !f.maybe || k == len(stmts)-1 {
			return f, nil
		}
		_, err = i.fork(undecided, i.nothing, func() (flow, *sqlError) { return i.list(stmts[k+1:]) })
		return f, err
	}
	return flow{}, nil
}

func (i *interp) nothing() (flow, *sqlError) { return flow{}, nil }

// undecided is why what a branch does is in doubt.
const undecided = "it is not known whether a statement of a code block runs"

// A course is where a branch has led.
type course struct {
	flow    flow
	vars    map[*plpgsql.Decl]guard.Value
	session session
}

// fork runs branches of which it is not known which one is taken. One that
// raises an error is left out: the migration is taken to be one that works. An
// error is returned only when all of them do.
func (i *interp) fork(why string, branches ...func() (flow, *sqlError)) (flow, *sqlError) {
	start, before := i.vars, i.session
	courses := make([]*course, len(branches)) // a branch that is run again replaces its own
	var first *sqlError
	wrapped := make([]func() bool, len(branches))
	for k, b := range branches {
		wrapped[k] = func() bool {
			i.vars, i.session = maps.Clone(start), before
			i.assumed, i.dropped = maps.Clone(before.assumed), maps.Clone(before.dropped)
			f, err := b()
			if err != nil {
				if first == nil {
					first = err
				}
				if i.catches(err) {
					i.mayRaise = append(i.mayRaise, err)
				}
				return false
			}
			courses[k] = &course{f, i.vars, i.session}
			return true
		}
	}
	ok := i.cat.Fork(why, i.at, wrapped...)
	i.vars, i.session = start, before
	if !ok {
		return flow{}, first
	}
	return i.meet(slices.DeleteFunc(courses, func(c *course) bool { return c == nil })), nil
}

// meet goes on with what the courses have in common.
func (i *interp) meet(courses []*course) flow {
	out := *courses[0]
	out.vars = maps.Clone(out.vars)
	for _, c := range courses[1:] {
		for d, v := range c.vars {
			if mine, ok := out.vars[d]; ok && !reflect.DeepEqual(mine, v) {
				out.vars[d] = guard.Value{}
			}
		}
		if !slices.Equal(out.session.path, c.session.path) || out.session.user != c.session.user {
			out.session.pathKnown = false
		}
		out.session.events = meetEvents(out.session.events, c.session.events)
		maps.Copy(out.session.assumed, c.session.assumed)
		if out.flow.kind == c.flow.kind && out.flow.label == c.flow.label {
			out.flow.maybe = out.flow.maybe || c.flow.maybe
			if !reflect.DeepEqual(out.flow.value, c.flow.value) {
				out.flow.value = guard.Value{}
			}
			continue
		}
		if out.flow.kind == goesOn {
			out.flow = c.flow
		}
		out.flow.maybe = true
		out.flow.value = guard.Value{}
	}
	i.vars, i.session = out.vars, out.session
	return out.flow
}

// tick counts a statement; it is false when there were too many.
func (i *interp) tick() bool {
	*i.runs++
	if *i.runs == maxRuns {
		i.gap(catalog.Ref{}, "a code block runs more than %d statements; the rest is not followed", maxRuns)
	}
	return *i.runs < maxRuns
}

// span is where a part of the body stands in the file.
func (i *interp) span(from, to int) catalog.Origin {
	if i.inCall || from < 0 || to > len(i.bodyText) || i.bodyText == "" {
		return i.at
	}
	o := i.body
	o.Line, o.Column = advance(i.body, i.bodyText[:from])
	o.EndLine, o.EndColumn = advance(i.body, i.bodyText[:to])
	return o
}

// advance is the place behind a text that begins at o.
func advance(o catalog.Origin, text string) (line, column int) {
	line, column = plpgsql.Position(text, len(text))
	if line == 1 {
		return o.Line, o.Column + column - 1
	}
	return o.Line + line - 1, column
}
