package expr

import "slices"

// A Body is what Expand has to know of a function.
type Body struct {
	Language string // "sql" or "plpgsql"; others are not expanded
	Source   string // the text between the quotes, or RETURN …, or BEGIN ATOMIC … END
	Args     []Arg  // input arguments in order; with fewer in a call, the call stays
	Set      bool   // returns a set
	Definer  bool   // SECURITY DEFINER
	Scope    Scope  // how names in the body resolve: SearchPath is the function's own
	Memo     *Memo  // the same for each mention of one function; nil to read the body anew
}

// Bounds of an expansion: helpers of helpers, and bodies in all.
const (
	maxNesting    = 16
	maxExpansions = 200
)

// Expand replaces calls of functions that lookup finds by what their bodies
// compute, where that is one expression: an SQL function of one SELECT or
// RETURN, a PL/pgSQL function that assigns variables, branches and returns. lookup
// is asked by the name in the Call and the number of arguments. What cannot be
// expanded, a recursive function included, stays a Call.
//
// What comes from a body carries its name in Helper, and is Cached when the
// call was; a Query from a SECURITY DEFINER function is marked Definer.
func Expand(e Expr, lookup func(name string, nargs int) (Body, bool)) Expr {
	if e == nil || lookup == nil || !calls(e, lookup) {
		return e
	}
	x := &expander{lookup: lookup, left: maxExpansions}
	return x.expr(e)
}

// calls reports whether e calls a function that lookup finds.
func calls(e Expr, lookup func(name string, nargs int) (Body, bool)) bool {
	found := false
	Walk(e, func(x Expr) bool {
		if c, ok := x.(*Call); ok && !found {
			_, found = lookup(c.Name, len(c.Args))
		}
		return !found
	})
	return found
}

type expander struct {
	lookup func(string, int) (Body, bool)
	stack  []string
	left   int
}

func (x *expander) expr(e Expr) Expr {
	changed := false
	out := rebuild(e, func(below Expr) Expr {
		y := x.expr(below)
		changed = changed || y != below
		return y
	})
	if q, ok := out.(*Query); ok {
		changed = x.sources(q.From) || changed
	}
	if changed {
		e = out // and otherwise shares what it is with the original
	}
	switch v := e.(type) {
	case *Call:
		body, set, ok := x.inline(v)
		if ok && !set {
			return scalar(body)
		}
	case *Query:
		if v.Kind == Any || v.Kind == All || v.Kind == ArrayOf {
			return x.member(v)
		}
	}
	return e
}

// scalar is a body in the place of a value.
func scalar(body *Query) Expr {
	if plain(body) {
		return body.Targets[0]
	}
	return body
}

// member expands x in (select f()), f returning a set.
func (x *expander) member(q *Query) Expr {
	if !plain(q) {
		return q
	}
	c, ok := q.Targets[0].(*Call)
	if !ok {
		return q
	}
	body, set, ok := x.inline(c)
	if !ok || !set {
		return q
	}
	out := *body
	out.Kind, out.Test, out.Op, out.Cached = q.Kind, q.Test, q.Op, q.Cached
	return &out
}

// sources expands functions in FROM; the list is the caller's own copy. It
// reports whether there were any.
func (x *expander) sources(list []Source) (found bool) {
	for i, s := range list {
		if s.Join != nil {
			l, r := x.sources(s.Join.L), x.sources(s.Join.R)
			found = found || l || r
			continue
		}
		c, ok := s.Func.(*Call)
		if !ok {
			continue
		}
		body, _, ok := x.inline(c)
		if !ok {
			continue
		}
		sub := *body
		sub.Kind = Statement
		if len(sub.Targets) == 1 && len(sub.Names) == 1 {
			sub.Names = []string{"value"}
		}
		list[i].Sub, list[i].Func = &sub, nil
		found = true
	}
	return found
}

