package exposure

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "sensitive-column-exposed",
	Title:    "Column with a secret that everyone may read",
	Severity: rules.Error,
	Why: `
The name says that the column holds a secret or personal data, and every row of
the table can be read by clients: row level security is off, or a policy for
SELECT is always true. The API returns all columns that a role may select.

The token of an invitation is one: a policy cannot see which token a request asks
for, so what lets the invited read theirs lets everyone list them all. Let a
function with its owner's rights look one up.`,
	Fix: `
Move such columns into a table of their own in a schema that is not exposed, or
grant the other columns one by one:

` + "```sql" + `
revoke select on public.profiles from anon, authenticated;
grant select (id, display_name) on public.profiles to authenticated;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/database/postgres/column-level-security",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0023_sensitive_columns_exposed",
	},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !p.Exposed(t.Name.Schema) || t.Unsure.Any(catalog.Columns) {
				continue
			}
			var names, who []string
			var at catalog.Origin
			for _, c := range t.Columns {
				if !isSecret(c.Name) && !invites(t.Name.Name, c.Name) && !(t.RLS.Is(false) && isPersonal(c.Name)) {
					continue
				}
				seen := readers(p, t.Name.Schema, func(role string) bool {
					return p.MayColumn(role, t, c.Name, catalog.Select).Is(true) && seesAll(p, t, role)
				})
				if len(seen) > len(who) {
					who = seen
				}
				if len(seen) > 0 {
					names, at = append(names, c.Name), c.Origin
				}
			}
			if len(names) == 0 {
				continue
			}
			what := "column "
			if len(names) > 1 {
				what = "columns "
			}
			f := p.Report(t, at, what+and(names)+" of "+t.Name.String()+" can be read in every row by "+and(who))
			if !t.RLS.Is(false) && who[0] != catalog.Anon {
				p.Soften(f, rules.Warning) // a policy says that signed-in users may
			}
		}
	},
})

// seesAll reports whether nothing keeps rows of the table from the role.
func seesAll(p *rules.Pass, t *catalog.Table, role string) bool {
	if t.RLS.Is(false) {
		return true
	}
	open := false
	for pol := range t.Policies() {
		if !pol.Command.Covers(catalog.ForSelect) || !pol.AppliesTo(p.Groups(role, true)...) {
			continue
		}
		if pol.Unsure.Any(catalog.Everything) || !pol.Permissive {
			return false
		}
		open = open || pol.Using != nil && expr.AlwaysTrue(pol.Using, func(*expr.Column) bool { return false })
	}
	return open && t.RLS.Is(true) && !t.Unsure.Any(catalog.Policies)
}
