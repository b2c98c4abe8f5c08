package expr

import "strconv"

func itoa(i int) string { return strconv.Itoa(i) }

// base is what the claim's path starts from, and the keys that follow it.
func (c *Claim) base() (name string, keys []string) {
	switch c.Via {
	case ViaUID:
		return "auth.uid()", nil
	case ViaRole:
		return "auth.role()", nil
	case ViaEmail:
		return "auth.email()", nil
	case ViaSetting:
		return "request.jwt.claims", c.Path
	case ViaLegacy:
		if len(c.Path) > 0 {
			return "request.jwt.claim." + c.Path[0], c.Path[1:]
		}
		return "request.jwt.claim", nil
	}
	return "auth.jwt()", c.Path
}

func (c *Claim) precedence() int {
	_, keys := c.base()
	switch {
	case len(keys) > 0 || c.Via == ViaJWT && c.Text:
		return precOperator
	case (c.Via == ViaSetting || c.Via == ViaLegacy) && !c.Text:
		return precCast
	}
	return precAtom
}

func (p *printer) claim(c *Claim) {
	name, keys := c.base()
	if c.Via == ViaSetting || c.Via == ViaLegacy {
		if c.NullGuard {
			p.put("nullif(")
		}
		p.setting(name, c.MissingOK)
		if c.NullGuard {
			p.put(", '')")
		}
		if !c.Text || len(keys) > 0 {
			p.put("::jsonb")
		}
	} else {
		p.put(name)
	}
	for i, k := range keys {
		if c.Text && i == len(keys)-1 {
			p.put(" ->> ", quoteText(k))
		} else {
			p.put(" -> ", quoteText(k))
		}
	}
	if c.Via == ViaJWT && c.Text && len(keys) == 0 {
		p.put(" #>> '{}'")
	}
}

func (p *printer) setting(name string, missing bool) {
	p.put("current_setting(", quoteText(name))
	if missing {
		p.put(", true")
	}
	p.put(")")
}

// bareCalls are printed without parentheses.
var bareCalls = set("current_user", "session_user", "current_date", "current_time", "current_timestamp", "localtime",
	"localtimestamp")

func (p *printer) call(c *Call) {
	if bareCalls[c.Name] {
		p.put(c.Name)
		if len(c.Args) == 0 {
			return
		}
	} else if c.Name == "greatest" || c.Name == "least" || c.Name == "grouping" || c.Name == "rows from" {
		p.put(c.Name)
	} else {
		p.put(functionCall(c.Name))
	}
	p.put("(")
	if c.Distinct {
		p.put("distinct ")
	}
	if c.Star {
		p.put("*")
	}
	for i, a := range c.Args {
		if i > 0 {
			p.put(", ")
		}
		if c.Variadic && i == len(c.Args)-1 {
			p.put("variadic ")
		}
		p.expr(a, 0)
	}
	p.order(c.Order)
	p.put(")")
	if c.Filter != nil {
		p.put(" filter (where ")
		p.expr(c.Filter, 0)
		p.put(")")
	}
}

func (p *printer) order(list []Order) {
	for i, o := range list {
		if i == 0 {
			p.put(" order by ")
		} else {
			p.put(", ")
		}
		p.expr(o.X, precOperator)
		if o.Desc {
			p.put(" desc")
		}
		if o.NullsFirst != o.Desc {
			if o.NullsFirst {
				p.put(" nulls first")
			} else {
				p.put(" nulls last")
			}
		}
	}
}

var likes = map[string]string{"~~": "like", "!~~": "not like", "~~*": "ilike", "!~~*": "not ilike"}

func (p *printer) compare(c *Compare) {
	op, min := c.Op, precPrefix
	switch c.Op {
	case "=", "<>", "<", "<=", ">", ">=":
		min = precOperator
	}
	if like := likes[op]; like != "" {
		op = like
	}
	p.expr(c.L, min)
	p.put(" ", op, " ")
	p.expr(c.R, min)
}

func (p *printer) operator(o *Operator) {
	if o.L == nil {
		p.put(o.Op, " ")
		p.expr(o.R, precCollate)
		return
	}
	p.expr(o.L, precPrefix)
	p.put(" ", o.Op, " ")
	p.expr(o.R, precPrefix)
}

func (p *printer) anyOf(v *AnyOf) {
	p.expr(v.X, precPrefix)
	p.put(" ", v.Op, " ", quantifier(v.All), " (")
	// (select …) alone in these parentheses would be a sub-select of rows
	if q, ok := v.Array.(*Query); ok && q.Kind == Scalar || p.wrapped(v.Array) {
		p.expr(v.Array, precCast)
		p.put("::text[]")
	} else {
		p.expr(v.Array, 0)
	}
	p.put(")")
}

// wrapped reports whether e is printed as (select …).
func (p *printer) wrapped(e Expr) bool {
	if p.cached {
		return false
	}
	switch v := e.(type) {
	case *Claim:
		return v.Cached
	case *Call:
		return v.Cached
	case *Setting:
		return v.Cached
	}
	return false
}

func quantifier(all bool) string {
	if all {
		return "all"
	}
	return "any"
}

func (p *printer) caseExpr(c *Case) {
	p.put("case ")
	if c.Operand != nil {
		p.expr(c.Operand, precOperator)
		p.put(" ")
	}
	for _, w := range c.Whens {
		p.put("when ")
		p.expr(w.Cond, 0)
		p.put(" then ")
		p.expr(w.Result, 0)
		p.put(" ")
	}
	if c.Else != nil {
		p.put("else ")
		p.expr(c.Else, 0)
		p.put(" ")
	}
	p.put("end")
}

func (p *printer) subscript(s *Subscript) {
	switch s.X.(type) {
	case *Subscript, *Column:
		p.expr(s.X, precPostfix)
	default:
		p.put("(")
		p.expr(s.X, 0)
		p.put(")")
	}
	p.put("[")
	if s.Index != nil {
		p.expr(s.Index, 0)
	}
	if s.Slice {
		p.put(":")
		if s.Upper != nil {
			p.expr(s.Upper, 0)
		}
	}
	p.put("]")
}
