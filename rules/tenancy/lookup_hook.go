package tenancy

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

// hookLookups lists the columns from which the access token hook takes claims
// that policies hold against something: the policies decide by them as well.
func hookLookups(p *rules.Pass) []*lookup {
	r, ok := p.HookEffect()
	if !ok {
		return nil
	}
	var out []*lookup
	for _, w := range r.Claims {
		i := strings.LastIndexByte(w.From, '.')
		if i < 0 || rules.IsRegisteredClaim(w.Path) && len(w.Path) == 1 {
			continue
		}
		t, ok := p.Tables.Get(catalog.ParseName(w.From[:i]))
		if !ok || !p.IsProjectTable(t) || !p.Exposed(t.Name.Schema) {
			continue
		}
		l := &lookup{table: t, asks: []string{w.From[i+1:]}, claim: strings.Join(w.Path, ".")}
		for s := range p.PolicySides(expr.HasClaim) {
			if s.Table == t || s.Policy == l.by || !s.Policy.Permissive || s.Table.RLS.Is(false) || !s.Reads(func(c *expr.Claim) bool { return slices.Equal(c.Path, w.Path) }) {
				continue
			}
			l := *l
			l.by = s.Policy
			for _, c := range expr.Comparisons(s.Expr) {
				if slices.Equal(c.Claim.Path, w.Path) && !c.Not {
					l.values = l.asks
				}
			}
			l.user = userOf(t)
			if l.user != "" {
				out = append(out, &l)
			}
		}
	}
	return out
}

// userOf names the column of a table that says whose a row is: the one that
// refers to auth.users, or else that its policies hold against the caller.
func userOf(t *catalog.Table) string {
	for _, k := range t.ForeignKeys {
		if k.References == (catalog.Name{Schema: "auth", Name: "users"}) && len(k.Columns) == 1 {
			return k.Columns[0]
		}
	}
	for pol := range t.Policies() {
		for _, m := range matches(pol.CheckOrUsing()) {
			if m.claim != nil && is(m.claim, "sub") {
				return m.column
			}
		}
	}
	return ""
}
