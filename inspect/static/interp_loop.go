package static

import (
	"policylint/inspect/catalog"
	"policylint/inspect/plpgsql"
	"policylint/inspect/static/guard"
)

func (i *interp) ifStmt(s *plpgsql.If) (flow, *sqlError) {
	branches := []*plpgsql.Elsif{{Cond: s.Cond, Body: s.Then}}
	return i.choose(append(branches, s.Elsifs...), s.Else, func(f plpgsql.Fragment) (guard.Value, *sqlError) { return i.eval(f) })
}

func (i *interp) caseStmt(s *plpgsql.Case) (flow, *sqlError) {
	var branches []*plpgsql.Elsif
	for _, w := range s.Whens {
		branches = append(branches, &plpgsql.Elsif{Cond: w.Cond, Body: w.Body})
	}
	cond := func(f plpgsql.Fragment) (guard.Value, *sqlError) { return i.eval(f) }
	if s.Operand != nil {
		cond = func(f plpgsql.Fragment) (guard.Value, *sqlError) {
			return i.eval(plpgsql.Fragment{Text: "(" + s.Operand.Text + ") in (" + f.Text + ")", Offset: -1})
		}
	}
	rest := s.Else
	if !s.HasElse {
		rest = []plpgsql.Stmt{&plpgsql.Raise{Pos: s.Pos, Condition: "case_not_found", Message: "case not found", HasMessage: true}}
	}
	return i.choose(branches, rest, cond)
}

// choose runs the first branch whose condition holds, or the rest; when a
// condition is not known, both its branch and what comes behind it.
func (i *interp) choose(branches []*plpgsql.Elsif, rest []plpgsql.Stmt, cond func(plpgsql.Fragment) (guard.Value, *sqlError)) (flow, *sqlError) {
	if len(branches) == 0 {
		return i.list(rest)
	}
	b := branches[0]
	v, err := cond(b.Cond)
	switch {
	case err != nil:
		return flow{}, err
	case v.True():
		return i.list(b.Body)
	case v.False():
		return i.choose(branches[1:], rest, cond)
	}
	return i.fork("it is not known whether "+brief(b.Cond.Text)+" holds",
		func() (flow, *sqlError) { return i.list(b.Body) },
		func() (flow, *sqlError) { return i.choose(branches[1:], rest, cond) })
}

func (i *interp) exit(s *plpgsql.Exit) (flow, *sqlError) {
	f := flow{kind: exits, label: s.Label}
	if s.Continue {
		f.kind = continues
	}
	if s.When == nil {
		return f, nil
	}
	v, err := i.eval(*s.When)
	switch {
	case err != nil || v.False():
		return flow{}, err
	case !v.True():
		f.maybe = true
	}
	return f, nil
}

// turn runs a loop's body once. done is set when the loop ends with it; the
// flow is then what the loop as a whole does.
func (i *interp) turn(label string, body []plpgsql.Stmt) (f flow, done bool, err *sqlError) {
	f, err = i.list(body)
	if err != nil {
		return flow{}, true, err
	}
	mine := f.label == "" || f.label == label
	switch f.kind {
	case exits:
		if mine {
			return flow{}, !f.maybe, nil
		}
		return f, true, nil
	case continues:
		if mine {
			return flow{}, false, nil
		}
		return f, true, nil
	case returns:
		return f, true, nil
	}
	return flow{}, false, nil
}

// loop is LOOP and WHILE.
func (i *interp) loop(label string, body []plpgsql.Stmt, cond *plpgsql.Fragment) (flow, *sqlError) {
	for range maxTurns {
		if cond != nil {
			v, err := i.eval(*cond)
			if err != nil || v.False() {
				return flow{}, err
			}
			if !v.True() {
				return i.inDoubt(label, body, func() {})
			}
		}
		if !i.tick() {
			return flow{kind: returns}, nil
		}
		if f, done, err := i.turn(label, body); done {
			return f, err
		}
	}
	i.gap(catalog.Ref{}, "a loop of a code block has more than %d turns; the rest is not followed", maxTurns)
	return flow{}, nil
}

