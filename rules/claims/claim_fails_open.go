package claims

import (
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "claim-fails-open",
	Title:    "Policy lets through whoever lacks the claim",
	Category: rules.CategorySecurity,
	Severity: rules.Error,
	Why: `
Where the claim is missing it is null. ` + "`is distinct from 'customer'`" + `,
` + "`coalesce(claim, 'agent') = 'agent'`" + ` and ` + "`(claim = 'customer') is not true`" + ` are all true for null:
who has no such claim, because the hook is not enabled or there is no session at
all, is let through. A comparison that asks for the right value is null for them,
and turns them away.`,
	Fix: `
Ask for what is allowed, not for what is not:

` + "```sql" + `
alter policy "tickets are read by staff" on public.tickets to authenticated
  using ((select auth.jwt() ->> 'user_role') in ('agent', 'admin'));
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasClaim, func(s *rules.Side) string {
			if !s.Policy.Permissive || !s.Has.Any(expr.HasNullSafe) && !s.Reads(isRole) {
				return ""
			}
			if s.Policy.AppliesTo(catalog.Anon) && open(s, nobody) {
				return "is true without a token"
			}
			if s.Policy.AppliesTo(catalog.Authenticated) && open(s, withoutClaims) {
				return "is true for a token without the application's claims"
			}
			return ""
		})
	},
})

// open reports whether the expression must be true for such a token, and not
// for any token.
func open(s *rules.Side, claim func(*expr.Claim) access.Value) bool {
	anyone := access.Env{NotNull: s.NotNull}
	return access.Env{Claim: claim, NotNull: s.NotNull, TestedForNull: true}.Eval(s.Expr) == access.True && anyone.Eval(s.Expr) != access.True
}

// nobody is a request with the public key: its role is anon, and nothing else
// is known of it.
func nobody(c *expr.Claim) access.Value {
	if isRole(c) {
		return access.Text(catalog.Anon)
	}
	return access.Absent()
}

// own has the claims of app_metadata that Auth itself writes.
var own = []string{"provider", "providers"}

// withoutClaims is a signed-in user of whom the application says nothing.
func withoutClaims(c *expr.Claim) access.Value {
	switch {
	case len(c.Path) == 0, len(c.Path) == 1 && rules.IsRegisteredClaim(c.Path):
		return access.Value{}
	case len(c.Path) > 1 && c.Path[0] == "app_metadata" && slices.Contains(own, c.Path[1]):
		return access.Value{}
	case rules.IsRegisteredClaim(c.Path) && c.Path[0] != "app_metadata" && c.Path[0] != "user_metadata":
		return access.Value{}
	}
	return access.Absent()
}
