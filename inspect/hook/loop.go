package hook

import (
	"slices"
	"strconv"

	"policylint/inspect/plpgsql"
)

// maxRounds bounds loops whose end is known, openRounds those where each round
// is a choice.
const (
	maxRounds  = 60
	openRounds = 2
)

// loop runs a loop of any kind.
func (m *machine) loop(s plpgsql.Stmt) flow {
	fr := m.frame
	outer := fr.scope
	defer func() { fr.scope = outer; fr.loops-- }()
	fr.loops++
	label, decls := loopNames(s)
	fr.scope = &plpgsql.Scope{Parent: outer, Label: label, Loop: true, Decls: decls}
	r := &rounds{m: m, label: label, before: map[*plpgsql.Decl]*value{}}
	for d, v := range fr.vars {
		r.before[d] = v
	}
	switch s := s.(type) {
	case *plpgsql.Loop:
		r.body = s.Body
		return r.until(func() bool { return true })
	case *plpgsql.While:
		r.body = s.Body
		return r.until(func() bool { return m.truth(m.expression(s.Cond)) })
	case *plpgsql.ForInt:
		r.body = s.Body
		return m.forInt(s, r)
	case *plpgsql.ForQuery:
		r.body = s.Body
		return m.forRows(r, s.Vars, func() *rows { return m.statement(m.env(), m.fragment(s.Query)) })
	case *plpgsql.ForDynamic:
		r.body = s.Body
		return m.forRows(r, s.Vars, func() *rows { return m.dynamic(s.Query, s.Using) })
	case *plpgsql.ForCursor:
		r.body = s.Body
		target := plpgsql.Target{Name: s.Var.Name, Decl: s.Var}
		return m.forRows(r, []plpgsql.Target{target}, func() *rows {
			return m.statement(m.env(), m.fragment(*s.Cursor.Decl.Resolve().Query))
		})
	case *plpgsql.ForEach:
		r.body = s.Body
		return m.forEach(s, r)
	}
	m.unknown("a statement is not followed")
	return onward
}

func loopNames(s plpgsql.Stmt) (string, []*plpgsql.Decl) {
	switch s := s.(type) {
	case *plpgsql.Loop:
		return s.Label, nil
	case *plpgsql.While:
		return s.Label, nil
	case *plpgsql.ForInt:
		return s.Label, []*plpgsql.Decl{s.Var}
	case *plpgsql.ForQuery:
		return s.Label, nil
	case *plpgsql.ForDynamic:
		return s.Label, nil
	case *plpgsql.ForCursor:
		return s.Label, []*plpgsql.Decl{s.Var}
	case *plpgsql.ForEach:
		return s.Label, nil
	}
	return "", nil
}

// rounds runs the body of one loop.
type rounds struct {
	m      *machine
	label  string
	body   []plpgsql.Stmt
	before map[*plpgsql.Decl]*value
}

// one runs the body once; done tells that the loop is over, with f.
func (r *rounds) one() (f flow, done bool) {
	fr := r.m.frame
	f = r.m.list(r.body)
	mine := fr.label == "" || fr.label == r.label
	switch {
	case f == exits && mine:
		fr.label = ""
		return onward, true
	case f == continues && mine:
		fr.label = ""
		return onward, false
	case f == onward:
		return onward, false
	}
	return f, true
}

// until runs the body while the condition holds.
func (r *rounds) until(cond func() bool) flow {
	open := 0
	for i := 0; ; i++ {
		asked := len(r.m.oracle.taken)
		if !cond() {
			return onward
		}
		if f, done := r.one(); done {
			return f
		}
		if len(r.m.oracle.taken) > asked {
			if open++; open > openRounds {
				r.widen()
				panic(infeasible{}) // fewer rounds stand for more
			}
		}
		if i > maxRounds {
			panic(lost{"a loop does not come to an end"})
		}
	}
}

// widen forgets the exact values that a loop with an unknown number of rounds
// has counted or gathered.
func (r *rounds) widen() {
	vars := r.m.frame.vars
	for d, v := range vars {
		if v == nil || v.null || r.before[d] == v {
			continue
		}
		switch {
		case v.scalar != nil && numeric[baseType(v.typ)]:
			vars[d] = &value{typ: v.typ, scalar: &symbol{form: numberText}}
		case v.list != nil:
			vars[d] = &value{typ: v.typ, list: &list{items: v.list.items, rest: true}}
		case v.doc != nil && v.doc.kind == array:
			n := *v.doc
			n.rest = true
			vars[d] = document(v.typ, &n)
		}
	}
}

func (m *machine) forInt(s *plpgsql.ForInt, r *rounds) flow {
	lo, hi := m.expression(s.Lower), m.expression(s.Upper)
	if lo.null || hi.null {
		m.fail("22004", "bound of FOR loop cannot be null")
	}
	a, ok1 := integer(lo)
	b, ok2 := integer(hi)
	if ok1 && ok2 && s.Step == nil && b-a < maxRounds {
		if s.Reverse {
			a, b = b, a
		}
		for i := a; i <= b; i++ {
			m.frame.vars[s.Var] = text("integer", strconv.Itoa(i))
			if f, done := r.one(); done {
				return f
			}
		}
		return onward
	}
	for range m.choose(openRounds + 1) {
		m.frame.vars[s.Var] = m.any("integer", "")
		if f, done := r.one(); done {
			return f
		}
	}
	r.widen()
	return onward
}

func integer(v *value) (int, bool) {
	if v.scalar == nil {
		return 0, false
	}
	s, ok := v.scalar.known()
	i, err := strconv.Atoi(s)
	return i, ok && err == nil
}

// forRows runs the body for no row, for one, and where there can be more, for
// another one.
func (m *machine) forRows(r *rounds, vars []plpgsql.Target, query func() *rows) flow {
	at := m.frame.at
	rs := query()
	if rs == nil { // a computed statement
		rs = &rows{names: []string{"*"}}
		if m.choose(2) == 0 {
			rs.list = [][]*cell{{{v: &value{typ: "record", row: m.unknownRow()}}}}
		}
	}
	m.setFound(len(rs.list) > 0)
	if len(rs.list) == 0 {
		m.intoRow(rs, nil, vars)
		return onward
	}
	for _, row := range rs.list {
		m.intoRow(rs, row, vars)
		if f, done := r.one(); done {
			return f
		}
	}
	if rs.more && m.choose(2) == 1 {
		m.frame.at = at
		again := query()
		if again == nil || len(again.list) == 0 {
			panic(infeasible{})
		}
		m.intoRow(again, again.list[0], vars)
		if f, done := r.one(); done {
			return f
		}
		r.widen()
	}
	return onward
}

// intoRow stores one row in the loop's variables.
func (m *machine) intoRow(rs *rows, cells []*cell, vars []plpgsql.Target) {
	one := &rows{names: rs.names, none: rs.none}
	if cells != nil {
		one.list = [][]*cell{cells}
	}
	m.into(one, vars, false)
}

func (m *machine) forEach(s *plpgsql.ForEach, r *rounds) flow {
	v := m.expression(s.Array)
	if v.null {
		m.fail("22004", "FOREACH expression must not be null")
	}
	items := []*value{}
	more := true
	if v.list != nil {
		items, more = v.list.items, v.list.rest
	}
	if len(items) > maxRounds {
		items = items[:maxRounds]
	}
	if more && len(items) > 0 {
		items = slices.Repeat(items[len(items)-1:], m.choose(openRounds+1))
	}
	for _, item := range items {
		m.set(s.Vars[0], item)
		if f, done := r.one(); done {
			return f
		}
	}
	if more {
		r.widen()
	}
	return onward
}
