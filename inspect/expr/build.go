package expr

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// maxDepth bounds the recursion; the parser's own limit is near it.
const maxDepth = 4000

// A builder turns parser nodes into the algebra.
type builder struct {
	scope  Scope
	frames []*frame // the selects around the node, outermost first
	row    []ColumnDef
	known  bool     // row is filled: the columns of the policy's table
	table  string   // the policy's table without schema
	asked  *[]asked // if not nil, takes in what is looked up in row
	depth  int
}

func newBuilder(s Scope) *builder {
	b := &builder{scope: s, table: s.bare}
	if b.table == "" {
		b.table = bareName(s.Table)
	}
	if s.Table != "" && s.Columns != nil {
		b.row, b.known = s.Columns(s.Table)
	}
	return b
}

// ofRow is the type of a column of the policy's table.
func (b *builder) ofRow(name string) (typ string, ok bool) {
	if i := slices.IndexFunc(b.row, func(c ColumnDef) bool { return c.Name == name }); i >= 0 {
		typ, ok = b.row[i].Type, true
	}
	if b.asked != nil && !slices.ContainsFunc(*b.asked, func(a asked) bool { return a.name == name }) {
		*b.asked = append(*b.asked, asked{name, typ, ok})
	}
	return typ, ok
}

func (b *builder) nodes(list []*pg.Node) []Expr {
	if len(list) == 0 {
		return nil
	}
	out := make([]Expr, len(list))
	for i, n := range list {
		out[i] = b.node(n)
	}
	return out
}

// opt is node for a place that may be empty.
func (b *builder) opt(n *pg.Node) Expr {
	if n.GetNode() == nil {
		return nil
	}
	return b.node(n)
}

// node never returns nil.
func (b *builder) node(n *pg.Node) Expr {
	b.depth++
	defer func() { b.depth-- }()
	if b.depth > maxDepth {
		return &Opaque{Text: "…"}
	}
	switch v := n.GetNode().(type) {
	case *pg.Node_AConst:
		return literal(v.AConst)
	case *pg.Node_ColumnRef:
		return b.column(stringsOf(v.ColumnRef.Fields))
	case *pg.Node_ParamRef:
		return b.param(int(v.ParamRef.Number))
	case *pg.Node_FuncCall:
		return b.call(n, v.FuncCall)
	case *pg.Node_TypeCast:
		return b.cast(b.node(v.TypeCast.Arg), b.typeName(v.TypeCast.TypeName))
	case *pg.Node_AExpr:
		return b.operator(n, v.AExpr)
	case *pg.Node_BoolExpr:
		return b.logic(v.BoolExpr)
	case *pg.Node_NullTest:
		return &IsNull{X: b.node(v.NullTest.Arg), Not: v.NullTest.Nulltesttype == pg.NullTestType_IS_NOT_NULL}
	case *pg.Node_BooleanTest:
		return b.boolTest(v.BooleanTest)
	case *pg.Node_SubLink:
		return b.subLink(n, v.SubLink)
	case *pg.Node_CoalesceExpr:
		return &Coalesce{Args: b.nodes(v.CoalesceExpr.Args)}
	case *pg.Node_CaseExpr:
		return b.caseExpr(v.CaseExpr)
	case *pg.Node_AArrayExpr:
		return array(&Array{Elems: b.nodes(v.AArrayExpr.Elements)})
	case *pg.Node_RowExpr:
		return &Row{Args: b.nodes(v.RowExpr.Args)}
	case *pg.Node_AIndirection:
		return b.indirection(v.AIndirection)
	case *pg.Node_MinMaxExpr:
		name := "greatest"
		if v.MinMaxExpr.Op == pg.MinMaxOp_IS_LEAST {
			name = "least"
		}
		return &Call{Name: name, Args: b.nodes(v.MinMaxExpr.Args)}
	case *pg.Node_SqlvalueFunction:
		return b.valueFunction(v.SqlvalueFunction)
	case *pg.Node_NamedArgExpr:
		return &NamedArg{Name: v.NamedArgExpr.Name, X: b.node(v.NamedArgExpr.Arg)}
	case *pg.Node_CollateClause:
		names := stringsOf(v.CollateClause.Collname)
		if len(names) == 0 {
			break
		}
		return &Collate{X: b.node(v.CollateClause.Arg), Name: names[len(names)-1]}
	case *pg.Node_GroupingFunc:
		return &Call{Name: "grouping", Args: b.nodes(v.GroupingFunc.Args)}
	case *pg.Node_GroupingSet:
		return &Call{Name: groupings[v.GroupingSet.Kind], Args: b.nodes(v.GroupingSet.Content)}
	case *pg.Node_XmlExpr:
		return b.opaque(n, v.XmlExpr.Args...)
	case *pg.Node_XmlSerialize:
		return b.opaque(n, v.XmlSerialize.Expr)
	case *pg.Node_JsonIsPredicate:
		return b.opaque(n, v.JsonIsPredicate.Expr)
	case *pg.Node_List:
		return &Row{Args: b.nodes(v.List.Items)}
	case *pg.Node_SelectStmt:
		return b.statement(v.SelectStmt)
	}
	return b.opaque(n)
}

