package realtime

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "published-table-not-selectable",
	Title:    "Published table whose subscribers may not select it",
	Severity: rules.Error,
	Why: `
A policy alone does not let anybody read: the role needs SELECT on the table, or
at least on every column of the primary key. Otherwise INSERT and UPDATE reach
the subscriber as ` + "`Error 401: Unauthorized`" + `, without data. New projects no longer
grant tables to the API roles by default, so what works on one project can fail
on another.`,
	Fix: `
` + "```sql" + `
grant select on public.tickets to authenticated;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/realtime/postgres-changes",
		"https://github.com/orgs/supabase/discussions/45329",
	},
	Check: func(p *rules.Pass) {
		for t := range published(p) {
			if t.PrimaryKey == nil || t.Unsure.Any(catalog.Keys|catalog.Policies|catalog.Grants) || t.Kind == catalog.Partitioned {
				continue
			}
			who := audience(p, t)
			if t.RLS.Is(false) {
				who = p.Subscribers()
			}
			if len(who) == 0 || anySelects(p, t, who) {
				continue
			}
			p.Report(t, p.MemberAt(t), t.Name.String()+" is published, but "+strings.Join(who, " and ")+" may not select its primary key").
				Fix = "grant select on " + t.Name.SQL() + " to " + catalog.QuoteAll(grantTo(who)) + ";"
		}
	},
})

// anySelects reports whether one of the roles may, or for all that is known
// may, select every column of the primary key.
func anySelects(p *rules.Pass, t *catalog.Table, roles []string) bool {
	for _, role := range roles {
		all := true
		for _, c := range t.PrimaryKey.Columns {
			all = all && !p.MayColumn(role, t, c, catalog.Select).Is(false)
		}
		if all {
			return true
		}
	}
	return false
}

// grantTo leaves anon out where there is another role: who has no session
// should get a grant only from a person who decides so.
func grantTo(roles []string) []string {
	var out []string
	for _, r := range roles {
		if r != catalog.Anon {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		return roles
	}
	return out
}
