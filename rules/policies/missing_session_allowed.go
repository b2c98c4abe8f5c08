package policies

import (
	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "missing-session-allowed",
	Category: rules.CategorySecurity,
	Title:    "Policy lets through whoever has no session",
	Severity: rules.Error,
	Why: `
` + "`auth.uid() is null or owner_id = auth.uid()`" + ` is true for every row as soon as there is
no session: a visitor with the public key sees more than a user who has signed
in. Most often the test was meant for the server, to which no policy applies
anyway, or an ` + "`is not null`" + ` was written the wrong way round.

So is ` + "`current_setting('app.tenant', true) is null or …`" + `: the settings of an
application are not set in a request of the API, unless a function of the project
sets them.`,
	Fix: `
` + "```sql" + `
alter policy "notes are their owner's" on public.notes to authenticated
  using (owner_id = (select auth.uid()));
` + "```",
	Refs: []string{docs, "https://supabase.com/docs/guides/database/postgres/row-level-security"},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasNullTest|expr.HasSetting, func(s *rules.Side) string {
			switch {
			case !s.Policy.Permissive || s.Table.RLS.Is(false):
			case testsSession(s.Expr) && let(p, s, catalog.Anon) && opens(noSession, s):
				return "is true for every row where there is no session"
			case s.Has.Any(expr.HasSetting) && (let(p, s, catalog.Anon) || let(p, s, catalog.Authenticated)):
				return unset(p, s.Expr)
			}
			return ""
		})
	},
})

// let reports whether requests of the role come to the policy.
func let(p *rules.Pass, s *rules.Side, role string) bool {
	return p.Roles.Has(role) && s.Policy.AppliesTo(p.Groups(role, true)...) && mayAny(p, s.Table, role, s.Policy.Command)
}

// opens reports whether the expression must be true for such a request, and not
// for any.
func opens(such access.Env, s *rules.Side) bool {
	such.NotNull = s.NotNull
	return such.Eval(s.Expr) == access.True && access.Env{NotNull: s.NotNull}.Eval(s.Expr) != access.True
}

// noSession is a request of which only that is known: it has no token, or one
// without a user.
var noSession = access.Env{Claim: func(c *expr.Claim) access.Value {
	if len(c.Path) == 0 || len(c.Path) == 1 && (c.Path[0] == "sub" || c.Path[0] == "email") {
		return access.Absent()
	}
	return access.Value{}
}}

// testsSession reports whether an expression asks if there is a session, in
// these words or the opposite ones.
func testsSession(e expr.Expr) bool {
	found := false
	expr.Walk(e, func(x expr.Expr) bool {
		if n, ok := x.(*expr.IsNull); ok {
			_, claim := bare(n.X).(*expr.Claim)
			found = found || claim
		}
		return !found
	})
	return found
}

// mayAny reports whether a role may have a privilege that the command needs.
func mayAny(p *rules.Pass, t *catalog.Table, role string, c catalog.Command) bool {
	privileges := []catalog.Privilege{catalog.Privilege(c)}
	if c == catalog.ForAll {
		privileges = []catalog.Privilege{catalog.Select, catalog.Insert, catalog.Update, catalog.Delete}
	}
	for _, priv := range privileges {
		if !p.MayAnyColumn(role, t, priv).Is(false) {
			return true
		}
	}
	return false
}
