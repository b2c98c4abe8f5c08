package static

import (
	"strconv"

	pg "github.com/pganalyze/pg_query_go/v5"
)

func itoa(n int) string { return strconv.Itoa(n) }

// expr analyses an expression and returns its type.
func (a *analysis) expr(n *pg.Node, s *scope) (string, *sqlError) {
	switch n := n.GetNode().(type) {
	case *pg.Node_ColumnRef:
		return a.columnRef(n.ColumnRef, s)
	case *pg.Node_AConst:
		return constType(n.AConst), nil
	case *pg.Node_ParamRef:
		if i := int(n.ParamRef.Number); i > 0 && i <= len(a.params) {
			return bareType(a.params[i-1].Type), nil
		} else if a.fname != "" {
			return "", errf("42P02", "there is no parameter $%d", i)
		}
		return anyKnown, nil
	case *pg.Node_TypeCast:
		return a.cast(n.TypeCast, s)
	case *pg.Node_FuncCall:
		_, typ, err := a.call(n.FuncCall, s, false)
		return typ, err
	case *pg.Node_AExpr:
		return a.operation(n.AExpr, s)
	case *pg.Node_BoolExpr:
		return a.boolExpr(n.BoolExpr, s)
	case *pg.Node_NullTest:
		_, err := a.expr(n.NullTest.Arg, s)
		return "boolean", err
	case *pg.Node_BooleanTest:
		typ, err := a.expr(n.BooleanTest.Arg, s)
		if err == nil {
			err = a.boolean(n.BooleanTest.Arg, typ, booleanTests[n.BooleanTest.Booltesttype])
		}
		return "boolean", err
	case *pg.Node_SubLink:
		return a.subLink(n.SubLink, s)
	case *pg.Node_CaseExpr:
		return a.caseExpr(n.CaseExpr, s)
	case *pg.Node_CoalesceExpr:
		return a.common("COALESCE", n.CoalesceExpr.Args, s)
	case *pg.Node_MinMaxExpr:
		word := "GREATEST"
		if n.MinMaxExpr.Op == pg.MinMaxOp_IS_LEAST {
			word = "LEAST"
		}
		return a.common(word, n.MinMaxExpr.Args, s)
	case *pg.Node_RowExpr:
		_, err := a.list(n.RowExpr.Args, s)
		return "record", err
	case *pg.Node_AArrayExpr:
		return a.array(n.AArrayExpr, s)
	case *pg.Node_AIndirection:
		return a.indirection(n.AIndirection, s)
	case *pg.Node_CollateClause:
		typ, err := a.expr(n.CollateClause.Arg, s)
		if err == nil && typ != literal && !isPolymorphic(typ) {
			err = a.r.collatable(n.CollateClause, typ)
		}
		return typ, err
	case *pg.Node_NamedArgExpr:
		return a.expr(n.NamedArgExpr.Arg, s)
	case *pg.Node_SqlvalueFunction:
		return a.valueFunction(n.SqlvalueFunction)
	case *pg.Node_List:
		_, err := a.list(n.List.Items, s)
		return "record", err
	case *pg.Node_XmlExpr:
		if _, err := a.list(n.XmlExpr.Args, s); err != nil {
			return "", err
		}
		if n.XmlExpr.Op == pg.XmlExprOp_IS_DOCUMENT {
			return "boolean", nil
		}
		return "xml", nil
	case *pg.Node_GroupingFunc:
		return "integer", nil
	}
	return anyKnown, nil
}

func (a *analysis) list(nodes []*pg.Node, s *scope) ([]string, *sqlError) {
	out := make([]string, len(nodes))
	for i, n := range nodes {
		typ, err := a.expr(n, s)
		if err != nil {
			return nil, err
		}
		out[i] = typ
	}
	return out, nil
}

// constType is the type of a constant (PostgreSQL docs 4.1.2).
func constType(c *pg.A_Const) string {
	switch v := c.GetVal().(type) {
	case *pg.A_Const_Ival:
		return "integer"
	case *pg.A_Const_Fval:
		if n, err := strconv.ParseInt(v.Fval.GetFval(), 10, 64); err == nil && n >= 0 {
			return "bigint"
		}
		return "numeric"
	case *pg.A_Const_Boolval:
		return "boolean"
	case *pg.A_Const_Bsval:
		return "bit"
	}
	return literal
}

var booleanTests = map[pg.BoolTestType]string{
	pg.BoolTestType_IS_TRUE: "IS TRUE", pg.BoolTestType_IS_NOT_TRUE: "IS NOT TRUE", pg.BoolTestType_IS_FALSE: "IS FALSE",
	pg.BoolTestType_IS_NOT_FALSE: "IS NOT FALSE", pg.BoolTestType_IS_UNKNOWN: "IS UNKNOWN", pg.BoolTestType_IS_NOT_UNKNOWN: "IS NOT UNKNOWN",
}