// inDoubt runs the body of a loop once, as one that may not run at all.
func (i *interp) inDoubt(label string, body []plpgsql.Stmt, set func()) (flow, *sqlError) {
	return i.fork("it is not known how often a loop of a code block runs", i.nothing, func() (flow, *sqlError) {
		set()
		f, _, err := i.turn(label, body)
		return f, err
	})
}

func (i *interp) forInt(s *plpgsql.ForInt) (flow, *sqlError) {
	lo, err := i.eval(s.Lower)
	if err != nil {
		return flow{}, err
	}
	hi, err := i.eval(s.Upper)
	if err != nil {
		return flow{}, err
	}
	step := guard.Of(1)
	if s.Step != nil {
		if step, err = i.eval(*s.Step); err != nil {
			return flow{}, err
		}
	}
	if lo.Kind != guard.Int || hi.Kind != guard.Int || step.Kind != guard.Int || step.Int <= 0 {
		return i.inDoubt(s.Label, s.Body, func() { i.vars[s.Var] = guard.Value{} })
	}
	scope := i.scope
	defer func() { i.scope = scope }()
	i.scope = &plpgsql.Scope{Parent: scope, Label: s.Label, Decls: []*plpgsql.Decl{s.Var}, Loop: true}
	n, by := lo.Int, step.Int
	if s.Reverse {
		by = -by
	}
	for range maxTurns {
		if by > 0 && n > hi.Int || by < 0 && n < hi.Int {
			return flow{}, nil
		}
		i.vars[s.Var] = guard.Of(n)
		if f, done, err := i.turn(s.Label, s.Body); done {
			return f, err
		}
		n += by
	}
	i.gap(catalog.Ref{}, "a loop of a code block has more than %d turns; the rest is not followed", maxTurns)
	return flow{}, nil
}

func (i *interp) forEach(s *plpgsql.ForEach) (flow, *sqlError) {
	v, err := i.eval(s.Array)
	if err != nil {
		return flow{}, err
	}
	if v, err = i.castTo(v, "text[]"); err != nil {
		return flow{}, err
	}
	if v.Kind != guard.Array || s.Slice > 0 {
		if v.IsNull() {
			return flow{}, errf("22004", "FOREACH expression must not be null")
		}
		return i.inDoubt(s.Label, s.Body, func() { i.forget(s.Vars) })
	}
	for _, item := range v.Items {
		if len(s.Vars) == 1 {
			if err := i.assign(s.Vars[0], item); err != nil {
				return flow{}, err
			}
		} else {
			i.forget(s.Vars)
		}
		if f, done, err := i.turn(s.Label, s.Body); done {
			return f, err
		}
	}
	return flow{}, nil
}

func (i *interp) forQuery(s *plpgsql.ForQuery) (flow, *sqlError) {
	rows, err := i.rows(s.Query)
	if err != nil {
		return flow{}, err
	}
	return i.overRows(rows, s.Label, s.Vars, s.Body)
}

func (i *interp) forDynamic(s *plpgsql.ForDynamic) (flow, *sqlError) {
	rows, err := i.dynamicRows(s.Query, s.Using)
	if err != nil {
		return flow{}, err
	}
	return i.overRows(rows, s.Label, s.Vars, s.Body)
}

// overRows runs the body for each row, and once more in doubt when there may
// be others.
func (i *interp) overRows(rows *guard.Rows, label string, vars []plpgsql.Target, body []plpgsql.Stmt) (flow, *sqlError) {
	if rows == nil {
		return i.inDoubt(label, body, func() { i.forget(vars) })
	}
	for _, t := range rows.Rows {
		set := func() *sqlError { return i.assignRow(vars, rows, t) }
		if t.Maybe {
			f, err := i.inDoubt(label, body, func() { _ = set() })
			if err != nil || f.kind != goesOn && !f.maybe {
				return f, err
			}
			continue
		}
		if err := set(); err != nil {
			return flow{}, err
		}
		if f, done, err := i.turn(label, body); done {
			return f, err
		}
	}
	if rows.Open {
		return i.inDoubt(label, body, func() { i.forget(vars) })
	}
	return flow{}, nil
}
