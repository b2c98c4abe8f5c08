package expr

import "strings"

// String prints an expression as canonical SQL: lower case, one line, and read
// back by Parse to an Equal tree. It is "" for nil.
func String(e Expr) string {
	if e == nil {
		return ""
	}
	p := &printer{rows: map[string]bool{}}
	Walk(e, func(x Expr) bool {
		if c, ok := x.(*Column); ok && c.Table == "" && c.Row != "" {
			p.rows[c.Row] = true
		}
		return true
	})
	p.expr(e, 0)
	return p.b.String()
}

// Precedences, PostgreSQL docs 4.1.6, with parentheses wherever a reader might
// stop to think.
const (
	precOr = iota + 1
	precAnd
	precNot
	precIs
	precCompare
	precOperator
	precPrefix
	precCollate
	precCast
	precPostfix
	precAtom
)

type printer struct {
	b      strings.Builder
	rows   map[string]bool // names of the policy's table that columns are printed with
	cached bool            // inside (select …): no call needs one of its own
	nested int             // selects around
}

func (p *printer) put(s ...string) {
	for _, x := range s {
		p.b.WriteString(x)
	}
}

func (p *printer) list(list []Expr, sep string, min int) {
	for i, e := range list {
		if i > 0 {
			p.put(sep)
		}
		p.expr(e, min)
	}
}

// expr prints e, in parentheses when it binds weaker than min.
func (p *printer) expr(e Expr, min int) {
	if p.precedence(e) < min {
		p.put("(")
		p.expr(e, 0)
		p.put(")")
		return
	}
	switch v := e.(type) {
	case nil:
		p.put("null")
	case *Const:
		p.constant(v)
	case *Column:
		p.column(v)
	case *Param:
		p.param(v)
	case *Claim:
		p.once(v.Cached, func() { p.claim(v) })
	case *Setting:
		p.once(v.Cached, func() { p.setting(v.Name, v.MissingOK) })
	case *Call:
		p.once(v.Cached, func() { p.call(v) })
	case *NamedArg:
		p.put(quoteIdent(v.Name), " => ")
		p.expr(v.X, 0)
	case *Cast:
		p.expr(v.X, precCast)
		p.put("::", v.Type)
	case *Collate:
		p.expr(v.X, precCast)
		p.put(" collate ", `"`, strings.ReplaceAll(v.Name, `"`, `""`), `"`)
	case *And:
		p.list(v.Args, " and ", precNot)
	case *Or:
		p.list(v.Args, " or ", precNot)
	case *Not:
		p.put("not ")
		p.expr(v.X, precIs)
	case *Compare:
		p.compare(v)
	case *Operator:
		p.operator(v)
	case *IsNull:
		p.expr(v.X, precOperator)
		p.put(" is ", not(v.Not), "null")
	case *IsDistinct:
		p.expr(v.L, precOperator)
		p.put(" is ", not(v.Not), "distinct from ")
		p.expr(v.R, precOperator)
	case *BoolTest:
		p.expr(v.X, precOperator)
		p.put(" is ", not(v.Not), v.Value)
	default:
		p.compound(e)
	}
}

func (p *printer) compound(e Expr) {
	switch v := e.(type) {
	case *In:
		p.expr(v.X, precOperator)
		p.put(" ", not(v.Not), "in (")
		p.list(v.List, ", ", 0)
		p.put(")")
	case *AnyOf:
		p.anyOf(v)
	case *Case:
		p.caseExpr(v)
	case *Coalesce:
		p.put("coalesce(")
		p.list(v.Args, ", ", 0)
		p.put(")")
	case *NullIf:
		p.put("nullif(")
		p.list([]Expr{v.X, v.Y}, ", ", 0)
		p.put(")")
	case *Array:
		p.put("array[")
		p.list(v.Elems, ", ", 0)
		p.put("]")
	case *Row:
		p.put("row(")
		p.list(v.Args, ", ", 0)
		p.put(")")
	case *Subscript:
		p.subscript(v)
	case *Field:
		p.put("(")
		p.expr(v.X, 0)
		p.put(").")
		if v.Name == "*" {
			p.put("*")
		} else {
			p.put(quoteIdent(v.Name))
		}
	case *Query:
		p.query(v)
	case *Opaque:
		p.put(v.Text)
	}
}

// once wraps what is evaluated once per query, unless something around it is.
func (p *printer) once(cached bool, f func()) {
	if !cached || p.cached {
		f()
		return
	}
	p.cached = true
	p.put("(select ")
	f()
	p.put(")")
	p.cached = false
}

func (p *printer) precedence(e Expr) int {
	once := func(cached bool, inner int) int {
		if cached && !p.cached {
			return precAtom
		}
		return inner
	}
	switch v := e.(type) {
	case *Or:
		return precOr
	case *And:
		return precAnd
	case *Not:
		return precNot
	case *IsNull, *IsDistinct, *BoolTest:
		return precIs
	case *Compare, *In, *AnyOf:
		return precCompare
	case *Query:
		if (v.Kind == Any || v.Kind == All) && !p.boxed(v) {
			return precCompare
		}
	case *Operator:
		if v.L == nil {
			return precPrefix
		}
		return precOperator
	case *Claim:
		return once(v.Cached, v.precedence())
	case *Const:
		if v.IsNumber() && strings.HasPrefix(v.Text, "-") {
			return precPrefix
		}
	case *Collate:
		return precCollate
	case *Cast:
		return precCast
	case *Subscript:
		return precPostfix
	case *NamedArg, *Opaque:
		return 0
	}
	return precAtom
}

func not(v bool) string {
	if v {
		return "not "
	}
	return ""
}

func (p *printer) constant(c *Const) {
	switch {
	case c.Null:
		p.put("null")
	case c.IsBool(), c.IsNumber():
		p.put(c.Text)
	case c.Type == "bit":
		p.put("b", quoteText(c.Text))
	default:
		p.put(quoteText(c.Text))
	}
}

func (p *printer) column(c *Column) {
	name := "*"
	if c.Name != "*" {
		name = quoteIdent(c.Name)
	}
	switch {
	case c.Table == "?":
		p.put(name)
	case c.Table != "":
		p.put(p.alias(c.Table), ".", name)
	case c.Row != "" && (p.nested > 0 || c.Name == "*"):
		p.put(quoteIdent(c.Row), ".", name)
	default:
		p.put(name)
	}
}

// alias keeps a source apart from the policy's own table.
func (p *printer) alias(name string) string {
	if p.rows[name] {
		name += "_of"
	}
	return quoteIdent(name)
}

func (p *printer) param(v *Param) {
	if v.Name != "" {
		p.put(quoteIdent(v.Name))
		return
	}
	p.put("$", itoa(v.Index))
}
