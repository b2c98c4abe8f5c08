package claims

import (
	"slices"
	"strings"

	"policylint/inspect/expr"
	"policylint/inspect/hook"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "claim-never-written",
	Title:    "Policy reads a claim that the access token hook never writes",
	Severity: rules.Error,
	Why: `
Nobody but the hook adds claims to a token. A policy that reads one at a path that
the hook does not write, such as ` + "`userRole`" + ` for ` + "`user_role`" + `, or the dotted key
` + "`'app_metadata.user_role'`" + `, compares with null: it matches nobody, and nothing says
so.

What is in app_metadata and user_metadata may also come from elsewhere. There, only
a claim is reported that the hook writes at another path.`,
	Fix: `
Read the claim where the hook writes it:

` + "```sql" + `
alter policy "tickets are read by staff" on public.tickets
  using ((select auth.jwt() ->> 'user_role') = 'agent');
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := p.HookEffect()
		if !ok || !r.Complete() || len(r.Claims) == 0 {
			return
		}
		p.OncePerPolicy(expr.HasClaim, func(s *rules.Side) string {
			for _, c := range s.Claims {
				if len(c.Path) > 0 && c.Via != expr.ViaLegacy && neverWritten(p, r, c.Path) {
					return through(c) + "reads claim " + strings.Join(c.Path, ".") + ", which " + r.Function.Name.String() + " never writes" + instead(r, c.Path)
				}
			}
			return ""
		})
	},
})

// neverWritten reports whether a path of the token is known to be empty.
func neverWritten(p *rules.Pass, r *hook.Result, path []string) bool {
	if slices.ContainsFunc(r.Claims, func(c hook.Claim) bool { return c.When != hook.Never && related(c.Path, path) }) {
		return false
	}
	if c, ok := p.ClaimAt(path); ok && c.Configured {
		return false
	}
	if !rules.IsRegisteredClaim(path) {
		return true
	}
	if len(path) < 2 || path[0] != "app_metadata" && path[0] != "user_metadata" {
		return false
	}
	return instead(r, path) != "" && !setElsewhere(p, path[0])
}

// related reports whether one path is the other, or leads to or below it.
func related(a, b []string) bool {
	n := min(len(a), len(b))
	return slices.Equal(a[:n], b[:n])
}

// instead says where the hook writes a claim of the same name, or of one that
// differs in spelling alone, such as userRole and user_role.
func instead(r *hook.Result, path []string) string {
	for _, c := range r.Claims {
		if c.When != hook.Never && spelled(c.Path[len(c.Path)-1]) == spelled(path[len(path)-1]) {
			return ": it writes " + strings.Join(c.Path, ".")
		}
	}
	return ""
}

// spelled is a name without case, underscores and hyphens.
func spelled(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
}

// setElsewhere reports whether a function of the project may write these
// metadata itself: it names the column of auth.users that holds them.
func setElsewhere(p *rules.Pass, metadata string) bool {
	column := "raw_" + strings.Replace(metadata, "metadata", "meta_data", 1)
	for f := range p.ProjectFunctions() {
		if strings.Contains(f.Body.Value, column) || !f.Body.Known {
			return true
		}
	}
	return false
}
