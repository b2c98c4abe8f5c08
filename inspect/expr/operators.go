package expr

import (
	"encoding/json"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// compares holds the operators whose result is boolean.
var compares = set("=", "<>", "<", "<=", ">", ">=", "~", "!~", "~*", "!~*", "~~", "!~~", "~~*", "!~~*",
	"@>", "<@", "?", "?|", "?&", "&&", "@@", "@?", "^@", "<<", ">>", "&<", "&>", "-|-")

func (b *builder) operator(n *pg.Node, e *pg.A_Expr) Expr {
	op := ""
	if names := stringsOf(e.Name); len(names) > 0 {
		op = names[len(names)-1]
	}
	switch e.Kind {
	case pg.A_Expr_Kind_AEXPR_OP, pg.A_Expr_Kind_AEXPR_LIKE, pg.A_Expr_Kind_AEXPR_ILIKE, pg.A_Expr_Kind_AEXPR_SIMILAR:
		r := b.node(e.Rexpr)
		l := b.opt(e.Lexpr)
		return apply(op, l, r)
	case pg.A_Expr_Kind_AEXPR_OP_ANY:
		return anyOf(op, b.node(e.Lexpr), b.node(e.Rexpr), false)
	case pg.A_Expr_Kind_AEXPR_OP_ALL:
		return anyOf(op, b.node(e.Lexpr), b.node(e.Rexpr), true)
	case pg.A_Expr_Kind_AEXPR_DISTINCT:
		return distinct(b.node(e.Lexpr), b.node(e.Rexpr), false)
	case pg.A_Expr_Kind_AEXPR_NOT_DISTINCT:
		return distinct(b.node(e.Lexpr), b.node(e.Rexpr), true)
	case pg.A_Expr_Kind_AEXPR_NULLIF:
		return nullIf(b.node(e.Lexpr), b.node(e.Rexpr))
	case pg.A_Expr_Kind_AEXPR_IN:
		return in(b.node(e.Lexpr), b.nodes(e.Rexpr.GetList().GetItems()), op == "<>")
	case pg.A_Expr_Kind_AEXPR_BETWEEN, pg.A_Expr_Kind_AEXPR_NOT_BETWEEN,
		pg.A_Expr_Kind_AEXPR_BETWEEN_SYM, pg.A_Expr_Kind_AEXPR_NOT_BETWEEN_SYM:
		bounds := b.nodes(e.Rexpr.GetList().GetItems())
		if len(bounds) == 2 {
			return between(e.Kind, b.node(e.Lexpr), bounds[0], bounds[1])
		}
	}
	return b.opaque(n, e.Lexpr, e.Rexpr)
}

// apply is l op r; l is nil for a prefix operator.
func apply(op string, l, r Expr) Expr {
	if op == "!=" {
		op = "<>"
	}
	if l == nil {
		return prefix(op, r)
	}
	switch op {
	case "#>", "#>>", "#-", "?|", "?&":
		r = elements(r)
	case "@>", "<@", "&&":
		l, r = listed(l), listed(r)
	case "||":
		if isArray(l) || isArray(r) {
			l, r = elements(l), elements(r)
		}
	}
	if c := claimOp(op, l, r); c != nil {
		return c
	}
	if !compares[op] {
		return &Operator{Op: op, L: l, R: r}
	}
	if rows := compareRows(op, l, r); rows != nil {
		return rows
	}
	l, r = align(l, r)
	return &Compare{Op: op, L: l, R: r}
}

func prefix(op string, x Expr) Expr {
	if c, ok := x.(*Const); ok && c.IsNumber() && op == "-" && !strings.HasPrefix(c.Text, "-") {
		return &Const{Type: c.Type, Text: "-" + c.Text}
	}
	if c, ok := x.(*Const); ok && c.IsNumber() && op == "+" {
		return c
	}
	return &Operator{Op: op, R: x}
}

// listed takes a literal apart that can only be an array.
func listed(e Expr) Expr {
	c, ok := e.(*Const)
	if !ok || c.Type != "" || c.Null || json.Valid([]byte(c.Text)) {
		return e
	}
	return elements(e)
}

func isArray(e Expr) bool { _, ok := e.(*Array); return ok }

// elements takes an untyped array literal apart.
func elements(e Expr) Expr {
	if c, ok := e.(*Const); ok && !c.Null && strings.HasPrefix(c.Text, "{") {
		return arrayLiteral(c, "[]")
	}
	return e
}

// align gives a literal the type of the column it stands beside, as the server
// does, and drops the conversion of a column that is text anyway.
func align(l, r Expr) (Expr, Expr) {
	if c, ok := l.(*Column); ok {
		return l, typed(r, c.Type)
	}
	if c, ok := r.(*Column); ok {
		return typed(l, c.Type), r
	}
	return l, r
}

func typed(e Expr, typ string) Expr {
	c, ok := e.(*Const)
	if !ok || c.Type != "" || typ == "" || c.Null {
		return e
	}
	if v := convert(c, base(typ)); v != nil {
		return v
	}
	return e
}

// compareRows writes (a, b) = (c, d) out, as the server does.
func compareRows(op string, l, r Expr) Expr {
	x, ok := l.(*Row)
	y, ok2 := r.(*Row)
	if !ok || !ok2 || len(x.Args) != len(y.Args) || len(x.Args) == 0 || op != "=" && op != "<>" {
		return nil
	}
	parts := make([]Expr, len(x.Args))
	for i := range parts {
		parts[i] = apply(op, x.Args[i], y.Args[i])
	}
	if op == "=" {
		return conj(parts...)
	}
	return disj(parts...)
}

func distinct(l, r Expr, not bool) Expr {
	if c, ok := r.(*Const); ok && c.Null {
		return &IsNull{X: l, Not: !not}
	}
	if c, ok := l.(*Const); ok && c.Null {
		return &IsNull{X: r, Not: !not}
	}
	x, ok := l.(*Row)
	y, ok2 := r.(*Row)
	if ok && ok2 && len(x.Args) == len(y.Args) && len(x.Args) > 0 {
		parts := make([]Expr, len(x.Args))
		for i := range parts {
			parts[i] = distinct(x.Args[i], y.Args[i], not)
		}
		if not {
			return conj(parts...)
		}
		return disj(parts...)
	}
	l, r = align(l, r)
	return &IsDistinct{L: l, R: r, Not: not}
}

func nullIf(x, y Expr) Expr {
	if c := guarded(x, y); c != nil {
		return c
	}
	x, y = align(x, y)
	return &NullIf{X: x, Y: y}
}

func between(kind pg.A_Expr_Kind, x, lo, hi Expr) Expr {
	inside := func(lo, hi Expr) Expr { return conj(apply(">=", x, lo), apply("<=", x, hi)) }
	outside := func(lo, hi Expr) Expr { return disj(apply("<", x, lo), apply(">", x, hi)) }
	switch kind {
	case pg.A_Expr_Kind_AEXPR_BETWEEN:
		return inside(lo, hi)
	case pg.A_Expr_Kind_AEXPR_NOT_BETWEEN:
		return outside(lo, hi)
	case pg.A_Expr_Kind_AEXPR_BETWEEN_SYM:
		return disj(inside(lo, hi), inside(hi, lo))
	}
	return conj(outside(lo, hi), outside(hi, lo))
}

// in is x [not] in (list). Elements that read a column become comparisons of
// their own, after the others, as the server does it.
func in(x Expr, list []Expr, not bool) Expr {
	var plain, own []Expr
	op := "="
	if not {
		op = "<>"
	}
	_, row := x.(*Row)
	for _, e := range list {
		if _, r := e.(*Row); r || row || readsColumn(e) {
			own = append(own, apply(op, x, e))
			continue
		}
		if c, ok := x.(*Column); ok {
			e = typed(e, c.Type)
		}
		plain = append(plain, e)
	}
	var all []Expr
	switch len(plain) {
	case 0:
	case 1:
		all = append(all, apply(op, x, plain[0]))
	default:
		all = append(all, &In{X: x, List: plain, Not: not})
	}
	all = append(all, own...)
	if len(all) == 0 {
		return boolean(not)
	}
	if not {
		return conj(all...)
	}
	return disj(all...)
}

// readsColumn reports whether e reads a column outside of sub-selects.
func readsColumn(e Expr) bool {
	found := false
	Walk(e, func(x Expr) bool {
		switch x.(type) {
		case *Column:
			found = true
		case *Query:
			return false
		}
		return !found
	})
	return found
}

func anyOf(op string, x, list Expr, all bool) Expr {
	if op == "!=" {
		op = "<>"
	}
	list = elements(list)
	if a, ok := list.(*Array); ok && (op == "=" && !all || op == "<>" && all) {
		return in(x, a.Elems, all)
	}
	if c, ok := x.(*Const); ok && c.Type == "" {
		if col, ok := list.(*Column); ok && strings.HasSuffix(col.Type, "[]") {
			x = typed(x, strings.TrimSuffix(col.Type, "[]"))
		}
	}
	return &AnyOf{Op: op, X: x, Array: list, All: all}
}
