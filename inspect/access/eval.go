package access

import "policylint/inspect/expr"

// Eval is what a condition can come to for who asks. What depends on the row
// can come to anything.
func (e Env) Eval(x expr.Expr) Truth {
	switch x := x.(type) {
	case nil:
		return True
	case *expr.And:
		out := True
		for _, a := range x.Args {
			out = and(out, e.Eval(a))
		}
		return out
	case *expr.Or:
		out := False
		for _, a := range x.Args {
			out = or(out, e.Eval(a))
		}
		return out
	case *expr.Not:
		return not(e.Eval(x.X))
	case *expr.Compare:
		return e.compare(x)
	case *expr.In:
		return e.in(x)
	case *expr.AnyOf:
		if e.value(x.X).isNull() && !x.All {
			return False | Null // false for an empty array
		}
	case *expr.IsNull:
		return e.isNull(x)
	case *expr.IsDistinct:
		return e.distinct(x)
	case *expr.BoolTest:
		return e.boolTest(x)
	case *expr.Query:
		return e.query(x)
	default:
		return e.fromValue(e.value(x))
	}
	return Unknown
}

func (e Env) fromValue(v Value) Truth {
	switch {
	case v.isNull():
		return Null
	case v.isText() && v.Text == "true":
		return True
	case v.isText() && v.Text == "false":
		return False
	}
	return Unknown
}

func (e Env) compare(x *expr.Compare) Truth {
	l, r := e.value(x.L), e.value(x.R)
	switch {
	case l.isNull() || r.isNull():
		return Null
	case l.isText() && r.isText() && x.Op == "=":
		return truth(l.Text == r.Text)
	case l.isText() && r.isText() && x.Op == "<>":
		return truth(l.Text != r.Text)
	}
	return Unknown
}

func (e Env) in(x *expr.In) Truth {
	v := e.value(x.X)
	out := Unknown
	switch {
	case v.isNull():
		out = Null
	case v.isText():
		out = False
		for _, item := range x.List {
			i := e.value(item)
			switch {
			case i.isNull():
				out = or(out, Null)
			case i.isText():
				out = or(out, truth(i.Text == v.Text))
			default:
				out = or(out, Unknown)
			}
		}
	}
	if x.Not {
		return not(out)
	}
	return out
}

func (e Env) isNull(x *expr.IsNull) Truth {
	v := e.value(x.X)
	if _, claim := x.X.(*expr.Claim); !v.Known || claim && e.TestedForNull {
		return True | False
	}
	return truth(v.Null != x.Not)
}

func (e Env) distinct(x *expr.IsDistinct) Truth {
	l, r := e.value(x.L), e.value(x.R)
	if !l.Known || !r.Known {
		return True | False
	}
	different := l.Null != r.Null || !l.Null && l.Text != r.Text
	return truth(different != x.Not)
}

func (e Env) boolTest(x *expr.BoolTest) Truth {
	wanted := map[string]Truth{"true": True, "false": False, "unknown": Null}[x.Value]
	return e.Eval(x.X).of(func(o Truth) Truth { return truth((o == wanted) != x.Not) })
}

// query is EXISTS, IN and the like: where WHERE is never true there is no row.
func (e Env) query(x *expr.Query) Truth {
	empty := x.Where != nil && plain(x) && !e.Eval(x.Where).Can(True)
	switch x.Kind {
	case expr.Exists:
		if empty {
			return False
		}
		return True | False
	case expr.Any:
		switch {
		case empty:
			return False
		case x.Test != nil && e.value(x.Test).isNull():
			return False | Null
		}
	case expr.All:
		if empty {
			return True
		}
	case expr.Scalar:
		return e.fromValue(e.value(x))
	}
	return Unknown
}
