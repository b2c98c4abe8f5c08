package expr

import "slices"

// Equal reports whether two expressions are the same after normalisation.
// Beyond the normal form it looks past what only a catalog could decide: a
// conversion between text-like types, to a wider number or from a date that
// the server writes and the author does not, and whether '5' is a number.
func Equal(a, b Expr) bool {
	a, b = bared(a), bared(b)
	switch x := a.(type) {
	case nil:
		return b == nil
	case *Const:
		y, ok := b.(*Const)
		return ok && sameConst(x, y)
	case *Column:
		y, ok := b.(*Column)
		return ok && x.Table == y.Table && x.Name == y.Name
	case *Param:
		y, ok := b.(*Param)
		return ok && (x.Index == y.Index || x.Name == y.Name && x.Name != "")
	case *Claim:
		y, ok := b.(*Claim)
		return ok && x.Via == y.Via && x.Text == y.Text && x.Cached == y.Cached && x.MissingOK == y.MissingOK &&
			x.NullGuard == y.NullGuard && slices.Equal(x.Path, y.Path)
	case *Setting:
		y, ok := b.(*Setting)
		return ok && *x == *y
	case *Call:
		y, ok := b.(*Call)
		return ok && x.Name == y.Name && x.Star == y.Star && x.Distinct == y.Distinct && x.Variadic == y.Variadic &&
			x.Cached == y.Cached && equalList(x.Args, y.Args) && equalOrder(x.Order, y.Order) && Equal(x.Filter, y.Filter)
	case *And:
		y, ok := b.(*And)
		return ok && equalList(x.Args, y.Args)
	case *Or:
		y, ok := b.(*Or)
		return ok && equalList(x.Args, y.Args)
	case *Not:
		y, ok := b.(*Not)
		return ok && Equal(x.X, y.X)
	case *Compare:
		y, ok := b.(*Compare)
		return ok && x.Op == y.Op && Equal(x.L, y.L) && Equal(x.R, y.R)
	case *Operator:
		y, ok := b.(*Operator)
		return ok && x.Op == y.Op && Equal(x.L, y.L) && Equal(x.R, y.R)
	case *IsNull:
		y, ok := b.(*IsNull)
		return ok && x.Not == y.Not && Equal(x.X, y.X)
	case *IsDistinct:
		y, ok := b.(*IsDistinct)
		return ok && x.Not == y.Not && Equal(x.L, y.L) && Equal(x.R, y.R)
	case *BoolTest:
		y, ok := b.(*BoolTest)
		return ok && x.Not == y.Not && x.Value == y.Value && Equal(x.X, y.X)
	case *In:
		y, ok := b.(*In)
		return ok && x.Not == y.Not && Equal(x.X, y.X) && equalList(x.List, y.List)
	}
	return equalRest(a, b)
}

func equalRest(a, b Expr) bool {
	switch x := a.(type) {
	case *NamedArg:
		y, ok := b.(*NamedArg)
		return ok && x.Name == y.Name && Equal(x.X, y.X)
	case *Cast:
		y, ok := b.(*Cast)
		return ok && x.Type == y.Type && Equal(x.X, y.X)
	case *Collate:
		y, ok := b.(*Collate)
		return ok && x.Name == y.Name && Equal(x.X, y.X)
	case *AnyOf:
		y, ok := b.(*AnyOf)
		return ok && x.Op == y.Op && x.All == y.All && Equal(x.X, y.X) && Equal(x.Array, y.Array)
	case *Case:
		y, ok := b.(*Case)
		return ok && Equal(x.Operand, y.Operand) && Equal(x.Else, y.Else) &&
			slices.EqualFunc(x.Whens, y.Whens, func(a, b When) bool { return Equal(a.Cond, b.Cond) && Equal(a.Result, b.Result) })
	case *Coalesce:
		y, ok := b.(*Coalesce)
		return ok && equalList(x.Args, y.Args)
	case *NullIf:
		y, ok := b.(*NullIf)
		return ok && Equal(x.X, y.X) && Equal(x.Y, y.Y)
	case *Array:
		y, ok := b.(*Array)
		return ok && equalList(x.Elems, y.Elems)
	case *Row:
		y, ok := b.(*Row)
		return ok && equalList(x.Args, y.Args)
	case *Subscript:
		y, ok := b.(*Subscript)
		return ok && x.Slice == y.Slice && Equal(x.X, y.X) && Equal(x.Index, y.Index) && Equal(x.Upper, y.Upper)
	case *Field:
		y, ok := b.(*Field)
		return ok && x.Name == y.Name && Equal(x.X, y.X)
	case *Query:
		y, ok := b.(*Query)
		return ok && equalQuery(x, y)
	case *Opaque:
		y, ok := b.(*Opaque)
		return ok && x.Text == y.Text
	}
	return false
}

