package policies

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-wraps-indexed-column",
	Category: rules.CategoryPerformance,
	Title:    "Policy compares a function of an indexed column",
	Severity: rules.Info,
	Why: `
The column has an index, but the policy compares something made of the column:
` + "`lower(email)`" + `, ` + "`org_id::text`" + `. An index of the column does not lead to such values, and
each query of the table reads all its rows to find those that the policy leaves.`,
	Fix: `
Convert the other side instead, or index what is compared:

` + "```sql" + `
create index on public.members (lower(email));
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/indexes-expressional.html",
		"https://supabase.com/docs/guides/database/postgres/row-level-security#add-indexes",
	},
	Check: func(p *rules.Pass) {
		for s := range p.PolicySides(expr.HasCast | expr.HasCall) {
			if s.Check || !s.Policy.Permissive || s.Policy.Command == catalog.ForInsert || s.Table.Unsure.Any(catalog.Keys|catalog.Columns) {
				continue
			}
			for _, c := range expr.Conjuncts(s.Expr) {
				if name := wrapped(s.Table, c); name != "" {
					p.Report(s.Policy, s.At(), s.Policy.Ref().String()+" compares something made of "+name+", which its index does not have")
					break
				}
			}
		}
	},
})

// wrapped names the indexed column of which a comparison takes a function
// that no index has.
func wrapped(t *catalog.Table, e expr.Expr) string {
	c, ok := e.(*expr.Compare)
	if !ok || c.Op != "=" {
		return ""
	}
	for _, sides := range [][2]expr.Expr{{c.L, c.R}, {c.R, c.L}} {
		name := madeOf(sides[0])
		if name == "" || len(expr.Columns(sides[1])) > 0 {
			continue
		}
		leads := slices.ContainsFunc(t.Indexes, func(i *catalog.Index) bool { return len(i.Columns) > 0 && i.Columns[0] == name })
		made := slices.ContainsFunc(t.Indexes, func(i *catalog.Index) bool {
			return len(i.Exprs) > 0 && i.Columns[0] == "" && (i.Exprs[0] == nil || expr.Equal(i.Exprs[0], sides[0]))
		})
		if leads && !made {
			return name
		}
	}
	return ""
}

// madeOf names the column of the row that an expression converts, "" when it
// is the column itself, or anything else.
func madeOf(e expr.Expr) string {
	switch x := e.(type) {
	case *expr.Cast:
	case *expr.Call:
		if len(x.Args) == 0 {
			return ""
		}
	default:
		return ""
	}
	columns := expr.Columns(e)
	if len(columns) != 1 || columns[0].Table != "" || len(expr.Queries(e)) > 0 {
		return ""
	}
	return columns[0].Name
}
