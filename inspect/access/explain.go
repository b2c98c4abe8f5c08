package access

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// explain says what decided, and where.
func (a *asker) explain(c *Cell, t *catalog.Table, p *passage, at step) {
	switch {
	case p.bypass != "":
		c.Because, c.Origin = p.bypass, t.RLS.Origin
		return
	case p.sure():
		a.blameRaise(c, p.raise)
		return
	case c.Verdict == Uncertain && p.unknown != "":
		c.Because = "it depends on " + p.unknown
	}
	pick := func(list []judged, fits func(outcome) bool) bool {
		for _, x := range list {
			if !fits(x.outcome) {
				continue
			}
			m := a.machine()
			m.asker.tables = []*catalog.Table{t}
			leaf, why := m.reason(x.expr, x.outcome)
			c.Policy, c.Expr, c.Origin = x.policy, leaf, originOf(x.policy, at.side)
			if c.Because == "" {
				c.Because = "policy " + quoted(x.policy.Name) + " " + why
			}
			return true
		}
		return false
	}
	never := func(o outcome) bool { return !o.t.Can(True) }
	switch {
	case pick(p.restrictive, never):
		return
	case len(p.permissive) == 0:
		c.Origin = t.RLS.Origin
		if c.Because == "" {
			c.Because = "row level security is on and no policy lets " + a.role + " " + string(at.command)
			if len(p.restrictive) > 0 {
				c.Because += ": restrictive policies only take away"
			}
		}
		return
	case p.t == True:
		pick(p.permissive, func(o outcome) bool { return o.t == True })
	case never(p.outcome):
		reading := func(o outcome) bool { return never(o) }
		pick(p.permissive, reading)
		if n := len(p.permissive); n > 1 && c.Policy != nil {
			c.Because += ", and so are the others for " + a.role
		}
	case !pick(p.permissive, func(o outcome) bool { return verdictOf(o) == Rows || verdictOf(o) == Uncertain }):
		pick(p.restrictive, func(o outcome) bool { return o.t != True })
	}
	if p.raise != nil && c.Verdict == Rows && p.raise.SQLState != "" {
		c.Because += ", and ends with " + p.raise.SQLState + " for some rows"
	}
}

// blameRaise fills in an error that ends every query.
func (a *asker) blameRaise(c *Cell, r *Raise) {
	c.Policy, c.Expr, c.Origin = r.Policy, r.Expr, r.Origin
	c.Because = "the query ends with " + r.SQLState + ": " + r.Message
	if r.Policy != nil {
		c.Because = "policy " + quoted(r.Policy.Name) + " ends the query with " + r.SQLState + ": " + r.Message
	}
}

func originOf(p *catalog.Policy, s side) catalog.Origin {
	if s == check && p.Check != nil || p.Using == nil {
		return p.CheckAt
	}
	return p.UsingAt
}

// reason is the part of an expression that decides, and what it does.
func (m *machine) reason(e expr.Expr, o outcome) (expr.Expr, string) {
	switch {
	case o.sure():
		return e, "ends with " + o.raise.SQLState + ": " + o.raise.Message
	case o.t == True:
		leaf := m.open(e)
		return leaf, "is always true" + m.facts(leaf)
	case !o.t.Can(True):
		leaf := m.deadly(e)
		return leaf, "is never true" + m.facts(leaf)
	case o.unknown != "":
		return e, "depends on " + o.unknown
	}
	leaf := m.openPart(e)
	return leaf, "depends on the row: " + short(leaf) + m.lost(e)
}

// lost says which ways past the row a token misses: alternatives that it could
// pass by its claims, and does not.
func (m *machine) lost(e expr.Expr) string {
	or, ok := e.(*expr.Or)
	if !ok {
		return ""
	}
	for _, a := range or.Args {
		if len(expr.Claims(a)) > 0 && len(expr.Columns(a)) == 0 && !m.cond(a).t.Can(True) {
			return "; not by its claims" + m.facts(m.deadly(a))
		}
	}
	return ""
}

// open goes down to the alternative that lets every row through.
func (m *machine) open(e expr.Expr) expr.Expr {
	if or, ok := e.(*expr.Or); ok {
		for _, a := range or.Args {
			if m.cond(a).t == True {
				return m.open(a)
			}
		}
	}
	return e
}

// deadly goes down to the part that keeps a condition from being true.
func (m *machine) deadly(e expr.Expr) expr.Expr {
	switch x := e.(type) {
	case *expr.And:
		for _, a := range x.Args {
			if o := m.cond(a); !o.t.Can(True) {
				return m.deadly(a)
			}
		}
	case *expr.Or:
		for _, a := range x.Args { // of several, one that reads the token
			if len(expr.Claims(a)) > 0 {
				return m.deadly(a)
			}
		}
	}
	return e
}

// openPart goes down to the part that depends on the row.
func (m *machine) openPart(e expr.Expr) expr.Expr {
	var list []expr.Expr
	switch x := e.(type) {
	case *expr.And:
		list = x.Args
	case *expr.Or:
		list = x.Args
	}
	for _, a := range list {
		if o := m.cond(a); !o.t.single() {
			return m.openPart(a)
		}
	}
	return e
}

// facts says what the token has at the claims that an expression reads.
func (m *machine) facts(e expr.Expr) string {
	var parts []string
	seen := map[string]bool{}
	for _, c := range expr.Claims(e) {
		name := strings.Join(c.Path, ".")
		if seen[name] || m.Claim == nil {
			continue
		}
		seen[name] = true
		v := m.Claim(c)
		switch {
		case c.Via == expr.ViaLegacy:
			parts = append(parts, "setting request.jwt.claim."+name+" is not made any more")
		case name == "":
		case v.isNull():
			parts = append(parts, "claim "+name+" is not in the token")
		case v.isText():
			parts = append(parts, "claim "+name+" is "+quoted(v.Text))
		}
	}
	if len(parts) == 0 {
		for _, q := range expr.Queries(e) {
			for _, s := range expr.Sources(q.From) {
				if s.Name != "" && !s.CTE && m.asker != nil && !m.inside(q).source(s, q).t.Can(True) {
					return ": its sub-select finds no row of " + s.Name + " that " + m.asker.role + " may see"
				}
			}
		}
		return ": " + short(e)
	}
	return ": " + strings.Join(parts, ", ")
}

// short is an expression cut to a length that a table can show.
func short(e expr.Expr) string {
	s := []rune(expr.String(e))
	if len(s) > 80 {
		return string(s[:79]) + "…"
	}
	return string(s)
}
