package guard

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

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

// align gives an untyped constant beside a reg type that type.
func (e *Env) align(l, r Value) (Value, Value, error) {
	var err error
	switch {
	case l.Kind == Oid && l.Text != "" && r.Kind == Text:
		r, err = e.reg(r, regTypes[l.Class], true)
	case r.Kind == Oid && r.Text != "" && l.Kind == Text:
		l, err = e.reg(l, regTypes[r.Class], true)
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

// compare compares two values that may be of different types: an untyped
// constant takes the type of the other side.
func compare(op string, l, r Value) Value {
	if l.IsNull() || r.IsNull() {
		return null
	}
	c, ok := order(l, r)
	if !ok {
		if (op == "=" || op == "<>" || op == "!=") && (differs(l, r) || differs(r, l)) {
			return Of(op == "<>" || op == "!=")
		}
		return Value{}
	}
	switch op {
	case "=":
		return Of(c == 0)
	case "<>", "!=":
		return Of(c != 0)
	}
	if l.Kind == Oid || r.Kind == Oid || l.Kind == Text {
		return Value{} // numbers, or a collation, that are not modelled
	}
	switch op {
	case "<":
		return Of(c < 0)
	case ">":
		return Of(c > 0)
	case "<=":
		return Of(c <= 0)
	}
	return Of(c >= 0)
}

// differs reports whether what is known of a text already differs from the
// other; an ordering is not asked for.
func differs(l, r Value) bool {
	if l.Kind != Unknown || l.Text == "" || r.Kind != Text {
		return false
	}
	before, _, _ := strings.Cut(l.Text, Hole)
	after := l.Text[strings.LastIndex(l.Text, Hole)+len(Hole):]
	return !strings.HasPrefix(r.Text, before) || !strings.HasSuffix(r.Text, after)
}

func order(l, r Value) (int, bool) {
	switch {
	case l.Kind == Unknown || r.Kind == Unknown:
		return 0, false
	case l.Kind == Text && r.Kind == Text:
		return cmp.Compare(l.Text, r.Text), true
	case l.Kind == Bool || r.Kind == Bool:
		a, okA := truth(l)
		b, okB := truth(r)
		return b2i(a) - b2i(b), okA && okB
	case l.Kind == Oid && r.Kind == Oid:
		if l.Class == r.Class && l.Name == r.Name && l.Part == r.Part {
			return 0, true
		}
		return 1, true
	case l.Kind == Oid && r.Kind == Text && l.Text != "", l.Kind == Text && r.Kind == Oid && r.Text != "":
		return 0, false // e.operation looks the name up
	case l.Kind == Oid || r.Kind == Oid:
		// An oid never equals 0, and no other number is known.
		return 1, l.Kind == Int && l.Int == 0 || r.Kind == Int && r.Int == 0
	case l.Kind == Array && r.Kind == Array, l.Kind == Row && r.Kind == Row:
		return orderLists(l.Items, r.Items)
	case l.Kind == Array && r.Kind == Text:
		return order(l, parseArray(r.Text))
	case l.Kind == Text && r.Kind == Array:
		return order(parseArray(l.Text), r)
	}
	a, okA := number(l)
	b, okB := number(r)
	return cmp.Compare(a, b), okA && okB
}

func orderLists(l, r []Value) (int, bool) {
	for i := range min(len(l), len(r)) {
		if l[i].IsNull() || r[i].IsNull() {
			return 0, false
		}
		if c, ok := order(l[i], r[i]); !ok || c != 0 {
			return c, ok
		}
	}
	return cmp.Compare(len(l), len(r)), true
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// truth reads a Boolean, or the text of one.
func truth(v Value) (value, ok bool) {
	switch {
	case v.Kind == Bool:
		return v.Bool, true
	case v.Kind != Text:
		return false, false
	}
	switch strings.ToLower(strings.TrimSpace(v.Text)) {
	case "t", "true", "y", "yes", "on", "1":
		return true, true
	case "f", "false", "n", "no", "off", "0":
		return false, true
	}
	return false, false
}

func number(v Value) (float64, bool) {
	switch v.Kind {
	case Int:
		return float64(v.Int), true
	case Float:
		return v.Float, true
	case Text:
		f, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
		return f, err == nil
	}
	return 0, false
}

func arithmetic(op string, l, r Value) Value {
	if l.Kind != Int || r.Kind != Int {
		return Value{}
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

// match is LIKE and the regular expressions. Those of PostgreSQL that Go reads
// otherwise, or not at all, are unknown.
func match(op string, l, r Value) Value {
	text, ok := l.String()
	pattern, ok2 := r.String()
	if !ok || !ok2 {
		return Value{}
	}
	if strings.Contains(op, "~~") {
		pattern = likePattern(pattern)
	} else if strings.Contains(pattern, `\`) && regexp.MustCompile(`\\[mMyYABZ]|\\[0-9]`).MatchString(pattern) {
		return Value{}
	}
	flags := "s"
	if strings.HasSuffix(op, "*") {
		flags = "si"
	}
	re, err := regexp.Compile("(?" + flags + ")" + pattern)
	if err != nil {
		return Value{}
	}
	return Of(re.MatchString(text) == !strings.HasPrefix(op, "!"))
}

// likePattern is a LIKE pattern as a regular expression.
func likePattern(p string) string {
	var b strings.Builder
	b.WriteString("^")
	for i := 0; i < len(p); i++ {
		switch c := p[i]; {
		case c == '%':
			b.WriteString(".*")
		case c == '_':
			b.WriteString(".")
		case c == '\\' && i+1 < len(p):
			i++
			b.WriteString(regexp.QuoteMeta(p[i : i+1]))
		default:
			n := i + 1
			for n < len(p) && p[n]&0xC0 == 0x80 {
				n++
			}
			b.WriteString(regexp.QuoteMeta(p[i:n]))
			i = n - 1
		}
	}
	b.WriteString("$")
	return b.String()
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
