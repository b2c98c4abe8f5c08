package hook

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/plpgsql"
)

// An interp is what all runs share.
type interp struct {
	cat    *catalog.Catalog
	opts   Options
	parsed map[parseKey]*prepared
	bodies map[*catalog.Function]*body
	sql    map[*catalog.Function]*sqlBody
}

// A machine is one run.
type machine struct {
	in       *interp
	oracle   *oracle
	steps    int
	role     string // whose privileges count
	frame    *frame
	depth    int
	out      *outcome
	hook     *catalog.Function
	users    [2]*symbol   // the user's id in the event and in its claims
	asked    bool         // a comparison was with one of them
	inserted catalog.Name // the table whose new row is asked for
	// tolerant is above 0 where a null is expected: inside coalesce and IS NULL
	tolerant int
}

// A frame is one call of a function.
type frame struct {
	fn       *catalog.Function
	path     []string // schemas in which names are looked up
	readOnly bool
	code     *plpgsql.Function // nil for SQL
	scope    *plpgsql.Scope
	vars     map[*plpgsql.Decl]*value
	args     []*value
	at       catalog.Origin
	loops    int    // loops around the present statement
	handling *raise // inside an exception handler: what it caught
	result   *value
	returned catalog.Origin
	label    string // of the EXIT or CONTINUE under way
	outs     []*plpgsql.Decl
	found    *plpgsql.Decl
	declared map[*plpgsql.Decl]string // types, by variable
}

// An outcome is how one run ended, and what it did on the way.
type outcome struct {
	value      *value
	raised     *raise
	digest     *digest
	input      *node // the event's claims
	event      *node
	returned   catalog.Origin
	infeasible bool
	unforeseen bool // an error was made up, to see what its handler does
	reads      []Access
	writes     []Access
	calls      []Call
	noEffects  []NoEffect
	rows       []Rows
	oddities   []Oddity
	unknown    []Unknown
	facts      []fact
}

// A raise is an error on its way up.
type raise struct {
	state, message, name string
	deliberate           bool
	vague                bool // which error it is, is not known
	at                   catalog.Origin
}

// infeasible ends a run whose choices contradict each other: another run
// stands for it.
type infeasible struct{}

// lost ends a run that cannot be followed any further.
type lost struct{ reason string }

func (m *machine) choose(n int) int { return m.oracle.choose(n) }

func (m *machine) here() catalog.Origin {
	if m.frame == nil {
		return catalog.Origin{}
	}
	return m.frame.at
}

// fail raises an error of the server.
func (m *machine) fail(state, message string) {
	panic(&raise{state: state, message: message, at: m.here()})
}

// failName raises an error that a name is the cause of.
func (m *machine) failName(state, message, name string) {
	panic(&raise{state: state, message: message, name: name, at: m.here()})
}

// mayFail raises on one of two runs.
func (m *machine) mayFail(state, message string) {
	if m.choose(2) == 1 {
		m.fail(state, message)
	}
}

func (m *machine) unknown(reason string) {
	m.out.unknown = keep(m.out.unknown, Unknown{Reason: reason, At: m.here()})
}

// step counts what is evaluated, to end what would not.
func (m *machine) step() {
	if m.steps++; m.steps > maxSteps {
		panic(lost{"the body does not come to an end"})
	}
}

// run takes one way through the hook.
func (in *interp) run(f *catalog.Function, o *oracle) (out *outcome) {
	m := &machine{in: in, oracle: o, role: catalog.AuthAdmin, hook: f, out: &outcome{}}
	out = m.out
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *raise:
			out.raised = e
		case infeasible:
			out.infeasible = true
		case lost:
			m.unknown(e.reason)
			out.digest = nil
		default:
			panic(e)
		}
	}()
	m.frame = &frame{fn: f, path: in.rolePath(m.role), at: f.Origin}
	m.callable(f)
	event := m.event()
	m.users = [2]*symbol{event.members["user_id"].scalar, event.members["claims"].members["sub"].scalar}
	out.event, out.input = event, event.members["claims"]
	typ := "jsonb"
	if len(f.Args) > 0 && f.Args[0].Type == "json" {
		typ = "json"
	}
	out.value = m.call(f, []*value{document(typ, event)})
	out.digest = m.digest(out.value)
	return out
}

// callable checks what the server checks before Auth's call begins.
func (m *machine) callable(f *catalog.Function) {
	required, first, same := 0, "", 0
	for _, a := range f.Args {
		if !a.Input() {
			continue
		}
		if first == "" {
			first = a.Type
		}
		if !a.Default && a.Mode != catalog.ArgVariadic {
			required++
		}
	}
	if o, ok := m.in.cat.Functions.Get(f.Name); ok {
		for _, x := range o.Functions {
			if s := x.Signature(); s == "jsonb" || s == "json" {
				same++
			}
		}
	}
	switch {
	case f.Kind == catalog.Procedure:
		m.fail("42809", f.Name.String()+"(unknown) is a procedure")
	case first == "" || required > 1:
		m.fail("42883", "function "+f.Name.String()+"(unknown) does not exist")
	case same > 1:
		m.fail("42725", "function "+f.Name.String()+"(unknown) is not unique")
	}
	if m.in.opts.Granted {
		return
	}
	m.maySchema(f.Name.Schema)
	if m.in.cat.MayExecute(m.role, f).Is(false) {
		m.fail("42501", "permission denied for function "+f.Name.Name)
	}
}

func (m *machine) maySchema(schema string) {
	if !m.in.opts.Granted && m.in.cat.MayUseSchema(m.role, schema).Is(false) {
		m.fail("42501", "permission denied for schema "+schema)
	}
}

// rolePath is the search_path that a role logs in with.
func (in *interp) rolePath(role string) []string {
	path := `"$user", public`
	if s, ok := in.cat.Settings.Get(catalog.SettingKey{Role: role, Name: "search_path"}); ok && s.Value.Known {
		path = s.Value.Value
	}
	return schemas(path, role)
}

// schemas splits a search_path.
func schemas(path, role string) []string {
	var out []string
	for s := range strings.SplitSeq(path, ",") {
		s = strings.Trim(strings.TrimSpace(s), `"'`)
		switch s {
		case "":
		case "$user":
			out = append(out, role)
		default:
			out = append(out, s)
		}
	}
	return out
}

// place turns a line and column of a body into a place of its file.
func place(f *catalog.Function, line, column int) catalog.Origin {
	at := catalog.Origin{File: f.BodyAt.File, Line: line, Column: column}
	if f.BodyAt.Line > 0 {
		if line == 1 {
			at.Column += f.BodyAt.Column - 1
		}
		at.Line += f.BodyAt.Line - 1
	}
	return at
}