// inline is the body of a call with its arguments in place.
func (x *expander) inline(c *Call) (body *Query, set, ok bool) {
	if c.Star || c.Distinct || c.Variadic || c.Filter != nil || len(c.Order) > 0 ||
		x.left <= 0 || len(x.stack) >= maxNesting || slices.Contains(x.stack, c.Name) {
		return nil, false, false
	}
	fn, ok := x.lookup(c.Name, len(c.Args))
	if !ok {
		return nil, false, false
	}
	args, ok := bind(fn.Args, c.Args)
	if !ok {
		return nil, false, false
	}
	// Without arguments, and not inside of another body, which marks it as its
	// own, every call comes to the same.
	var same *inlined
	if fn.Memo != nil && len(args) == 0 && len(x.stack) == 0 {
		if same = &fn.Memo.uncached; c.Cached {
			same = &fn.Memo.cached
		}
		if same.query != nil && same.cost < x.left {
			x.left -= same.cost
			return same.query, fn.Set, true
		}
	}
	left := x.left
	x.left--
	q, ok := fn.parsed(bareName(c.Name))
	if !ok {
		return nil, false, false
	}
	x.stack = append(x.stack, c.Name)
	q, _ = x.expr(q).(*Query)
	x.stack = x.stack[:len(x.stack)-1]
	if q == nil {
		return nil, false, false
	}
	mark(q, c, fn.Definer)
	q = apart(q, args)
	q, ok = substitute(q, args)
	if ok && same != nil && x.left > 0 {
		*same = inlined{q, left - x.left}
	}
	return q, fn.Set, ok
}

// bind puts arguments in the order of the declaration.
func bind(decl []Arg, args []Expr) ([]Expr, bool) {
	if len(decl) != len(args) {
		return nil, false
	}
	out := make([]Expr, len(decl))
	for i, a := range args {
		if n, ok := a.(*NamedArg); ok {
			i, a = slices.IndexFunc(decl, func(d Arg) bool { return d.Name == n.Name }), n.X
		}
		if i < 0 || out[i] != nil {
			return nil, false
		}
		out[i] = a
	}
	return out, true
}

// mark says of everything in a body, which is a copy, where it comes from.
func mark(q *Query, c *Call, definer bool) {
	helper := func(h *string) {
		if *h == "" {
			*h = c.Name
		}
	}
	Walk(q, func(e Expr) bool {
		switch v := e.(type) {
		case *Claim:
			v.Cached, v.Wrapped = c.Cached, v.Wrapped || c.Wrapped
			helper(&v.Helper)
		case *Call:
			v.Cached, v.Wrapped = c.Cached, v.Wrapped || c.Wrapped
			helper(&v.Helper)
		case *Setting:
			v.Cached = c.Cached
		case *Query:
			v.Cached = v.Cached && c.Cached
			v.Definer = v.Definer || definer
			helper(&v.Helper)
		}
		return true
	})
}

// substitute puts arguments in the place of parameters; false when one is
// missing.
func substitute(q *Query, args []Expr) (*Query, bool) {
	if len(collect[*Param](q)) == 0 {
		return q, true
	}
	ok := true
	var visit func(Expr) Expr
	visit = func(e Expr) Expr {
		p, isParam := e.(*Param)
		if !isParam {
			return again(rebuild(e, visit))
		}
		if p.Index < 1 || p.Index > len(args) || args[p.Index-1] == nil {
			ok = false
			return e
		}
		return args[p.Index-1]
	}
	out, _ := visit(q).(*Query)
	return out, ok && out != nil
}

// again normalises what an argument has made normalisable.
func again(e Expr) Expr {
	switch v := e.(type) {
	case *Operator:
		if c := claimOp(v.Op, v.L, v.R); c != nil {
			return c
		}
	case *Call:
		if d, ok := door(v.Name, v.Args).(*Claim); ok {
			d.Cached, d.Wrapped, d.Helper = v.Cached, v.Wrapped, v.Helper
			return d
		}
	case *Cast:
		switch x := v.X.(type) {
		case *Claim:
			if c := castClaim(x, v.Type); c != nil {
				return c
			}
		case *Const:
			if c := convert(x, v.Type); c != nil {
				return c
			}
		}
	}
	return e
}
