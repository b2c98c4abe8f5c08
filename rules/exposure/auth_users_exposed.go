package exposure

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "auth-users-exposed",
	Title:    "View that shows auth.users to the API",
	Severity: rules.Error,
	Why: `
A view runs with its owner's rights, and the owner may read auth.users: whoever
may select from the view sees the e-mail addresses, phone numbers and metadata of
all users that it lets out. A materialized view is a copy of them, which no
policy guards.`,
	Fix: `
Keep what the application shows of a user in a table of its own, with policies,
and fill it by a trigger on auth.users. Until then:

` + "```sql" + `
revoke all on public.user_list from anon, authenticated;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/auth/managing-user-data",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0002_auth_users_exposed",
	},
	Check: func(p *rules.Pass) {
		for v := range p.ProjectViews() {
			if !p.Exposed(v.Name.Schema) {
				continue
			}
			if who := viewers(p, v); len(who) > 0 && showsUsers(p, v, false, map[catalog.Name]bool{}) {
				p.Report(v, v.Origin, v.Ref().String()+" shows rows of auth.users to "+and(who)).Fix = revoke(v.Name)
			}
		}
	},
})

// showsUsers reports whether the view gives out rows of auth.users that the
// caller could not read: itself, or through a view that runs with its owner's
// rights. A view with security_invoker reads as whoever asks wherever it
// stands, but for a materialized view, which its owner filled.
func showsUsers(p *rules.Pass, v *catalog.View, filled bool, seen map[catalog.Name]bool) bool {
	if seen[v.Name] {
		return false
	}
	seen[v.Name] = true
	filled = filled || v.Materialized
	for _, n := range v.Reads {
		if n == (catalog.Name{Schema: "auth", Name: "users"}) && (filled || v.SecurityInvoker.Is(false)) {
			return true
		}
		if inner, ok := p.Views.Get(n); ok && showsUsers(p, inner, filled, seen) {
			return true
		}
	}
	return false
}
