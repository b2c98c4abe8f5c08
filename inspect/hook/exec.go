package hook

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/plpgsql"
)

// A flow is how a statement ended.
type flow int

const (
	onward flow = iota
	exits
	continues
	returns
)

// list runs statements until one leaves.
func (m *machine) list(stmts []plpgsql.Stmt) flow {
	for _, s := range stmts {
		if f := m.exec(s); f != onward {
			return f
		}
	}
	return onward
}

// exec runs one statement.
func (m *machine) exec(s plpgsql.Stmt) flow {
	m.step()
	fr := m.frame
	fr.at = m.placed(s.At())
	switch s := s.(type) {
	case *plpgsql.Block:
		return m.block(s)
	case *plpgsql.If:
		return m.ifStmt(s)
	case *plpgsql.Case:
		return m.caseStmt(s)
	case *plpgsql.Assign:
		m.assign(s)
	case *plpgsql.SQL:
		m.sql(s)
	case *plpgsql.Perform:
		p := m.fragment(s.Query)
		rs := m.statement(m.env(), p)
		m.setFound(len(rs.list) > 0)
		m.evaluate(rs)
	case *plpgsql.Execute:
		m.execute(s)
	case *plpgsql.Return:
		return m.returnStmt(s)
	case *plpgsql.ReturnNext, *plpgsql.ReturnQuery:
		m.unknown("a function that returns a set is not followed")
	case *plpgsql.Raise:
		m.raise(s)
	case *plpgsql.Assert:
		if v := m.expression(s.Cond); !m.truth(v) {
			m.fail("P0004", "assertion failed")
		}
	case *plpgsql.Exit:
		if s.When != nil && !m.truth(m.expression(*s.When)) {
			return onward
		}
		fr.label = s.Label
		if s.Continue {
			return continues
		}
		return exits
	case *plpgsql.GetDiagnostics:
		m.diagnostics(s)
	case *plpgsql.Call:
		m.unknown("CALL and DO are not followed")
	case *plpgsql.Commit, *plpgsql.Rollback:
		m.fail("2D000", "invalid transaction termination")
	case *plpgsql.Null:
	case *plpgsql.Open, *plpgsql.Close:
	case *plpgsql.Fetch:
		m.fetch(s)
	default:
		return m.loop(s)
	}
	return onward
}

// placed is where a statement begins.
func (m *machine) placed(p plpgsql.Pos) catalog.Origin {
	return placeOf(m.frame.fn, p.Offset)
}

func (m *machine) env() *env { return &env{rows: map[string]*row{}} }

// expression evaluates a fragment to one value.
func (m *machine) expression(f plpgsql.Fragment) *value {
	p := m.fragment(f)
	rs := m.statement(m.env(), p)
	if rs == nil || len(rs.list) == 0 || len(rs.list[0]) == 0 {
		why := &reason{cause: FromRow, at: m.here()}
		if rs != nil && rs.none != nil {
			why = rs.none
		}
		return null("unknown", why)
	}
	if rs.more {
		m.oneOfMany(rs, true)
		m.mayFail("21000", "query returned more than one row")
	}
	return rs.list[0][0].value()
}

// evaluate works out all of a row, for what that may raise.
func (m *machine) evaluate(rs *rows) {
	if len(rs.list) > 0 {
		for _, c := range rs.list[0] {
			c.value()
		}
	}
}

func (m *machine) setFound(found bool) {
	if m.frame.found != nil {
		m.frame.vars[m.frame.found] = boolean(found)
	}
}

// block runs a block with its declarations and handlers. What is caught takes
// back writes to tables, not to variables.
func (m *machine) block(b *plpgsql.Block) (f flow) {
	fr := m.frame
	outer := fr.scope
	fr.scope = &plpgsql.Scope{Parent: outer, Label: b.Label, Decls: b.Decls}
	defer func() { fr.scope = outer }()
	for _, d := range b.Decls {
		m.declare(d)
	}
	if len(b.Handlers) == 0 {
		return leaves(m.list(b.Body), fr, b.Label)
	}
	inner := fr.scope
	depth, role, loops := m.depth, m.role, fr.loops
	others := slices.ContainsFunc(b.Handlers, func(h *plpgsql.Handler) bool { return h.Catches("XX000") })
	caught := m.try(b.Body, others, &f)
	if caught == nil {
		return leaves(f, fr, b.Label)
	}
	m.frame, m.depth, m.role, fr.loops, fr.scope = fr, depth, role, loops, inner
	for _, h := range b.Handlers {
		if !caught.vague && !h.Catches(caught.state) {
			continue
		}
		fr.scope = &plpgsql.Scope{Parent: inner, Label: b.Label, Decls: h.Decls}
		for _, d := range h.Decls {
			fr.vars[d] = text("text", map[string]string{"sqlstate": caught.state, "sqlerrm": caught.message}[d.Name])
		}
		before := fr.handling
		fr.handling = caught
		f = m.list(h.Body)
		fr.handling = before
		return leaves(f, fr, b.Label)
	}
	panic(caught)
}