func (a *analysis) boolExpr(n *pg.BoolExpr, s *scope) (string, *sqlError) {
	word := "AND"
	switch n.Boolop {
	case pg.BoolExprType_OR_EXPR:
		word = "OR"
	case pg.BoolExprType_NOT_EXPR:
		word = "NOT"
	}
	for _, x := range n.Args {
		typ, err := a.expr(x, s)
		if err == nil {
			err = a.boolean(x, typ, word)
		}
		if err != nil {
			return "", err
		}
	}
	return "boolean", nil
}

func (a *analysis) caseExpr(n *pg.CaseExpr, s *scope) (string, *sqlError) {
	operand := ""
	if n.Arg != nil {
		var err *sqlError
		if operand, err = a.expr(n.Arg, s); err != nil {
			return "", err
		}
		if operand == literal {
			operand = "text"
		}
	}
	var types []string
	var results []*pg.Node
	for _, x := range n.Args {
		w := x.GetCaseWhen()
		typ, err := a.expr(w.Expr, s)
		switch {
		case err != nil:
		case n.Arg != nil:
			_, err = a.operator("=", n.Arg, w.Expr, operand, typ)
		default:
			err = a.boolean(w.Expr, typ, "CASE/WHEN")
		}
		if err != nil {
			return "", err
		}
		if typ, err = a.expr(w.Result, s); err != nil {
			return "", err
		}
		types, results = append(types, typ), append(results, w.Result)
	}
	if n.Defresult != nil {
		typ, err := a.expr(n.Defresult, s)
		if err != nil {
			return "", err
		}
		types, results = append([]string{typ}, types...), append([]*pg.Node{n.Defresult}, results...)
	}
	return a.unify("CASE", results, types)
}

// common analyses expressions that must agree on a type.
func (a *analysis) common(word string, nodes []*pg.Node, s *scope) (string, *sqlError) {
	types, err := a.list(nodes, s)
	if err != nil {
		return "", err
	}
	return a.unify(word, nodes, types)
}

// unify finds the common type and takes literals as of that type.
func (a *analysis) unify(word string, nodes []*pg.Node, types []string) (string, *sqlError) {
	typ, err := a.r.commonType(word, types)
	if err != nil {
		return "", err
	}
	for i, t := range types {
		if t == literal {
			if err := a.literalAs(nodes[i], typ); err != nil {
				return "", err
			}
		}
	}
	return typ, nil
}

func (a *analysis) array(n *pg.A_ArrayExpr, s *scope) (string, *sqlError) {
	typ, err := a.common("ARRAY", n.Elements, s)
	switch {
	case err != nil:
		return "", err
	case len(n.Elements) == 0:
		return anyKnown, nil // only the cast around it says of what type
	case typ == anyKnown:
		return anyKnown, nil
	}
	if _, nested := elementType(typ); nested {
		return typ, nil
	}
	return typ + "[]", nil
}

// indirection analyses subscripts and fields of a value.
func (a *analysis) indirection(n *pg.A_Indirection, s *scope) (string, *sqlError) {
	typ, err := a.expr(n.Arg, s)
	if err != nil {
		return "", err
	}
	for _, x := range n.Indirection {
		switch x := x.GetNode().(type) {
		case *pg.Node_AIndices:
			for _, i := range []*pg.Node{x.AIndices.Lidx, x.AIndices.Uidx} {
				if _, err := a.expr(i, s); err != nil {
					return "", err
				}
			}
			elem, ok := elementType(a.r.baseType(typ))
			switch {
			case typ == "jsonb" || x.AIndices.IsSlice:
			case ok:
				typ = elem
			default:
				typ = anyKnown
			}
		case *pg.Node_String_:
			if typ, err = a.field(typ, x.String_.Sval); err != nil {
				return "", err
			}
		default:
			typ = anyKnown
		}
	}
	return typ, nil
}

// field is the type of a field of a composite value.
func (a *analysis) field(typ, name string) (string, *sqlError) {
	n, ok := unprinted(a.r.baseType(typ))
	if !ok || a.r.category(typ) != 'C' {
		return anyKnown, nil
	}
	w := a.r.rowOf(n)
	c, ok := w.column(name)
	if ok {
		return a.use(c), nil
	}
	return anyKnown, nil
}

// valueFunction is the type of CURRENT_DATE and its like, none of which is
// immutable.
func (a *analysis) valueFunction(n *pg.SQLValueFunction) (string, *sqlError) {
	a.mutable = true
	switch n.Op {
	case pg.SQLValueFunctionOp_SVFOP_CURRENT_DATE:
		return "date", nil
	case pg.SQLValueFunctionOp_SVFOP_CURRENT_TIME, pg.SQLValueFunctionOp_SVFOP_CURRENT_TIME_N:
		return "time with time zone", nil
	case pg.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP, pg.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP_N:
		return "timestamp with time zone", nil
	case pg.SQLValueFunctionOp_SVFOP_LOCALTIME, pg.SQLValueFunctionOp_SVFOP_LOCALTIME_N:
		return "time without time zone", nil
	case pg.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP, pg.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP_N:
		return "timestamp without time zone", nil
	}
	return "name", nil
}
