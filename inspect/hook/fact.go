package hook

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/plpgsql"
)

// A fact is something that one way through the hook depends on, and how it is
// on that way.
type fact struct {
	about   string // what tells it from others of its place
	rank    int    // what the hook itself asks comes before what it reads
	at      catalog.Origin
	yes, no string // the fact and its opposite in words
	holds   bool
}

// The ranks of facts.
const (
	asksItself = iota
	findsRow
	readsColumn
)

// longest is how long a condition may be to be said plainly.
const longest = 120

func (m *machine) fact(f fact) {
	if f.at = m.here(); f.about == "" {
		f.about = f.yes
	}
	if f.yes != "" && len(f.yes) <= longest {
		m.out.facts = append(m.out.facts, f)
	}
}

// asks notes a condition of the hook's own body. FOUND says less than the row
// that it is about.
func (m *machine) asks(x expr.Expr, holds bool) bool {
	if x == nil || m.frame.fn != m.hook || mentions(x, "found") {
		return holds
	}
	f := fact{rank: asksItself, yes: expr.String(x), no: expr.String(&expr.Not{X: x}), holds: holds}
	switch v := x.(type) {
	case *expr.IsNull:
		f.no = expr.String(&expr.IsNull{X: v.X, Not: !v.Not})
	case *expr.Not:
		f.no = expr.String(v.X)
	}
	m.fact(f)
	return holds
}

// decides works out a condition of the body.
func (m *machine) decides(cond plpgsql.Fragment) bool {
	is := m.truth(m.expression(cond))
	if p := m.fragment(cond); p.stmt != nil && p.stmt.Query != nil && len(p.stmt.Query.Targets) == 1 && len(p.stmt.Query.From) == 0 {
		m.asks(p.stmt.Query.Targets[0], is)
	}
	return is
}

func mentions(x expr.Expr, variable string) bool {
	found := false
	expr.Walk(x, func(x expr.Expr) bool {
		switch v := x.(type) {
		case *expr.Param:
			found = found || strings.EqualFold(v.Name, variable)
		case *expr.Column:
			found = found || v.Table == "" && strings.EqualFold(v.Name, variable)
		}
		return !found
	})
	return found
}

// finds notes whether a query of one relation has a row.
func (m *machine) finds(q *expr.Query, forUser, found bool) {
	if len(q.From) != 1 || q.From[0].Name == "" || q.From[0].CTE {
		return
	}
	name, tail := q.From[0].Name, ""
	if forUser {
		tail = " for the user"
	}
	if _, single := q.Where.(*expr.Compare); q.Where != nil && !(forUser && single) {
		tail += " that fits"
	}
	m.fact(fact{about: name, rank: findsRow, yes: name + " has a row" + tail, no: name + " has no row" + tail, holds: found})
}

// forUser reports whether a value is the id of the user whose token it is.
func (m *machine) forUser(v *value) bool {
	return v.scalar != nil && (v.scalar == m.users[0] || v.scalar == m.users[1])
}
