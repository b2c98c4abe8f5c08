package static

import (
	"policylint/inspect/plpgsql"
	"policylint/inspect/static/guard"
)

// stmt runs one statement of a body.
func (i *interp) stmt(s plpgsql.Stmt) (flow, *sqlError) {
	if !i.tick() {
		return flow{kind: returns}, nil
	}
	pos := s.At()
	at, text, base := i.at, i.text, i.base
	i.at = i.span(pos.Offset, pos.End)
	f, err := i.one(s)
	if err != nil && err.at.IsZero() {
		err.at = i.at
	}
	i.at, i.text, i.base = at, text, base
	return f, err
}

func (i *interp) one(s plpgsql.Stmt) (flow, *sqlError) {
	switch s := s.(type) {
	case *plpgsql.Block:
		return i.block(s)
	case *plpgsql.If:
		return i.ifStmt(s)
	case *plpgsql.Case:
		return i.caseStmt(s)
	case *plpgsql.Loop:
		return i.loop(s.Label, s.Body, nil)
	case *plpgsql.While:
		return i.loop(s.Label, s.Body, &s.Cond)
	case *plpgsql.ForInt:
		return i.forInt(s)
	case *plpgsql.ForEach:
		return i.forEach(s)
	case *plpgsql.ForQuery:
		return i.forQuery(s)
	case *plpgsql.ForDynamic:
		return i.forDynamic(s)
	case *plpgsql.ForCursor:
		return i.inDoubt(s.Label, s.Body, func() { i.vars[s.Var] = guard.Value{} })
	case *plpgsql.Exit:
		return i.exit(s)
	case *plpgsql.Assign:
		v, err := i.eval(s.Expr)
		if err == nil {
			err = i.assign(s.Target, v)
		}
		return flow{}, err
	case *plpgsql.Return:
		if s.Expr == nil {
			return flow{kind: returns}, nil
		}
		v, err := i.eval(*s.Expr)
		return flow{kind: returns, value: v}, err
	}
	return flow{}, i.simple(s)
}

// simple runs the statements that always go on.
func (i *interp) simple(s plpgsql.Stmt) *sqlError {
	switch s := s.(type) {
	case *plpgsql.SQL:
		return i.sql(s)
	case *plpgsql.Perform:
		rows, err := i.rows(s.Query)
		i.found(rows)
		return err
	case *plpgsql.Execute:
		return i.executeStmt(s)
	case *plpgsql.Call:
		return i.run1(s.Text)
	case *plpgsql.Raise:
		return i.raise(s)
	case *plpgsql.Assert:
		if checks, set := i.replay.vars["plpgsql.check_asserts"]; set && !isOn(checks) {
			return nil
		}
		v, err := i.eval(s.Cond)
		if err == nil && v.False() {
			err = errf("P0004", "assertion failed")
		}
		return err
	case *plpgsql.ReturnQuery:
		if s.Dynamic {
			return i.executeText(s.Query, s.Using, nil)
		}
		_, err := i.rows(s.Query)
		return err
	case *plpgsql.Fetch:
		i.forget(s.Into)
	case *plpgsql.Open:
		i.forget([]plpgsql.Target{s.Cursor})
	case *plpgsql.GetDiagnostics:
		for _, item := range s.Items {
			i.forget([]plpgsql.Target{item.Target})
		}
	}
	return nil
}

// block runs BEGIN … EXCEPTION … END. What the body did is undone when one of
// the handlers takes over.
func (i *interp) block(b *plpgsql.Block) (flow, *sqlError) {
	scope := i.scope
	defer func() { i.scope = scope }()
	i.scope = &plpgsql.Scope{Parent: scope, Label: b.Label, Decls: b.Decls}
	for _, d := range b.Decls {
		if err := i.declare(d); err != nil {
			return flow{}, err
		}
	}
	run := func() (flow, *sqlError) { return i.list(b.Body) }
	if len(b.Handlers) > 0 {
		run = func() (flow, *sqlError) { return i.guarded(b) }
	}
	f, err := run()
	if f.kind == exits && f.label != "" && f.label == b.Label {
		f = flow{}
	}
	return f, err
}

