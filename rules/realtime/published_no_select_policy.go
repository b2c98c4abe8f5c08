package realtime

import (
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "published-no-select-policy",
	Title:    "Published table that no subscriber can read",
	Severity: rules.Error,
	Why: `
Realtime delivers an INSERT or UPDATE only to subscribers who pass a SELECT
policy. Where there is none, or none that any user of the application passes,
nobody receives anything but DELETE events, which are never filtered. The
subscription itself succeeds, so nothing points to the cause.

The users are the subjects of rules.yaml, or those that the hook can write.`,
	Fix: `
` + "```sql" + `
create policy "tickets are read by their owner" on public.tickets
  for select to authenticated using (owner_id = (select auth.uid()));
` + "```",
	Refs:   []string{"https://supabase.com/docs/guides/realtime/postgres-changes"},
	Access: true,
	Check: func(p *rules.Pass) {
		if len(p.Subscribers()) == 0 {
			return
		}
		for t := range published(p) {
			if !t.RLS.Is(true) || t.Unsure.Any(catalog.Policies) || t.Kind == catalog.Partitioned {
				continue
			}
			if len(audience(p, t)) == 0 {
				p.Report(t, p.MemberAt(t), t.Name.String()+" is published with row level security on and has no SELECT policy for a subscriber's role")
			} else if why, at, nobody := unheard(p, t); nobody {
				f := p.Report(t, p.MemberAt(t), t.Name.String()+" is published, but none of its users ever receives a row: "+why)
				if !at.IsZero() {
					f.Related = []rules.Related{{Origin: at, Message: "this decides"}}
				}
			}
		}
	},
})

// unheard reports whether each subject is sure to receive no insert and no
// update, and why the first signed-in one does not.
func unheard(p *rules.Pass, t *catalog.Table) (why string, at catalog.Origin, nobody bool) {
	subjects := slices.Clone(p.Subjects())
	slices.SortStableFunc(subjects, func(x, y access.Subject) int { return whoLast(x) - whoLast(y) })
	for _, s := range subjects {
		e := p.Access().Realtime(s, t).Insert
		if e.Delivery != access.Withheld {
			return "", catalog.Origin{}, false
		}
		if why == "" && s.Role != catalog.Anon {
			why, at = "for "+s.Name+", "+e.Because, e.Origin
		}
	}
	return why, at, why != ""
}

// whoLast puts those without a session behind: others are more likely to
// receive something, and then nobody else is asked.
func whoLast(s access.Subject) int {
	if s.Role == catalog.Anon {
		return 1
	}
	return 0
}

// audience lists the roles of subscribers that a permissive SELECT policy of
// the table is for: the API roles, and any other role that a token may name.
func audience(p *rules.Pass, t *catalog.Table) []string {
	var out []string
	for _, role := range p.Subscribers() {
		groups := p.Groups(role, false)
		for pol := range t.Policies() {
			if pol.Permissive && pol.Command.Covers(catalog.ForSelect) && pol.AppliesTo(groups...) {
				out = append(out, role)
				break
			}
		}
	}
	return out
}
