package tenancy

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

// A lookup is a sub-select by which a policy decides: it finds a row of the
// table that has the caller in one column, and asks for something in others.
type lookup struct {
	table  *catalog.Table
	user   string   // the column that holds the caller
	asks   []string // the other columns that it looks at
	values []string // those of them that are held against a constant
	by     *catalog.Policy
	claim  string // the claim into which the access token hook writes it, "" for none
}

// lookups lists the lookups of the project's policies in tables that the API
// serves.
func lookups(p *rules.Pass) []*lookup {
	var out []*lookup
	for s := range p.PolicySides(expr.HasQuery) {
		if s.Table.RLS.Is(false) || !s.Policy.Permissive || !slices.Contains(p.PolicyRoles(s.Policy), catalog.Authenticated) {
			continue
		}
		required(s.Expr, func(q *expr.Query, test expr.Expr) {
			for _, src := range q.From {
				t, ok := p.Tables.Get(catalog.ParseSource(src.Name))
				if src.Name == "" || src.CTE || !ok || !p.IsProjectTable(t) || !p.Exposed(t.Name.Schema) {
					continue
				}
				if l := (&lookup{table: t, by: s.Policy}); l.read(q, src.Alias, test) {
					out = append(out, l)
				}
			}
		})
	}
	return out
}

// read fills the lookup in from a query, as far as it goes for the source of
// that alias, and reports whether there is one.
func (l *lookup) read(q *expr.Query, alias string, test expr.Expr) bool {
	if q.SetOp != "" || len(q.Group) > 0 || len(q.With) > 0 {
		return false
	}
	conditions := slices.Clone(expr.Conjuncts(q.Where))
	if test != nil {
		if len(q.Targets) != 1 {
			return false
		}
		conditions = append(conditions, &expr.Compare{Op: "=", L: q.Targets[0], R: test})
	}
	for _, c := range conditions {
		switch names := columnsOf(c, alias); {
		case l.user == "" && len(names) == 1 && isCaller(c, alias):
			l.user = names[0]
		case len(names) == 0 && readsSession(c), slices.Contains(names, "*"), slices.Contains(names, "?"):
			return false // it asks for more than rows, or for what cannot be told
		default:
			l.asks = append(l.asks, names...)
			if len(names) == 1 && (isConstant(c) || joined(q, c, alias)) {
				l.values = append(l.values, names[0])
			}
		}
	}
	l.asks = slices.DeleteFunc(slices.Compact(l.asks), func(c string) bool { return c == l.user })
	return l.user != "" && len(l.asks) > 0
}
