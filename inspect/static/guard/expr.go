package guard

import (
	"strconv"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// expr evaluates one expression. A node that is not understood is unknown.
func (e *Env) expr(n *pg.Node, s *scope) (Value, error) {
	switch n := n.GetNode().(type) {
	case *pg.Node_AConst:
		return constant(n.AConst), nil
	case *pg.Node_ColumnRef:
		names, star := parts(n.ColumnRef.Fields)
		if star {
			return Value{}, nil
		}
		return e.name(names, s), nil
	case *pg.Node_ParamRef:
		return e.param(int(n.ParamRef.Number)), nil
	case *pg.Node_TypeCast:
		return e.typeCast(n.TypeCast, s)
	case *pg.Node_BoolExpr:
		return e.logic(n.BoolExpr, s)
	case *pg.Node_AExpr:
		return e.operation(n.AExpr, s)
	case *pg.Node_NullTest:
		v, err := e.expr(n.NullTest.Arg, s)
		if err != nil || v.Kind == Unknown {
			return Value{}, err
		}
		return Of(v.IsNull() == (n.NullTest.Nulltesttype == pg.NullTestType_IS_NULL)), nil
	case *pg.Node_BooleanTest:
		return e.boolTest(n.BooleanTest, s)
	case *pg.Node_CaseExpr:
		return e.caseExpr(n.CaseExpr, s)
	case *pg.Node_CoalesceExpr:
		return e.coalesce(n.CoalesceExpr.Args, s)
	case *pg.Node_SubLink:
		return e.subLink(n.SubLink, s)
	case *pg.Node_AArrayExpr:
		items, err := e.list(n.AArrayExpr.Elements, s)
		return Value{Kind: Array, Items: items}, err
	case *pg.Node_RowExpr:
		items, err := e.list(n.RowExpr.Args, s)
		names := make([]string, len(items))
		for i := range names {
			names[i] = "f" + strconv.Itoa(i+1)
		}
		return Value{Kind: Row, Items: items, Names: names}, err
	case *pg.Node_FuncCall:
		return e.call(n.FuncCall, s)
	case *pg.Node_NamedArgExpr:
		return e.expr(n.NamedArgExpr.Arg, s)
	case *pg.Node_CollateClause:
		return e.expr(n.CollateClause.Arg, s)
	case *pg.Node_SqlvalueFunction:
		return e.valueFunction(n.SqlvalueFunction), nil
	case *pg.Node_AIndirection:
		return e.indirection(n.AIndirection, s)
	}
	return Value{}, nil
}

func (e *Env) list(nodes []*pg.Node, s *scope) ([]Value, error) {
	out := make([]Value, len(nodes))
	for i, n := range nodes {
		v, err := e.expr(n, s)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func constant(c *pg.A_Const) Value {
	if c.Isnull {
		return null
	}
	switch v := c.Val.(type) {
	case *pg.A_Const_Ival:
		return Of(int(v.Ival.Ival))
	case *pg.A_Const_Fval:
		if i, err := strconv.ParseInt(v.Fval.Fval, 10, 64); err == nil {
			return Of(i)
		}
		f, _ := strconv.ParseFloat(v.Fval.Fval, 64)
		return Value{Kind: Float, Float: f}
	case *pg.A_Const_Boolval:
		return Of(v.Boolval.Boolval)
	case *pg.A_Const_Sval:
		return Of(v.Sval.Sval)
	}
	return Value{}
}

// name is a column, or else a variable: PL/pgSQL refuses a name that is both.
func (e *Env) name(names []string, s *scope) Value {
	if v, ok := s.find(names); ok {
		return v
	}
	if e.Var != nil {
		if v, ok := e.Var(names); ok {
			return v
		}
	}
	return Value{}
}

func (e *Env) param(n int) Value {
	if n >= 1 && n <= len(e.Params) {
		return e.Params[n-1]
	}
	if e.Var != nil {
		v, _ := e.Var([]string{"$" + strconv.Itoa(n)})
		return v
	}
	return Value{}
}

// logic is AND, OR and NOT in three truth values, and unknown: a part that
// decides the whole does so whatever the others are.
func (e *Env) logic(b *pg.BoolExpr, s *scope) (Value, error) {
	if b.Boolop == pg.BoolExprType_NOT_EXPR {
		v, err := e.expr(b.Args[0], s)
		if err != nil || v.Kind != Bool {
			return nullOr(v), err
		}
		return Of(!v.Bool), nil
	}
	decides := b.Boolop == pg.BoolExprType_OR_EXPR
	result := Of(!decides)
	before := e.unsure
	defer func() { e.unsure = before }()
	for _, arg := range b.Args {
		v, err := e.expr(arg, s)
		switch {
		case err != nil:
			return Value{}, err
		case v.Kind == Bool && v.Bool == decides:
			return v, nil
		case v.Kind == Unknown:
			result = Value{}
			e.unsure++ // it may have decided, so that the rest is not run
		case v.Kind == Null && result.Kind != Unknown:
			result = null
		}
	}
	return result, nil
}

// nullOr is null for null and unknown for anything else.
func nullOr(v Value) Value {
	if v.IsNull() {
		return null
	}
	return Value{}
}

func (e *Env) boolTest(b *pg.BooleanTest, s *scope) (Value, error) {
	v, err := e.expr(b.Arg, s)
	if err != nil || v.Kind != Bool && v.Kind != Null {
		return Value{}, err
	}
	isTrue, isFalse, isNull := v.True(), v.Kind == Bool && !v.Bool, v.IsNull()
	switch b.Booltesttype {
	case pg.BoolTestType_IS_TRUE:
		return Of(isTrue), nil
	case pg.BoolTestType_IS_NOT_TRUE:
		return Of(!isTrue), nil
	case pg.BoolTestType_IS_FALSE:
		return Of(isFalse), nil
	case pg.BoolTestType_IS_NOT_FALSE:
		return Of(!isFalse), nil
	case pg.BoolTestType_IS_UNKNOWN:
		return Of(isNull), nil
	}
	return Of(!isNull), nil
}

func (e *Env) caseExpr(c *pg.CaseExpr, s *scope) (Value, error) {
	var operand Value
	if c.Arg != nil {
		v, err := e.expr(c.Arg, s)
		if err != nil {
			return Value{}, err
		}
		operand = v
	}
	for _, w := range c.Args {
		when := w.GetCaseWhen()
		cond, err := e.expr(when.Expr, s)
		if err != nil {
			return Value{}, err
		}
		if c.Arg != nil {
			cond = compare("=", operand, cond)
		}
		if cond.True() {
			return e.expr(when.Result, s)
		}
		if !cond.False() {
			return Value{}, nil
		}
	}
	if c.Defresult == nil {
		return null, nil
	}
	return e.expr(c.Defresult, s)
}

func (e *Env) coalesce(args []*pg.Node, s *scope) (Value, error) {
	for _, a := range args {
		v, err := e.expr(a, s)
		if err != nil || !v.IsNull() {
			return v, err
		}
	}
	return null, nil
}

func (e *Env) indirection(n *pg.A_Indirection, s *scope) (Value, error) {
	v, err := e.expr(n.Arg, s)
	for _, step := range n.Indirection {
		if err != nil {
			return Value{}, err
		}
		if f := step.GetString_(); f != nil {
			v, _ = v.Field(f.Sval)
			continue
		}
		ix := step.GetAIndices()
		if ix == nil || ix.IsSlice || v.Kind != Array {
			return Value{}, nil
		}
		var i Value
		if i, err = e.expr(ix.Uidx, s); i.Kind != Int {
			return Value{}, err
		}
		if i.Int < 1 || int(i.Int) > len(v.Items) {
			return null, err
		}
		v = v.Items[i.Int-1]
	}
	return v, err
}

func (e *Env) valueFunction(f *pg.SQLValueFunction) Value {
	switch f.Op {
	case pg.SQLValueFunctionOp_SVFOP_CURRENT_USER, pg.SQLValueFunctionOp_SVFOP_CURRENT_ROLE, pg.SQLValueFunctionOp_SVFOP_USER:
		return Of(e.User)
	case pg.SQLValueFunctionOp_SVFOP_SESSION_USER:
		return Of(e.Login)
	case pg.SQLValueFunctionOp_SVFOP_CURRENT_SCHEMA:
		return e.currentSchema()
	}
	return Value{}
}

func (e *Env) currentSchema() Value {
	for _, s := range e.Path {
		if s != "pg_catalog" {
			return Of(s)
		}
	}
	return null
}
