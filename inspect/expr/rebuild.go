package expr

// rebuild copies e with f applied to what is directly below it; leaves are
// shared. f must not return nil for a node.
func rebuild(e Expr, f func(Expr) Expr) Expr {
	opt := func(x Expr) Expr {
		if x == nil {
			return nil
		}
		return f(x)
	}
	all := func(list []Expr) []Expr {
		if len(list) == 0 {
			return list
		}
		out := make([]Expr, len(list))
		for i, x := range list {
			out[i] = opt(x)
		}
		return out
	}
	switch v := e.(type) {
	case *Call:
		c := *v
		c.Args, c.Filter, c.Order = all(v.Args), opt(v.Filter), rebuildOrder(v.Order, f)
		return &c
	case *NamedArg:
		return &NamedArg{v.Name, opt(v.X)}
	case *Cast:
		return &Cast{opt(v.X), v.Type}
	case *Collate:
		return &Collate{opt(v.X), v.Name}
	case *Compare:
		return &Compare{v.Op, opt(v.L), opt(v.R)}
	case *Operator:
		return &Operator{v.Op, opt(v.L), opt(v.R)}
	case *IsNull:
		return &IsNull{opt(v.X), v.Not}
	case *IsDistinct:
		return &IsDistinct{opt(v.L), opt(v.R), v.Not}
	case *BoolTest:
		return &BoolTest{opt(v.X), v.Value, v.Not}
	case *And:
		return conj(all(v.Args)...)
	case *Or:
		return disj(all(v.Args)...)
	case *Not:
		return negate(opt(v.X))
	case *In:
		return &In{opt(v.X), all(v.List), v.Not}
	case *AnyOf:
		return &AnyOf{v.Op, opt(v.X), opt(v.Array), v.All}
	case *Case:
		c := &Case{Operand: opt(v.Operand), Else: opt(v.Else)}
		for _, w := range v.Whens {
			c.Whens = append(c.Whens, When{opt(w.Cond), opt(w.Result)})
		}
		return c
	case *Coalesce:
		return &Coalesce{all(v.Args)}
	case *NullIf:
		return &NullIf{opt(v.X), opt(v.Y)}
	case *Array:
		return &Array{all(v.Elems)}
	case *Row:
		return &Row{all(v.Args)}
	case *Subscript:
		return &Subscript{opt(v.X), opt(v.Index), opt(v.Upper), v.Slice}
	case *Field:
		return &Field{opt(v.X), v.Name}
	case *Query:
		return rebuildQuery(v, f)
	case *Opaque:
		return &Opaque{v.Text, all(v.Parts)}
	}
	return e
}

func rebuildOrder(list []Order, f func(Expr) Expr) []Order {
	var out []Order
	for _, o := range list {
		o.X = f(o.X)
		out = append(out, o)
	}
	return out
}

func rebuildQuery(q *Query, f func(Expr) Expr) *Query {
	opt := func(x Expr) Expr {
		if x == nil {
			return nil
		}
		return f(x)
	}
	all := func(list []Expr) []Expr {
		var out []Expr
		for _, x := range list {
			out = append(out, opt(x))
		}
		return out
	}
	c := *q
	c.Test, c.Where, c.Having, c.Limit, c.Offset = opt(q.Test), opt(q.Where), opt(q.Having), opt(q.Limit), opt(q.Offset)
	c.On, c.Targets, c.Group, c.Order = all(q.On), all(q.Targets), all(q.Group), rebuildOrder(q.Order, f)
	c.Left, c.Right = same(q.Left, f), same(q.Right, f)
	c.Values, c.With = nil, nil
	for _, row := range q.Values {
		c.Values = append(c.Values, all(row))
	}
	for _, w := range q.With {
		w.Query = same(w.Query, f)
		c.With = append(c.With, w)
	}
	c.From = rebuildFrom(q.From, f)
	return &c
}

// same applies f to a query that has to stay one.
func same(q *Query, f func(Expr) Expr) *Query {
	if q == nil {
		return nil
	}
	if v, ok := f(q).(*Query); ok {
		return v
	}
	return q
}

func rebuildFrom(list []Source, f func(Expr) Expr) []Source {
	var out []Source
	for _, s := range list {
		s.Sub = same(s.Sub, f)
		if s.Func != nil {
			s.Func = f(s.Func)
		}
		if s.Join != nil {
			j := &Join{Kind: s.Join.Kind, L: rebuildFrom(s.Join.L, f), R: rebuildFrom(s.Join.R, f)}
			if s.Join.On != nil {
				j.On = f(s.Join.On)
			}
			s.Join = j
		}
		out = append(out, s)
	}
	return out
}
