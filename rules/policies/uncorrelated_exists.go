package policies

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "uncorrelated-exists",
	Category: rules.CategorySecurity,
	Title:    "Sub-select about users that does not ask which user",
	Severity: rules.Warning,
	Why: `
The sub-select looks for a user, a member or a role, and names neither who asks
nor the row that is asked for: ` + "`exists (select 1 from profiles where role = 'admin')`" + `
is true for everybody as soon as there is one admin. The comparison with
` + "`auth.uid()`" + ` is missing.`,
	Fix: `
` + "```sql" + `
alter policy "admins read everything" on public.notes using (exists (
  select 1 from public.profiles where profiles.id = (select auth.uid()) and profiles.role = 'admin'));
` + "```",
	Refs: []string{
		docs,
		"https://supabase.com/docs/guides/database/postgres/row-level-security",
	},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasQuery, func(s *rules.Side) string {
			for _, q := range expr.Queries(s.Expr) {
				if !asksNobody(q) || len(q.From) != 1 {
					continue
				}
				n := catalog.ParseSource(q.From[0].Name)
				if q.From[0].Name != "" && !q.From[0].CTE && n != s.Table.Name && aboutUsers(p, n) && !guarded(p, n, q) {
					return "looks for any row of " + n.String() + ", whoever asks"
				}
			}
			return ""
		})
	},
})

// asksNobody reports whether the query is a test with a condition that reads
// neither the session nor the row of the policy.
func asksNobody(q *expr.Query) bool {
	switch q.Kind {
	case expr.Exists:
	case expr.Any:
		if _, ok := q.Test.(*expr.Const); !ok {
			return false
		}
	default:
		return false
	}
	if !q.Cached || q.SetOp != "" || q.Where == nil && q.Kind == expr.Exists {
		return false
	}
	quiet := true
	expr.Walk(q, func(x expr.Expr) bool {
		switch x := x.(type) {
		case *expr.Claim, *expr.Setting, *expr.Param, *expr.Opaque:
			quiet = false
		case *expr.Call:
			// A function of the application may look at the session itself.
			quiet = quiet && !strings.Contains(x.Name, ".") && !strings.HasPrefix(x.Name, "current_") && x.Name != "session_user"
		}
		return quiet
	})
	return quiet
}

// aboutUsers reports whether the rows of a relation are users, or belong to
// one each.
func aboutUsers(p *rules.Pass, n catalog.Name) bool {
	users := catalog.Name{Schema: "auth", Name: "users"}
	if n == users {
		return true
	}
	t, ok := p.Tables.Get(n)
	if !ok || t.Assumed || t.Unsure.Any(catalog.Keys) {
		return false
	}
	for _, k := range t.ForeignKeys {
		if k.References == users {
			return true
		}
	}
	return false
}

// guarded reports whether row level security may itself narrow the query to
// the rows of who asks.
func guarded(p *rules.Pass, n catalog.Name, q *expr.Query) bool {
	t, ok := p.Tables.Get(n)
	if !ok || q.Definer || n.Schema == "auth" || t.RLS.Is(false) {
		return false
	}
	for pol := range t.Policies() {
		if pol.Permissive && pol.Command.Covers(catalog.ForSelect) && rules.AlwaysOn(t, pol.Using) {
			return false
		}
	}
	return true
}
