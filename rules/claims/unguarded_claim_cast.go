package claims

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "unguarded-claim-cast",
	Title:    "Policy raises on a claim of the wrong form",
	Severity: rules.Error,
	Why: `
A cast of a claim to uuid, a number or an enum raises for a token in which the
claim is something else. For a query that is an error for one user. For a
published table it is an error while Realtime checks a batch of changes for all
subscribers, and the batch is lost for everybody.

On a table that is not published it is a warning. It is one step milder for an id
in app_metadata, which the server alone writes.`,
	Fix: `
Cast the column instead of the claim:

` + "```sql" + `
alter policy "orders are read by their organisation" on public.orders
  using (org_id::text = (select auth.jwt() ->> 'org_id'));
` + "```",
	Refs: []string{"https://github.com/supabase/realtime/issues/2093"},
	Check: func(p *rules.Pass) {
		seen := map[*catalog.Policy]bool{}
		for s := range p.PolicySides(expr.HasClaim) {
			if seen[s.Policy] || !s.Has.Any(expr.HasCast) {
				continue
			}
			cast, claim := unguarded(s.Expr)
			if cast == nil {
				continue
			}
			seen[s.Policy] = true
			f := p.Report(s.Policy, s.At(), s.Policy.Ref().String()+" "+through(claim)+"casts claim "+strings.Join(claim.Path, ".")+" to "+cast.Type+", which raises for any other form")
			most := rules.Error
			if !p.IsPublished(s.Table).Is(true) || !s.Policy.Command.Covers(catalog.ForSelect) {
				most = rules.Warning
			}
			if claim.Path[0] == "app_metadata" && cast.Type == "uuid" {
				most--
			}
			p.Soften(f, most)
		}
	},
})

// typed has the claims whose form Auth itself guarantees (Supabase docs: JWT
// Claims Reference).
var typed = []string{"sub", "session_id", "exp", "iat", "nbf", "is_anonymous", "app_metadata", "user_metadata", "amr", "aud"}

// unguarded finds the first cast of a claim that can raise: not inside a CASE,
// whose condition may guard it.
func unguarded(e expr.Expr) (cast *expr.Cast, claim *expr.Claim) {
	expr.Walk(e, func(n expr.Expr) bool {
		if cast != nil {
			return false
		}
		switch n := n.(type) {
		case *expr.Case:
			return false
		case *expr.Cast:
			for _, c := range expr.ClaimsBelow(n.X) {
				if len(c.Path) > 0 && raises(n.Type) && (len(c.Path) > 1 || !slices.Contains(typed, c.Path[0])) {
					cast, claim = n, c
				}
			}
		}
		return true
	})
	return cast, claim
}

// raises reports whether a text can fail to be read as the type.
func raises(t string) bool {
	base, _, _ := strings.Cut(t, "(")
	switch strings.TrimSuffix(base, "[]") {
	case "text", "character varying", "character", "name", "varchar", "bpchar", "\"char\"", "citext", "extensions.citext", "public.citext":
		return false
	}
	return true
}
