package policies

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-trusts-writable-table",
	Category: rules.CategorySecurity,
	Title:    "Policy that decides by a table which clients may write freely",
	Severity: rules.Error,
	Why: `
The policy looks up in another table what the caller may do, such as a membership
or a role. Clients can write that table without being stopped: its row level
security is off, or a policy there lets them add or change any row. Whoever wants
in writes the row that lets them in.`,
	Fix: `
Protect the table that is looked up, and let only the server write it:

` + "```sql" + `
alter table public.members enable row level security;
revoke insert, update, delete on public.members from anon, authenticated;
` + "```",
	Refs: []string{docs},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasQuery, func(s *rules.Side) string {
			if s.Table.RLS.Is(false) {
				return ""
			}
			for _, q := range expr.Queries(s.Expr) {
				for _, src := range q.From {
					if !namesCaller(q.Where, src.Alias) {
						continue
					}
					t, ok := p.Tables.Get(catalog.ParseSource(src.Name))
					if src.Name == "" || src.CTE || !ok || t == s.Table || !p.IsProjectTable(t) || !p.Exposed(t.Name.Schema) {
						continue
					}
					for _, role := range p.PolicyRoles(s.Policy) {
						if how := free(p, t, role); how != "" {
							return "decides by " + t.Name.String() + ", of which " + role + " may " + how
						}
					}
				}
			}
			return ""
		})
	},
})

// namesCaller reports whether a condition compares a column of the source with
// the token: then the source's rows say what the caller may do.
func namesCaller(where expr.Expr, alias string) bool {
	found := false
	expr.Walk(where, func(x expr.Expr) bool {
		if c, ok := x.(*expr.Compare); ok && c.Op == "=" {
			for _, sides := range [][2]expr.Expr{{c.L, c.R}, {c.R, c.L}} {
				col, isColumn := bare(sides[0]).(*expr.Column)
				_, isClaim := bare(sides[1]).(*expr.Claim)
				found = found || isColumn && isClaim && col.Table == alias
			}
		}
		return !found
	})
	return found
}

// free says what the role may do to any row of the table, "" for nothing.
func free(p *rules.Pass, t *catalog.Table, role string) string {
	for _, w := range []struct {
		command   catalog.Command
		privilege catalog.Privilege
		how       string
	}{{catalog.ForInsert, catalog.Insert, "add any row"}, {catalog.ForUpdate, catalog.Update, "change any row"}} {
		if !p.MayAnyColumn(role, t, w.privilege).Is(true) {
			continue
		}
		if t.RLS.Is(false) {
			return w.how
		}
		if t.RLS.Is(true) && openTo(p, t, role, w.command) {
			return w.how
		}
	}
	return ""
}

// openTo reports whether a permissive policy lets the role write every row,
// and no restrictive one stands beside it.
func openTo(p *rules.Pass, t *catalog.Table, role string, c catalog.Command) bool {
	open := false
	for pol := range t.Policies() {
		switch {
		case !pol.Command.Covers(c) || !pol.AppliesTo(p.Groups(role, true)...):
		case !pol.Permissive, pol.Unsure != 0:
			return false
		case c == catalog.ForInsert:
			open = open || rules.AlwaysOn(t, pol.CheckOrUsing())
		default:
			open = open || rules.AlwaysOn(t, pol.Using) && rules.AlwaysOn(t, pol.CheckOrUsing())
		}
	}
	return open && !t.Unsure.Any(catalog.Policies)
}
