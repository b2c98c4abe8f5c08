package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/static/builtin"
)

// operation analyses an expression with an operator, or syntax that stands for
// one.
func (a *analysis) operation(n *pg.A_Expr, s *scope) (string, *sqlError) {
	op := ""
	if len(n.Name) == 1 {
		op = n.Name[0].GetString_().GetSval()
	}
	if l, r := n.Lexpr.GetRowExpr(), n.Rexpr.GetRowExpr(); l != nil && r != nil && n.Kind == pg.A_Expr_Kind_AEXPR_OP {
		return a.rowComparison(op, l, r, s)
	}
	left, err := a.expr(n.Lexpr, s)
	if err != nil {
		return "", err
	}
	switch n.Kind {
	case pg.A_Expr_Kind_AEXPR_IN:
		return a.in(op, n, left, s)
	case pg.A_Expr_Kind_AEXPR_BETWEEN, pg.A_Expr_Kind_AEXPR_NOT_BETWEEN, pg.A_Expr_Kind_AEXPR_BETWEEN_SYM, pg.A_Expr_Kind_AEXPR_NOT_BETWEEN_SYM:
		bounds := n.Rexpr.GetList().GetItems()
		for i, b := range bounds {
			typ, err := a.expr(b, s)
			if err == nil {
				_, err = a.operator([]string{">=", "<="}[i%2], n.Lexpr, b, left, typ)
			}
			if err != nil {
				return "", err
			}
		}
		return "boolean", nil
	}
	right, err := a.expr(n.Rexpr, s)
	if err != nil {
		return "", err
	}
	switch n.Kind {
	case pg.A_Expr_Kind_AEXPR_OP_ANY, pg.A_Expr_Kind_AEXPR_OP_ALL:
		return "boolean", a.anyOf(op, n, left, right)
	case pg.A_Expr_Kind_AEXPR_NULLIF:
		_, err := a.operator("=", n.Lexpr, n.Rexpr, left, right)
		if left == literal {
			left = "text"
		}
		return left, err
	case pg.A_Expr_Kind_AEXPR_SIMILAR:
		return "boolean", nil
	case pg.A_Expr_Kind_AEXPR_DISTINCT, pg.A_Expr_Kind_AEXPR_NOT_DISTINCT:
		_, err := a.operator("=", n.Lexpr, n.Rexpr, left, right)
		return "boolean", err
	}
	if op == "" { // OPERATOR(schema.op)
		return anyKnown, nil
	}
	if n.Lexpr == nil {
		return a.prefix(op, n.Rexpr, right)
	}
	return a.operator(op, n.Lexpr, n.Rexpr, left, right)
}

func (a *analysis) rowComparison(op string, l, r *pg.RowExpr, s *scope) (string, *sqlError) {
	left, err := a.list(l.Args, s)
	if err != nil {
		return "", err
	}
	right, err := a.list(r.Args, s)
	if err != nil {
		return "", err
	}
	if len(left) != len(right) {
		return "", errf("42601", "unequal number of entries in row expressions")
	}
	for i := range left {
		if _, err := a.operator(op, l.Args[i], r.Args[i], left[i], right[i]); err != nil {
			return "", err
		}
	}
	return "boolean", nil
}

// in analyses x IN (…): the elements are brought to one type with x where they
// can be, else they are compared one by one.
func (a *analysis) in(op string, n *pg.A_Expr, left string, s *scope) (string, *sqlError) {
	if op == "" {
		op = "="
	}
	types := []string{left}
	for _, x := range n.Rexpr.GetList().GetItems() {
		if l, r := n.Lexpr.GetRowExpr(), x.GetRowExpr(); l != nil && r != nil {
			if _, err := a.rowComparison(op, l, r, s); err != nil {
				return "", err
			}
			continue
		}
		typ, err := a.expr(x, s)
		if err == nil {
			_, err = a.operator(op, n.Lexpr, x, left, typ)
		}
		if err != nil {
			return "", err
		}
		if x.GetColumnRef() == nil {
			types = append(types, typ)
		}
	}
	if len(types) > 2 { // one value alone is compared as it is
		typ, err := a.r.commonType("IN", types)
		a.listed = a.listed || err == nil && typ == "character varying"
	}
	return "boolean", nil
}

// anyOf analyses x op ANY (array).
func (a *analysis) anyOf(op string, n *pg.A_Expr, left, right string) *sqlError {
	if right == anyKnown || op == "" {
		return nil
	}
	if right == literal {
		if left == literal || left == anyKnown {
			return nil
		}
		return a.literalAs(n.Rexpr, left+"[]")
	}
	elem, ok := elementType(a.r.baseType(right))
	if !ok {
		if !a.r.solid(right) || right == "int2vector" || right == "oidvector" || right == "anyarray" {
			return nil
		}
		return errf("42809", "op ANY/ALL (array) requires array on right side")
	}
	a.listed = a.listed || elem == "character varying"
	typ, err := a.operator(op, n.Lexpr, nil, left, elem)
	if err == nil && typ != "boolean" && typ != anyKnown {
		return errf("42809", "op ANY/ALL (array) requires operator to yield boolean")
	}
	return err
}

