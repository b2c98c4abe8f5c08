package hook

import (
	"policylint/inspect/catalog"
	"policylint/inspect/hook"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-rls-blocks-auth-admin",
	Title:    "Row level security hides a table from the access token hook",
	Severity: rules.Error,
	Why: `
Row level security applies to ` + "`supabase_auth_admin`" + ` too. Without a policy that shows
it rows, the hook's query finds none, without an error, and the claim is silently
null for everyone. A policy that asks ` + "`auth.uid()`" + ` shows nothing either: no request
is under way when Auth calls the hook.`,
	Fix: `
` + "```sql" + `
create policy "profiles are read by the hook" on public.profiles
  for select to supabase_auth_admin using (true);
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok {
			return
		}
		seen := map[catalog.Name]bool{}
		for _, a := range r.Reads {
			t, ok := p.Tables.Get(a.Relation)
			if !ok || seen[t.Name] || a.Role != catalog.AuthAdmin || !hides(p, t) {
				continue
			}
			seen[t.Name] = true
			name := catalog.Quote(t.Name.Name + " is read by the hook")
			p.Report(t, within(r.Function, a.At), t.Name.String()+" is read by the access token hook"+on(r.Function, a.At)+", and row level security hides all of its rows from "+catalog.AuthAdmin).
				Fix = "drop policy if exists " + name + " on " + t.Name.SQL() + ";\n" +
				"create policy " + name + " on " + t.Name.SQL() + " for select to " + catalog.AuthAdmin + " using (true);"
		}
	},
})

// hides reports whether no policy can show Auth's role a row.
func hides(p *rules.Pass, t *catalog.Table) bool {
	return t.RLS.Is(true) && !t.Platform && !t.Unsure.Any(catalog.Policies) && hook.Hides(p.Catalog, catalog.AuthAdmin, t)
}
