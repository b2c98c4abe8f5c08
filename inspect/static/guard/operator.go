package guard

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// operation evaluates an operator and its like.
func (e *Env) operation(x *pg.A_Expr, s *scope) (Value, error) {
	names, _ := parts(x.Name)
	op := names[len(names)-1]
	l, err := e.operand(x.Lexpr, s)
	if err != nil {
		return Value{}, err
	}
	switch x.Kind {
	case pg.A_Expr_Kind_AEXPR_IN:
		return e.in(op == "=", l, x.Rexpr.GetList().GetItems(), s)
	case pg.A_Expr_Kind_AEXPR_BETWEEN, pg.A_Expr_Kind_AEXPR_NOT_BETWEEN:
		return e.between(x.Kind == pg.A_Expr_Kind_AEXPR_BETWEEN, l, x.Rexpr.GetList().GetItems(), s)
	}
	r, err := e.operand(x.Rexpr, s)
	if err != nil {
		return Value{}, err
	}
	switch x.Kind {
	case pg.A_Expr_Kind_AEXPR_OP_ANY:
		return quantified(op, l, r, true), nil
	case pg.A_Expr_Kind_AEXPR_OP_ALL:
		return quantified(op, l, r, false), nil
	case pg.A_Expr_Kind_AEXPR_DISTINCT:
		return not(same(l, r)), nil
	case pg.A_Expr_Kind_AEXPR_NOT_DISTINCT:
		return same(l, r), nil
	case pg.A_Expr_Kind_AEXPR_NULLIF:
		switch eq := compare("=", l, r); {
		case eq.True():
			return null, nil
		case eq.False():
			return l, nil
		}
		return Value{}, nil
	case pg.A_Expr_Kind_AEXPR_SIMILAR:
		return Value{}, nil
	}
	if x.Lexpr == nil {
		return negative(op, r), nil
	}
	if l, r, err = e.align(l, r); err != nil {
		return Value{}, err
	}
	return apply(op, l, r), nil
}

// align gives an untyped constant beside a reg type, a date or a timestamp that
// type.
func (e *Env) align(l, r Value) (Value, Value, error) {
	var err error
	switch {
	case l.Kind == Oid && l.Text != "" && r.Kind == Text:
		r, err = e.reg(r, regTypes[l.Class], true)
	case r.Kind == Oid && r.Text != "" && l.Kind == Text:
		l, err = e.reg(l, regTypes[r.Class], true)
	case isMoment(l) && r.Kind == Text && r.Class != l.Class:
		return momentsOf(l, r)
	case isMoment(r) && l.Kind == Text && l.Class != r.Class:
		r, l, err = momentsOf(r, l)
	}
	return l, r, err
}

func (e *Env) operand(n *pg.Node, s *scope) (Value, error) {
	if n == nil {
		return Value{}, nil
	}
	return e.expr(n, s)
}

func not(v Value) Value {
	if v.Kind == Bool {
		return Of(!v.Bool)
	}
	return nullOr(v)
}

func negative(op string, v Value) Value {
	if op == "-" && v.Kind == Int {
		return Of(-v.Int)
	}
	return nullOr(v)
}

// same is IS NOT DISTINCT FROM.
func same(l, r Value) Value {
	if l.IsNull() || r.IsNull() {
		if l.Kind == Unknown || r.Kind == Unknown {
			return Value{}
		}
		return Of(l.IsNull() && r.IsNull())
	}
	return compare("=", l, r)
}

// in is [NOT] IN with a list.
func (e *Env) in(positive bool, x Value, items []*pg.Node, s *scope) (Value, error) {
	list, err := e.list(items, s)
	v := quantified("=", x, Value{Kind: Array, Items: list}, true)
	if !positive {
		v = not(v)
	}
	return v, err
}

func (e *Env) between(positive bool, x Value, bounds []*pg.Node, s *scope) (Value, error) {
	b, err := e.list(bounds, s)
	if err != nil || len(b) != 2 {
		return Value{}, err
	}
	lo, hi := compare(">=", x, b[0]), compare("<=", x, b[1])
	v := Value{}
	switch {
	case lo.Kind == Bool && !lo.Bool, hi.Kind == Bool && !hi.Bool:
		v = Of(false)
	case lo.True() && hi.True():
		v = Of(true)
	case lo.IsNull() && hi.Kind != Unknown, hi.IsNull() && lo.Kind != Unknown:
		v = null
	}
	if !positive {
		v = not(v)
	}
	return v, nil
}

// quantified is x op ANY or ALL of an array.
func quantified(op string, x, list Value, any bool) Value {
	if list.Kind == Text {
		list = parseArray(list.Text)
	}
	if list.Kind != Array {
		return nullOr(list)
	}
	result := Of(!any)
	for _, item := range list.Items {
		switch v := apply(op, x, item); {
		case v.Kind == Bool && v.Bool == any:
			return v
		case v.Kind == Unknown:
			result = Value{}
		case v.Kind == Null && result.Kind != Unknown:
			result = null
		}
	}
	return result
}

// apply evaluates an operator of two operands.
func apply(op string, l, r Value) Value {
	switch op {
	case "||":
		return concat(l, r)
	}
	if l.IsNull() || r.IsNull() {
		return null
	}
	switch op {
	case "=", "<>", "!=", "<", ">", "<=", ">=":
		return compare(op, l, r)
	case "~~", "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*":
		return match(op, l, r)
	case "+", "-", "*", "/", "%":
		return arithmetic(op, l, r)
	case "@>", "<@", "&&":
		return sets(op, l, r)
	}
	return Value{}
}

// concat is ||: of texts, or of arrays and items.
func concat(l, r Value) Value {
	if l.Kind == Array || r.Kind == Array {
		switch {
		case l.IsNull():
			return r
		case r.IsNull():
			return l
		case l.Kind == Array && r.Kind == Array:
			return Value{Kind: Array, Items: slices.Concat(l.Items, r.Items)}
		case l.Kind == Array && r.Known():
			return Value{Kind: Array, Items: append(slices.Clone(l.Items), r)}
		case r.Kind == Array && l.Known():
			return Value{Kind: Array, Items: append([]Value{l}, r.Items...)}
		}
		return Value{}
	}
	if l.IsNull() || r.IsNull() {
		return null
	}
	a, okA := l.String()
	b, okB := r.String()
	if okA && okB {
		return Of(a + b)
	}
	return partly(l.pattern() + r.pattern())
}

func arithmetic(op string, l, r Value) Value {
	if l.Kind != Int || r.Kind != Int {
		return calendar(op, l, r)
	}
	switch {
	case op == "+":
		return Of(l.Int + r.Int)
	case op == "-":
		return Of(l.Int - r.Int)
	case op == "*":
		return Of(l.Int * r.Int)
	case r.Int == 0:
		return Value{}
	case op == "/":
		return Of(l.Int / r.Int)
	}
	return Of(l.Int % r.Int)
}

// sets is containment and overlap of arrays.
func sets(op string, l, r Value) Value {
	if l.Kind == Text {
		l = parseArray(l.Text)
	}
	if r.Kind == Text {
		r = parseArray(r.Text)
	}
	if l.Kind != Array || r.Kind != Array {
		return Value{}
	}
	if op == "<@" {
		l, r = r, l
	}
	result := Of(op != "&&")
	for _, item := range r.Items {
		switch in := quantified("=", item, l, true); {
		case op == "&&" && in.True():
			return in
		case op != "&&" && in.False():
			return Of(false)
		case in.Kind == Unknown:
			result = Value{}
		}
	}
	return result
}
