package access

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// recursion is the error of a table whose policies need the table itself to be
// decided. PostgreSQL ends with it where it meets, inside the sub-selects of a
// table's policies, the table again with policies that have any sub-select: one
// that reads no table counts, and one in WITH CHECK even where only USING is
// asked (src/backend/rewrite/rewriteHandler.c: fireRIRrules; RelationBuildRowSecurity).
// Without a permissive policy it asks none. What a function reads is another
// query.
func (a *asker) recursion(t *catalog.Table, command catalog.Command, s side, active []catalog.Name) *Raise {
	if t.Kind == catalog.Foreign || !t.RLS.Is(true) || a.judge.cat.BypassesRLS(a.role) || a.owns(t) && t.ForceRLS.Is(false) {
		return nil
	}
	permissive, selects := false, false
	var queries []*expr.Query
	for pol := range t.Policies() {
		e := wanted(catalog.Expanded{Using: pol.Using, Check: pol.Check}, s)
		if e == nil || !pol.Command.Covers(command) || pol.Unsure.Any(catalog.Everything) || !pol.AppliesTo(a.groups()...) {
			continue
		}
		permissive = permissive || pol.Permissive
		selects = selects || expr.HasSelect(pol.Using) || expr.HasSelect(pol.Check)
		queries = append(queries, expr.Queries(e)...)
	}
	switch {
	case !permissive || !selects:
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
			n := catalog.ParseSource(s.Name)
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
