package access

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// recursion is the error of a table whose policies need the table itself to be
// decided. PostgreSQL ends with it where it meets, inside the sub-selects of a
// table's policies, the table again with policies that have any sub-select,
// even one that reads no table (src/backend/rewrite/rewriteHandler.c:
// fireRIRrules). What a function reads is another query.
func (a *asker) recursion(t *catalog.Table, command catalog.Command, s side, active []catalog.Name) *Raise {
	if t.Kind == catalog.Foreign || !t.RLS.Is(true) || a.judge.cat.BypassesRLS(a.role) || a.owns(t) && t.ForceRLS.Is(false) {
		return nil
	}
	var first *catalog.Policy
	var queries []*expr.Query
	for pol := range t.Policies() {
		if !pol.Command.Covers(command) || pol.Unsure.Any(catalog.Everything) || !pol.AppliesTo(a.groups()...) {
			continue
		}
		e := wanted(catalog.Expanded{Using: pol.Using, Check: pol.Check}, s)
		if first == nil && hasSubselect(e) {
			first = pol
		}
		queries = append(queries, expr.Queries(e)...)
	}
	switch {
	case first == nil:
		return nil
	case slices.Contains(active, t.Name):
		return &Raise{SQLState: "42P17", Message: "infinite recursion detected in policy for relation " + quoted(t.Name.Name)}
	}
	return a.recursionIn(queries, append(slices.Clone(active), t.Name))
}

func (a *asker) recursionIn(queries []*expr.Query, active []catalog.Name) *Raise {
	for _, q := range queries {
		for _, s := range expr.Sources(q.From) {
			if s.Name == "" || s.CTE {
				continue
			}
			n := catalog.ParseName(s.Name)
			var r *Raise
			if t, ok := a.judge.cat.Tables.Get(n); ok {
				r = a.recursion(t, catalog.ForSelect, using, active)
			} else if v, ok := a.judge.cat.Views.Get(n); ok && !v.Materialized {
				if as, ok := a.reading(v); ok {
					r = as.recursionIn(expr.Queries(v.Query), active)
				}
			}
			if r != nil {
				return r
			}
		}
	}
	return nil
}

// hasSubselect reports whether a sub-select stands in an expression, one that
// only caches a call included.
func hasSubselect(e expr.Expr) bool {
	return len(expr.Queries(e)) > 0 ||
		slices.ContainsFunc(expr.Claims(e), func(c *expr.Claim) bool { return c.Cached }) ||
		slices.ContainsFunc(expr.Calls(e), func(c *expr.Call) bool { return c.Cached })
}
