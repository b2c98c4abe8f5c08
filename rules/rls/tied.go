package rls

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

// tied lists the columns of the row that an expression ties to who is asking,
// in order of appearance: they are compared with a claim, looked up in a
// sub-select, or passed to a function of the project.
func tied(e expr.Expr) []string {
	var out []string
	add := func(x expr.Expr) {
		if c, ok := x.(*expr.Column); ok && c.Table == "" && c.Name != "*" && !slices.Contains(out, c.Name) {
			out = append(out, c.Name)
		}
	}
	expr.Walk(e, func(n expr.Expr) bool {
		switch n := n.(type) {
		case *expr.Compare:
			if n.Op == "=" {
				if who(n.R) {
					add(n.L)
				}
				if who(n.L) {
					add(n.R)
				}
			}
		case *expr.AnyOf:
			if n.Op == "=" && !n.All && who(n.Array) {
				add(n.X)
			}
		case *expr.Query:
			if n.Kind == expr.Any && n.Op == "=" {
				add(n.Test)
			}
		case *expr.Call:
			if strings.Contains(n.Name, ".") {
				for _, a := range n.Args {
					add(a)
				}
			}
		}
		return true
	})
	return out
}

// who reports whether an expression has to do with who is asking, or is a
// column of another table, which the row is then looked up in.
func who(e expr.Expr) bool {
	if len(expr.Claims(e)) > 0 || len(expr.Queries(e)) > 0 {
		return true
	}
	return slices.ContainsFunc(expr.Columns(e), func(c *expr.Column) bool { return c.Table != "" && c.Table != "?" })
}

// rowColumns reports whether an expression reads one of the row's columns.
func rowColumns(e expr.Expr, names []string) bool {
	return slices.ContainsFunc(expr.Columns(e), func(c *expr.Column) bool {
		return c.Table == "" && (c.Name == "*" || slices.Contains(names, c.Name))
	})
}

// permissive lists the table's permissive policies for a command that are for
// the role.
func permissive(p *rules.Pass, t *catalog.Table, c catalog.Command, role string) []*catalog.Policy {
	var out []*catalog.Policy
	groups := p.Groups(role, true)
	for pol := range t.Policies() {
		if pol.Permissive && pol.Command.Covers(c) && pol.AppliesTo(groups...) {
			out = append(out, pol)
		}
	}
	return out
}
