package realtime

import (
	"slices"

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
	Access: true,
	Check: func(p *rules.Pass) {
		told := map[*catalog.Policy]bool{}
		for t := range published(p) {
			for _, s := range p.Stops(t) {
				if told[s.Policy] || p.ToldAsCircle(s) {
					continue
				}
				told[s.Policy] = true
				f := p.Report(s.Policy, s.Origin, s.Policy.Ref().String()+" raises "+s.SQLState+" for "+s.Who.Name+": "+s.Message)
				f.Fix = allow(p, t, s)
				if at := p.MemberAt(t); at != s.Origin && !at.IsZero() {
					f.Related = []rules.Related{{Origin: at, Message: t.Name.String() + " is published here"}}
				}
			}
		}
	},
})

// allow grants what the policy lacks, to all who meet the error; "" where that
// is not it. Who has no session gets no grant for a policy that is for everybody:
// the policy is narrowed.
func allow(p *rules.Pass, t *catalog.Table, first rules.Stop) string {
	pol, what := first.Policy, ""
	var roles []string
	for _, s := range p.Stops(t) {
		if s.Policy != pol || s.SQLState != "42501" || slices.Contains(roles, s.Who.Role) {
			continue
		}
		grant := ""
		if inner, ok := p.Ungranted(pol, s.Who.Role); ok && p.IsProjectTable(inner) {
			grant = "grant select on " + inner.Name.SQL()
		} else if f := p.Uncallable(pol, s.Who.Role); f != nil {
			grant = "grant execute on " + f.Routine()
		}
		if grant == "" || what != "" && grant != what {
			return ""
		}
		what, roles = grant, append(roles, s.Who.Role)
	}
	slices.Sort(roles)
	narrowed := ""
	if slices.Contains(roles, catalog.Anon) {
		if !pol.AppliesTo(catalog.Authenticated) || slices.ContainsFunc(pol.Roles, func(r string) bool { return r != catalog.Public && !slices.Contains(catalog.APIRoles(), r) }) {
			return ""
		}
		narrowed = "alter policy " + catalog.Quote(pol.Name) + " on " + pol.Table.SQL() + " to " + catalog.Authenticated + ";"
		roles = slices.DeleteFunc(roles, func(r string) bool { return !slices.Contains(p.Groups(r, true), catalog.Authenticated) })
	}
	if len(roles) == 0 {
		return narrowed
	}
	out := what + " to " + catalog.QuoteAll(roles) + ";"
	if narrowed != "" {
		out += "\n" + narrowed
	}
	return out
}