// try runs statements and gives back what they raise. Where a handler takes
// all others, one run raises an error before anything is done.
func (m *machine) try(body []plpgsql.Stmt, others bool, f *flow) (caught *raise) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *raise:
			caught = e
		default:
			panic(e)
		}
	}()
	if others && m.choose(2) == 1 {
		m.out.unforeseen = true
		m.fail("XX000", "something that nobody foresaw")
	}
	*f = m.list(body)
	return nil
}

// leaves ends an EXIT that names the block.
func leaves(f flow, fr *frame, label string) flow {
	if f == exits && label != "" && fr.label == label {
		fr.label = ""
		return onward
	}
	return f
}

func (m *machine) ifStmt(s *plpgsql.If) flow {
	if m.decides(s.Cond) {
		return m.list(s.Then)
	}
	for _, e := range s.Elsifs {
		if m.decides(e.Cond) {
			return m.list(e.Body)
		}
	}
	return m.list(s.Else)
}

func (m *machine) caseStmt(s *plpgsql.Case) flow {
	for _, w := range s.Whens {
		cond := w.Cond
		if s.Operand != nil { // read as the server does: operand in (list)
			cond = plpgsql.Fragment{Text: "(" + s.Operand.Text + ") in (" + w.Cond.Text + ")", Offset: w.Cond.Offset}
		}
		if m.decides(cond) {
			return m.list(w.Body)
		}
	}
	if !s.HasElse {
		m.fail("20000", "case not found")
	}
	return m.list(s.Else)
}

// returnStmt ends the function.
func (m *machine) returnStmt(s *plpgsql.Return) flow {
	fr := m.frame
	fr.returned = fr.at
	if s.Expr != nil {
		v := m.expression(*s.Expr)
		if v.null && fr.handling != nil && v.why != nil {
			why := *v.why
			why.caught = true
			v = null(v.typ, &why)
		}
		fr.result = m.cast(v, fr.fn.Returns, ioCast)
		if fr.result.null {
			fr.result = null(fr.result.typ, fr.result.why)
		}
	}
	return returns
}

func (m *machine) raise(s *plpgsql.Raise) {
	for _, a := range s.Args {
		m.expression(a)
	}
	state := "P0001"
	if s.Condition != "" {
		state = sqlstate(s.Condition)
	}
	message := s.Message
	for _, o := range s.Options {
		v := m.expression(o.Expr)
		if v.null || v.scalar == nil {
			continue
		}
		t, ok := v.scalar.known()
		switch {
		case o.Name == "errcode" && ok:
			state = sqlstate(t)
		case o.Name == "message" && ok:
			message = t
		}
	}
	if s.Level != "exception" && s.Level != "" {
		return
	}
	if s.Condition == "" && !s.HasMessage && len(s.Options) == 0 {
		if m.frame.handling != nil {
			panic(m.frame.handling)
		}
		m.fail("0Z002", "RAISE without parameters cannot be used outside an exception handler")
	}
	panic(&raise{state: state, message: message, deliberate: true, at: m.here()})
}

// sqlstate is the code of a condition name, or the code itself.
func sqlstate(condition string) string {
	if states := plpgsql.SQLStates(strings.ToLower(condition)); len(states) > 0 {
		return states[0]
	}
	return condition
}

func (m *machine) diagnostics(s *plpgsql.GetDiagnostics) {
	for _, d := range s.Items {
		v := &value{typ: "text", scalar: &symbol{}}
		switch {
		case d.Item == "row_count":
			v = m.any("bigint", "")
		case d.Item == "returned_sqlstate" && m.frame.handling != nil:
			v = text("text", m.frame.handling.state)
		}
		m.set(d.Target, v)
	}
}
