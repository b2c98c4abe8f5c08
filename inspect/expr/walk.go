package expr

import "slices"

// Walk visits e and what is below it in order of appearance; f returns whether
// to go down.
func Walk(e Expr, f func(Expr) bool) {
	if e == nil || !f(e) {
		return
	}
	switch v := e.(type) {
	case *And:
		walkAll(v.Args, f)
	case *Or:
		walkAll(v.Args, f)
	case *Compare:
		Walk(v.L, f)
		Walk(v.R, f)
	case *Const, *Column, *Claim, *Param, *Setting:
	default:
		walkAll(children(e), f)
	}
}

func walkAll(list []Expr, f func(Expr) bool) {
	for _, e := range list {
		Walk(e, f)
	}
}

// children lists what is directly below e, nil left out.
func children(e Expr) []Expr {
	var out []Expr
	add := func(list ...Expr) {
		for _, x := range list {
			if x != nil {
				out = append(out, x)
			}
		}
	}
	switch v := e.(type) {
	case *Call:
		add(v.Args...)
		for _, o := range v.Order {
			add(o.X)
		}
		add(v.Filter)
	case *NamedArg:
		add(v.X)
	case *Cast:
		add(v.X)
	case *Collate:
		add(v.X)
	case *Compare:
		add(v.L, v.R)
	case *Operator:
		add(v.L, v.R)
	case *IsNull:
		add(v.X)
	case *IsDistinct:
		add(v.L, v.R)
	case *BoolTest:
		add(v.X)
	case *And:
		add(v.Args...)
	case *Or:
		add(v.Args...)
	case *Not:
		add(v.X)
	case *In:
		add(v.X)
		add(v.List...)
	case *AnyOf:
		add(v.X, v.Array)
	case *Case:
		add(v.Operand)
		for _, w := range v.Whens {
			add(w.Cond, w.Result)
		}
		add(v.Else)
	case *Coalesce:
		add(v.Args...)
	case *NullIf:
		add(v.X, v.Y)
	case *Array:
		add(v.Elems...)
	case *Row:
		add(v.Args...)
	case *Subscript:
		add(v.X, v.Index, v.Upper)
	case *Field:
		add(v.X)
	case *Query:
		return v.children()
	case *Opaque:
		add(v.Parts...)
	}
	return out
}

func (q *Query) children() []Expr {
	var out []Expr
	add := func(list ...Expr) {
		for _, x := range list {
			if x != nil {
				out = append(out, x)
			}
		}
	}
	sub := func(s *Query) {
		if s != nil {
			out = append(out, s)
		}
	}
	add(q.Test)
	for _, c := range q.With {
		sub(c.Query)
	}
	sub(q.Left)
	sub(q.Right)
	for _, row := range q.Values {
		add(row...)
	}
	add(q.On...)
	add(q.Targets...)
	for _, s := range q.From {
		add(s.children()...)
	}
	add(q.Where)
	add(q.Group...)
	add(q.Having)
	for _, o := range q.Order {
		add(o.X)
	}
	add(q.Limit, q.Offset)
	return out
}

func (s Source) children() []Expr {
	switch {
	case s.Sub != nil:
		return []Expr{s.Sub}
	case s.Func != nil:
		return []Expr{s.Func}
	case s.Join != nil:
		var out []Expr
		for _, x := range slices.Concat(s.Join.L, s.Join.R) {
			out = append(out, x.children()...)
		}
		if s.Join.On != nil {
			out = append(out, s.Join.On)
		}
		return out
	}
	return nil
}

func collect[T Expr](e Expr) []T {
	var out []T
	Walk(e, func(x Expr) bool {
		if v, ok := x.(T); ok {
			out = append(out, v)
		}
		return true
	})
	return out
}

// Claims lists the claims read, in order of appearance.
func Claims(e Expr) []*Claim { return collect[*Claim](e) }

// Calls lists the function calls, in order of appearance.
func Calls(e Expr) []*Call { return collect[*Call](e) }

// Columns lists the columns, in order of appearance.
func Columns(e Expr) []*Column { return collect[*Column](e) }

// Queries lists the sub-selects, outer before inner.
func Queries(e Expr) []*Query { return collect[*Query](e) }

// HasSelect reports whether a sub-select stands in e, one that only wraps or
// caches a call included.
func HasSelect(e Expr) bool {
	found := false
	Walk(e, func(x Expr) bool {
		switch v := x.(type) {
		case *Query:
			found = true
		case *Claim:
			found = found || v.Cached
		case *Setting:
			found = found || v.Cached
		case *Call:
			found = found || v.Cached || v.Wrapped
		}
		return !found
	})
	return found
}

// Conjuncts are the conditions that must all be true for e to be, none for nil.
func Conjuncts(e Expr) []Expr {
	switch e := e.(type) {
	case nil:
		return nil
	case *And:
		return e.Args
	}
	return []Expr{e}
}
