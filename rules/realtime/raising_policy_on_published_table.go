package realtime

import (
	"slices"
	"strings"

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
		for t := range published(p) {
			for _, s := range p.Stops(t) {
				if told[s.Policy] {
					continue
				}
				told[s.Policy] = true
				f := p.Report(s.Policy, s.Origin, s.Policy.Ref().String()+" raises "+s.SQLState+" for "+s.Who.Name+": "+s.Message)
				f.Fix = allow(p, t, s)
				if at := memberAt(p, t); at != s.Origin && !at.IsZero() {
					f.Related = []rules.Related{{Origin: at, Message: t.Name.String() + " is published here"}}
				}
			}
		}
	},
})

// allow grants what the policy lacks, to all who meet the error; "" where that
// is not it.
func allow(p *rules.Pass, t *catalog.Table, first rules.Stop) string {
	if first.SQLState != "42501" {
		return ""
	}
	what := ""
	var roles []string
	for _, s := range p.Stops(t) {
		grant := ""
		if inner, ok := p.Ungranted(s.Policy, s.Who.Role); ok {
			grant = "grant select on " + inner.Name.SQL()
		} else if f := p.Uncallable(s.Policy, s.Who.Role); f != nil {
			grant = "grant execute on " + f.Routine()
		}
		if s.Policy != first.Policy || s.SQLState != "42501" || grant == "" || what != "" && grant != what {
			continue
		}
		if what = grant; !slices.Contains(roles, catalog.Quote(s.Who.Role)) {
			roles = append(roles, catalog.Quote(s.Who.Role))
		}
	}
	if what == "" {
		return ""
	}
	slices.Sort(roles)
	return what + " to " + strings.Join(roles, ", ") + ";"
}
