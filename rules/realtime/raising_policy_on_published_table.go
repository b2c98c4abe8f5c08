package realtime

import (
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "raising-policy-on-published-table",
	Title:    "Policy whose error stops Realtime for the whole project",
	Severity: rules.Error,
	Why: `
Realtime checks each change against the policies for all subscribers in one
query. A policy that raises an error for one of them, because its role may not
read a table or call a function in it, because it needs itself to be decided, or
because a setting is not there, ends that query: the batch of changes is lost for
everybody, of every table, and nothing reaches the clients but silence.`,
	Fix: `
Make the policy total: grant what it reads, or put the question into a SECURITY
DEFINER function that the role may execute.

` + "```sql" + `
grant usage on schema private to authenticated;
grant execute on function private.is_member(bigint) to authenticated;
` + "```",
	Refs: []string{
		"https://github.com/supabase/realtime/issues/2093",
		"https://supabase.com/docs/guides/realtime/postgres-changes",
	},
	Check: func(p *rules.Pass) {
		told := map[*catalog.Policy]bool{}
		users := listeners(p)
		for t := range published(p) {
			if !t.RLS.Is(true) {
				continue
			}
			for _, s := range users {
				for _, r := range p.Access().Raises(s, t, catalog.ForSelect) {
					if told[r.Policy] || r.Possible {
						continue
					}
					told[r.Policy] = true
					f := p.Report(r.Policy, r.Origin, r.Policy.Ref().String()+" raises "+r.SQLState+" for "+s.Name+": "+r.Message)
					if at := memberAt(p, t); at != r.Origin && !at.IsZero() {
						f.Related = []rules.Related{{Origin: at, Message: t.Name.String() + " is published here"}}
					}
				}
			}
		}
	},
})

// listeners are the users of the application, and somebody of whom nothing is
// known in each role that a subscriber can have.
func listeners(p *rules.Pass) []access.Subject {
	out := slices.Clone(p.Subjects())
	for _, role := range subscribers(p) {
		out = append(out, access.Subject{Name: role, Role: role, Claims: map[string]any{"role": role}, Open: []string{"*"}})
	}
	return out
}