// operator resolves a binary operator. The nodes are for literals, nil where
// there is none.
func (a *analysis) operator(op string, l, r *pg.Node, left, right string) (string, *sqlError) {
	c, ok, err := a.r.pick(op, left, right)
	if err != nil {
		return "", err
	}
	builtins := builtin.Operators(op)
	if !ok {
		return a.guess(builtins), nil
	}
	args := []string{left, right}
	if i := slices.Index(c.args, "anynonarray"); op == "||" && i >= 0 { // is taken apart: as immutable as the conversion
		a.conversion(args[i], "text")
	} else if builtins[c.index].Volatility != 'i' {
		a.mutable = true
	}
	for i, node := range []*pg.Node{l, r} {
		if err := a.argument(node, args[i], c.args[i], args[1-i]); err != nil {
			return "", err
		}
	}
	return a.r.resultType(c, args), nil
}

// pick chooses the binary operator for two types. ok is false when it is not
// certain which one is meant.
func (r *replay) pick(op, left, right string) (c candidate, ok bool, err *sqlError) {
	if left == literal && right == anyKnown || left == anyKnown {
		return c, false, nil
	}
	if right == anyKnown || left != literal && !r.solid(left) || right != literal && !r.solid(right) {
		return c, false, nil
	}
	// A literal is first tried as of the other side's type.
	try := [2]string{r.baseType(left), r.baseType(right)}
	if left == literal && right != literal {
		try[0] = try[1]
	} else if right == literal && left != literal {
		try[1] = try[0]
	}
	builtins := builtin.Operators(op)
	var list []candidate
	if i := slices.IndexFunc(builtins, func(o builtin.Operator) bool { return o.Left != "" && o.Left == try[0] && o.Right == try[1] }); i >= 0 {
		list = []candidate{{builtins[i].Operands, builtins[i].Result, i}}
	} else {
		list = make([]candidate, 0, len(builtins))
		for i, o := range builtins {
			if o.Left != "" {
				list = append(list, candidate{o.Operands, o.Result, i})
			}
		}
	}
	args := []string{left, right}
	if left == literal && right == literal && len(list) > 1 {
		list = r.choose(list, args)
		if len(list) > 1 {
			return c, false, nil
		}
	}
	switch best := r.choose(list, args); {
	case len(best) == 1:
		return best[0], true, nil
	case len(best) == 0 && !r.openOperator(op, left, right):
		return c, false, errf("42883", "operator does not exist: %s %s %s", left, op, right)
	}
	return c, false, nil
}

// argument takes a literal as of the type that the operator wants, and notes
// what converting any other value costs.
func (a *analysis) argument(n *pg.Node, typ, want, other string) *sqlError {
	if typ != literal {
		a.conversion(typ, want)
		return nil
	}
	switch want {
	case "anyelement", "anynonarray", "anyenum", "anycompatible", "anyarray", "anycompatiblearray":
		if other == literal || other == anyKnown || strings.HasSuffix(want, "array") != strings.HasSuffix(a.r.baseType(other), "[]") {
			return nil
		}
		want = other
	}
	return a.literalAs(n, want)
}

// prefix resolves an operator that stands in front.
func (a *analysis) prefix(op string, n *pg.Node, right string) (string, *sqlError) {
	var list []candidate
	builtins := builtin.Operators(op)
	for i, o := range builtins {
		if o.Left == "" {
			list = append(list, candidate{[]string{o.Right}, o.Result, i})
		}
	}
	if right == anyKnown || !a.r.solid(right) && right != literal {
		return anyKnown, nil
	}
	best := a.r.choose(list, []string{right})
	switch {
	case len(best) == 0 && len(list) > 0 && (op == "-" || op == "+"):
		return "", errf("42883", "operator does not exist: %s %s", op, right)
	case len(best) != 1:
		return anyKnown, nil
	}
	return best[0].result, nil
}

// guess is the result when the operands' types are not known: that of the
// operators of this name, if all have the same.
func (a *analysis) guess(list []builtin.Operator) string {
	out := anyKnown
	for _, o := range list {
		if out != anyKnown && o.Result != out {
			return anyKnown
		}
		out = o.Result
	}
	return out
}

// openOperator reports whether somebody may have defined the operator for
// these types: extensions do it for some names, on arrays above all.
func (r *replay) openOperator(op, left, right string) bool {
	if r.unlisted() || r.deps.operators[op] {
		return true
	}
	switch op {
	case "=", "<>", "<", "<=", ">", ">=", "~~", "!~~", "~~*", "!~~*", "->", "->>", "#>", "#>>", "~", "~*", "!~", "!~*", "*", "/", "?", "?|", "?&":
		return false
	case "+", "-", "||", "&&", "@>", "<@":
		return strings.HasSuffix(left, "[]") || strings.HasSuffix(right, "[]")
	}
	return true
}