var groupings = map[pg.GroupingSetKind]string{
	pg.GroupingSetKind_GROUPING_SET_ROLLUP: "rollup", pg.GroupingSetKind_GROUPING_SET_CUBE: "cube",
	pg.GroupingSetKind_GROUPING_SET_SETS: "grouping sets", pg.GroupingSetKind_GROUPING_SET_EMPTY: "",
}

// opaque keeps a node as text, with the parts of it that are understood.
func (b *builder) opaque(n *pg.Node, parts ...*pg.Node) Expr {
	o := &Opaque{Text: deparse(n)}
	for _, p := range parts {
		if p.GetNode() != nil {
			o.Parts = append(o.Parts, b.node(p))
		}
	}
	return o
}

func deparse(n *pg.Node) string {
	if n.GetNode() == nil {
		return "null"
	}
	target := &pg.Node{Node: &pg.Node_ResTarget{ResTarget: &pg.ResTarget{Val: n}}}
	sel := &pg.SelectStmt{TargetList: []*pg.Node{target}, LimitOption: pg.LimitOption_LIMIT_OPTION_DEFAULT, Op: pg.SetOperation_SETOP_NONE}
	return deparseStmt(&pg.Node{Node: &pg.Node_SelectStmt{SelectStmt: sel}}, len("SELECT "))
}

func deparseStmt(n *pg.Node, skip int) string {
	text, err := pg.Deparse(&pg.ParseResult{Stmts: []*pg.RawStmt{{Stmt: n}}})
	if err != nil || len(text) < skip {
		return "…"
	}
	return text[skip:]
}

func (b *builder) caseExpr(c *pg.CaseExpr) Expr {
	out := &Case{Operand: b.opt(c.Arg), Else: b.opt(c.Defresult)}
	for _, n := range c.Args {
		if w := n.GetCaseWhen(); w != nil {
			out.Whens = append(out.Whens, When{b.node(w.Expr), b.node(w.Result)})
		}
	}
	if k, ok := out.Else.(*Const); ok && k.Null {
		out.Else = nil
	}
	return out
}

func (b *builder) boolTest(t *pg.BooleanTest) Expr {
	out := &BoolTest{X: b.node(t.Arg), Value: "true"}
	switch t.Booltesttype {
	case pg.BoolTestType_IS_NOT_TRUE:
		out.Not = true
	case pg.BoolTestType_IS_FALSE:
		out.Value = "false"
	case pg.BoolTestType_IS_NOT_FALSE:
		out.Value, out.Not = "false", true
	case pg.BoolTestType_IS_UNKNOWN:
		out.Value = "unknown"
	case pg.BoolTestType_IS_NOT_UNKNOWN:
		out.Value, out.Not = "unknown", true
	}
	return out
}

func (b *builder) logic(e *pg.BoolExpr) Expr {
	args := b.nodes(e.Args)
	switch {
	case e.Boolop == pg.BoolExprType_AND_EXPR:
		return conj(args...)
	case e.Boolop == pg.BoolExprType_OR_EXPR:
		return disj(args...)
	case len(args) == 1:
		return negate(args[0])
	}
	return &Opaque{Text: "…", Parts: args}
}

func conj(args ...Expr) Expr {
	var out []Expr
	for _, a := range args {
		if v, ok := a.(*And); ok {
			out = append(out, v.Args...)
		} else if a != nil {
			out = append(out, a)
		}
	}
	switch len(out) {
	case 0:
		return nil
	case 1:
		return out[0]
	}
	return &And{Args: out}
}

func disj(args ...Expr) Expr {
	var out []Expr
	for _, a := range args {
		if v, ok := a.(*Or); ok {
			out = append(out, v.Args...)
		} else if a != nil {
			out = append(out, a)
		}
	}
	switch len(out) {
	case 0:
		return nil
	case 1:
		return out[0]
	}
	return &Or{Args: out}
}

func negate(x Expr) Expr {
	switch v := x.(type) {
	case *Not:
		return v.X
	case *In:
		return &In{X: v.X, List: v.List, Not: !v.Not}
	case *IsNull:
		if _, row := v.X.(*Row); !row {
			return &IsNull{X: v.X, Not: !v.Not}
		}
	case *IsDistinct:
		return &IsDistinct{L: v.L, R: v.R, Not: !v.Not}
	case *BoolTest:
		return &BoolTest{X: v.X, Value: v.Value, Not: !v.Not}
	}
	return &Not{X: x}
}

// indirection is x[i], (x).field and their chains.
func (b *builder) indirection(n *pg.A_Indirection) Expr {
	x := b.node(n.Arg)
	for _, i := range n.Indirection {
		switch v := i.GetNode().(type) {
		case *pg.Node_String_:
			x = &Field{X: x, Name: v.String_.GetSval()}
		case *pg.Node_AStar:
			x = &Field{X: x, Name: "*"}
		case *pg.Node_AIndices:
			if v.AIndices.IsSlice {
				x = &Subscript{X: x, Index: b.opt(v.AIndices.Lidx), Upper: b.opt(v.AIndices.Uidx), Slice: true}
				continue
			}
			at := b.node(v.AIndices.Uidx)
			if c := deeper(x, []Expr{at}, false); c != nil {
				x = c
				continue
			}
			x = &Subscript{X: x, Index: at}
		}
	}
	return x
}