func equalList(a, b []Expr) bool { return slices.EqualFunc(a, b, Equal) }

func equalOrder(a, b []Order) bool {
	return slices.EqualFunc(a, b, func(x, y Order) bool {
		return x.Desc == y.Desc && x.NullsFirst == y.NullsFirst && Equal(x.X, y.X)
	})
}

func equalQuery(x, y *Query) bool {
	if x == nil || y == nil {
		return x == y
	}
	return x.Kind == y.Kind && x.Op == y.Op && x.SetOp == y.SetOp && x.Distinct == y.Distinct && x.Lock == y.Lock &&
		x.Cached == y.Cached && Equal(x.Test, y.Test) && equalQuery(x.Left, y.Left) && equalQuery(x.Right, y.Right) &&
		slices.EqualFunc(x.With, y.With, func(a, b CTE) bool {
			return a.Name == b.Name && a.Recursive == b.Recursive && slices.Equal(a.Columns, b.Columns) && equalQuery(a.Query, b.Query)
		}) &&
		slices.EqualFunc(x.Values, y.Values, equalList) && equalList(x.On, y.On) && equalList(x.Targets, y.Targets) &&
		slices.EqualFunc(x.From, y.From, equalSource) && Equal(x.Where, y.Where) && equalList(x.Group, y.Group) &&
		Equal(x.Having, y.Having) && equalOrder(x.Order, y.Order) && Equal(x.Limit, y.Limit) && Equal(x.Offset, y.Offset)
}

func equalSource(a, b Source) bool {
	if (a.Join == nil) != (b.Join == nil) {
		return false
	}
	if a.Join != nil {
		return a.Join.Kind == b.Join.Kind && slices.EqualFunc(a.Join.L, b.Join.L, equalSource) &&
			slices.EqualFunc(a.Join.R, b.Join.R, equalSource) && Equal(a.Join.On, b.Join.On)
	}
	return a.Name == b.Name && a.CTE == b.CTE && a.Alias == b.Alias && slices.Equal(a.Columns, b.Columns) && slices.Equal(a.Types, b.Types) &&
		equalQuery(a.Sub, b.Sub) && Equal(a.Func, b.Func)
}

func sameConst(x, y *Const) bool {
	if x.Null || y.Null {
		return x.Null == y.Null
	}
	if x.IsBool() != y.IsBool() && (x.Type == "" || y.Type == "") {
		v, ok := truth(x.Text)
		w, ok2 := truth(y.Text)
		return ok && ok2 && v == w
	}
	if (x.IsBool() != y.IsBool() || x.IsNumber() != y.IsNumber()) && x.Type != "" && y.Type != "" {
		return false
	}
	if x.Text == y.Text {
		return true
	}
	return !x.IsNumber() && !y.IsNumber() && canonical("", x.Text) == canonical("", y.Text)
}

// bared takes off the conversions that the server may have added.
func bared(e Expr) Expr {
	for {
		c, ok := e.(*Cast)
		if !ok {
			return e
		}
		switch c.X.(type) {
		case *Claim, *Const:
			return e
		}
		if !addable(c.Type) {
			return e
		}
		e = c.X
	}
}

func addable(typ string) bool {
	t := typ
	if n := len(t); n > 2 && t[n-2:] == "[]" {
		t = t[:n-2]
	}
	switch t {
	case "text", "character varying", "bpchar", "name", "bigint", "integer", "numeric", "double precision",
		"timestamp with time zone", "timestamp without time zone":
		return true
	}
	return false
}
