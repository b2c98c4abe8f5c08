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
			if !p.Exposed(v.Name.Schema) || !v.Materialized && !v.SecurityInvoker.Is(false) {
				continue
			}
			if who := readers(p, v.Name.Schema, &v.Grants); len(who) > 0 && readsUsers(p, v, map[catalog.Name]bool{}) {
				p.Report(v, v.Origin, v.Ref().String()+" shows rows of auth.users to "+and(who)).Fix = revoke(v.Name)
			}
		}
	},
})

// readsUsers reports whether the view reads auth.users with its owner's
// rights, itself or through other views.
func readsUsers(p *rules.Pass, v *catalog.View, seen map[catalog.Name]bool) bool {
	seen[v.Name] = true
	for _, n := range v.Reads {
		if n == (catalog.Name{Schema: "auth", Name: "users"}) {
			return true
		}
		if inner, ok := p.Views.Get(n); ok && !seen[n] && readsUsers(p, inner, seen) {
			return true
		}
	}
	return false
}