func (i *interp) declare(d *plpgsql.Decl) *sqlError {
	switch {
	case d.Default != nil:
		v, err := i.eval(*d.Default)
		if err != nil {
			return err
		}
		return i.store(d, v)
	case d.Kind == plpgsql.Var:
		i.vars[d] = guard.Value{Kind: guard.Null}
	case d.Kind != plpgsql.Alias:
		i.vars[d] = guard.Value{}
	}
	return nil
}

// guarded runs a block with handlers.
func (i *interp) guarded(b *plpgsql.Block) (flow, *sqlError) {
	outer := i.mayRaise
	i.mayRaise = nil
	i.handlers = append(i.handlers, b)
	m := i.mark("")
	f, err := i.list(b.Body)
	i.handlers = i.handlers[:len(i.handlers)-1]
	perhaps := i.mayRaise
	i.mayRaise = outer
	if err == nil && len(perhaps) == 0 {
		i.cat.Release(m.catalog)
		return f, nil
	}
	i.back(m)
	if err != nil {
		return i.handle(b, err)
	}
	// Whether an error comes is not known: either it does not, or a handler
	// runs instead of the body.
	branches := []func() (flow, *sqlError){func() (flow, *sqlError) { return i.list(b.Body) }}
	for _, e := range perhaps {
		branches = append(branches, func() (flow, *sqlError) { return i.handle(b, e) })
	}
	return i.fork("it is not known whether a statement of a code block raises an error", branches...)
}

// handle runs the handler for an error, or gives the error on.
func (i *interp) handle(b *plpgsql.Block, err *sqlError) (flow, *sqlError) {
	for _, h := range b.Handlers {
		if !h.Catches(err.state) {
			continue
		}
		scope, caught := i.scope, i.caught
		i.scope, i.caught = &plpgsql.Scope{Parent: scope, Label: b.Label, Decls: h.Decls}, err
		for _, d := range h.Decls {
			if i.vars[d] = guard.Of(err.message); d.Name == "sqlstate" {
				i.vars[d] = guard.Of(err.state)
			}
		}
		f, e := i.list(h.Body)
		i.scope, i.caught = scope, caught
		return f, e
	}
	return flow{}, err
}

// catches reports whether a handler around the present statement, or around
// the call of the present function, takes the error.
func (i *interp) catches(err *sqlError) bool {
	for c := i; c != nil; c = c.caller {
		for _, b := range c.handlers {
			for _, h := range b.Handlers {
				if h.Catches(err.state) {
					return c == i
				}
			}
		}
	}
	return false
}

// raise is RAISE: only an exception matters.
func (i *interp) raise(s *plpgsql.Raise) *sqlError {
	if s.Level != "" && s.Level != "exception" {
		return nil
	}
	if s.Condition == "" && !s.HasMessage && len(s.Options) == 0 {
		if i.caught == nil {
			return errf("0Z002", "RAISE without parameters cannot be used outside an exception handler")
		}
		return i.caught
	}
	state := "P0001"
	if s.Condition != "" {
		state = stateOf(s.Condition)
	}
	message := s.Message
	for _, o := range s.Options {
		v, err := i.eval(o.Expr)
		if err != nil {
			return err
		}
		text, ok := v.String()
		switch {
		case !ok:
		case o.Name == "errcode":
			state = stateOf(text)
		case o.Name == "message":
			message = text
		}
	}
	return &sqlError{state: state, message: i.raised(message, s.Args)}
}

// raised fills the arguments into the message of RAISE.
func (i *interp) raised(format string, args []plpgsql.Fragment) string {
	var out []byte
	next := 0
	for k := 0; k < len(format); k++ {
		if format[k] != '%' {
			out = append(out, format[k])
			continue
		}
		if k+1 < len(format) && format[k+1] == '%' {
			out = append(out, '%')
			k++
			continue
		}
		word := "…"
		if next < len(args) {
			if v, err := i.eval(args[next]); err == nil {
				if s, ok := v.String(); ok {
					word = s
				} else if v.IsNull() {
					word = "<NULL>"
				}
			}
		}
		next++
		out = append(out, word...)
	}
	return string(out)
}

// stateOf is the SQLSTATE of a condition, by name or itself.
func stateOf(condition string) string {
	if states := plpgsql.SQLStates(condition); len(states) > 0 {
		return states[0]
	}
	return condition
}
