// Package tenancy has the rules about what tells one user's or tenant's rows
// from another's.
package tenancy

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

const docs = "https://supabase.com/docs/guides/database/postgres/row-level-security"

// A match is a column of the row that must equal something of the session.
type match struct {
	column string
	claim  *expr.Claim // nil for a setting or a membership
}

// matches lists the columns that an expression, true for a row, holds against
// the session: column = claim, column = setting, column in (select … claim …).
func matches(e expr.Expr) []match {
	var out []match
	for _, c := range expr.Conjuncts(e) {
		switch c := c.(type) {
		case *expr.Compare:
			if c.Op == "=" {
				out = append(out, pair(c.L, c.R)...)
				out = append(out, pair(c.R, c.L)...)
			}
		case *expr.Query:
			if name := columnOf(c.Test); name != "" && c.Kind == expr.Any && c.Op == "=" && readsSession(c) {
				out = append(out, match{column: name})
			}
		}
	}
	return out
}

func pair(column, session expr.Expr) []match {
	name := columnOf(column)
	if name == "" {
		return nil
	}
	switch s := bare(session).(type) {
	case *expr.Claim:
		return []match{{name, s}}
	case *expr.Setting:
		return []match{{column: name}}
	}
	return nil
}

// columnOf names the column of the row that an expression is, casts aside.
func columnOf(e expr.Expr) string {
	if c, ok := bare(e).(*expr.Column); ok && c.Table == "" && c.Name != "*" {
		return c.Name
	}
	return ""
}

func readsSession(e expr.Expr) bool {
	found := false
	expr.Walk(e, func(x expr.Expr) bool {
		switch x.(type) {
		case *expr.Claim, *expr.Setting:
			found = true
		}
		return !found
	})
	return found
}

// bare takes conversions, and what gives a missing value a name, off an
// expression.
func bare(e expr.Expr) expr.Expr {
	for {
		switch x := e.(type) {
		case *expr.Cast:
			e = x.X
		case *expr.Collate:
			e = x.X
		case *expr.NullIf:
			e = x.X
		case *expr.Call:
			if (x.Name != "lower" && x.Name != "upper" && x.Name != "btrim") || len(x.Args) != 1 {
				return e
			}
			e = x.Args[0]
		default:
			return e
		}
	}
}

// comparisons calls f with the two sides of each comparison for equality,
// both ways round, and with the elements of lists.
func comparisons(e expr.Expr, f func(x, y expr.Expr)) {
	expr.Walk(e, func(n expr.Expr) bool {
		switch n := n.(type) {
		case *expr.Compare:
			if n.Op == "=" || n.Op == "<>" {
				f(n.L, n.R)
				f(n.R, n.L)
			}
		case *expr.IsDistinct:
			f(n.L, n.R)
			f(n.R, n.L)
		case *expr.In:
			for _, x := range n.List {
				f(n.X, x)
			}
		}
		return true
	})
}

// reads lists the permissive policies that let the role do the command.
func reads(p *rules.Pass, t *catalog.Table, role string, c catalog.Command) []*catalog.Policy {
	var out []*catalog.Policy
	for pol := range t.Policies() {
		if pol.Permissive && pol.Command.Covers(c) && pol.AppliesTo(p.Groups(role, true)...) {
			out = append(out, pol)
		}
	}
	return out
}

// is reports whether a claim stands at one of the top-level names.
func is(c *expr.Claim, names ...string) bool {
	return len(c.Path) == 1 && slices.Contains(names, c.Path[0])
}
