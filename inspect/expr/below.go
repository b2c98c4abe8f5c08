package expr

// below calls f with what is directly below e, in order of appearance, nil left
// out.
func below(e Expr, f func(Expr)) {
	switch v := e.(type) {
	case *Call:
		each(f, v.Args...)
		for _, o := range v.Order {
			each(f, o.X)
		}
		each(f, v.Filter)
	case *NamedArg:
		each(f, v.X)
	case *Cast:
		each(f, v.X)
	case *Collate:
		each(f, v.X)
	case *Compare:
		each(f, v.L, v.R)
	case *Operator:
		each(f, v.L, v.R)
	case *IsNull:
		each(f, v.X)
	case *IsDistinct:
		each(f, v.L, v.R)
	case *BoolTest:
		each(f, v.X)
	case *And:
		each(f, v.Args...)
	case *Or:
		each(f, v.Args...)
	case *Not:
		each(f, v.X)
	case *In:
		each(f, v.X)
		each(f, v.List...)
	case *AnyOf:
		each(f, v.X, v.Array)
	case *Case:
		each(f, v.Operand)
		for _, w := range v.Whens {
			each(f, w.Cond, w.Result)
		}
		each(f, v.Else)
	case *Coalesce:
		each(f, v.Args...)
	case *NullIf:
		each(f, v.X, v.Y)
	case *Array:
		each(f, v.Elems...)
	case *Row:
		each(f, v.Args...)
	case *Subscript:
		each(f, v.X, v.Index, v.Upper)
	case *Field:
		each(f, v.X)
	case *Query:
		v.below(f)
	case *Opaque:
		each(f, v.Parts...)
	}
}

func each(f func(Expr), list ...Expr) {
	for _, x := range list {
		if x != nil {
			f(x)
		}
	}
}

func (q *Query) below(f func(Expr)) {
	sub := func(s *Query) {
		if s != nil {
			f(s)
		}
	}
	each(f, q.Test)
	for _, c := range q.With {
		sub(c.Query)
	}
	sub(q.Left)
	sub(q.Right)
	for _, row := range q.Values {
		each(f, row...)
	}
	each(f, q.On...)
	each(f, q.Targets...)
	for i := range q.From {
		q.From[i].below(f)
	}
	each(f, q.Where)
	each(f, q.Group...)
	each(f, q.Having)
	for _, o := range q.Order {
		each(f, o.X)
	}
	each(f, q.Limit, q.Offset)
}

func (s *Source) below(f func(Expr)) {
	switch {
	case s.Sub != nil:
		f(s.Sub)
	case s.Func != nil:
		f(s.Func)
	case s.Join != nil:
		for i := range s.Join.L {
			s.Join.L[i].below(f)
		}
		for i := range s.Join.R {
			s.Join.R[i].below(f)
		}
		each(f, s.Join.On)
	}
}
