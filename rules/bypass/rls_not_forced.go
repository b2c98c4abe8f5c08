package bypass

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "rls-not-forced",
	Title:    "Owner that logs in and to whom policies do not apply",
	Severity: rules.Info,
	Why: `
Row level security does not apply to the owner of a table unless it is forced.
Where the application connects as the owner, or as a member of it, the policies
protect nothing. Owners that bypass row level security in any case, as postgres
does on Supabase, are not reported: forcing changes nothing for them.`,
	Fix: `
Let the application connect as another role, or force the policies on the owner
too; migrations and SECURITY DEFINER functions of the owner then come under them
as well:

` + "```sql" + `
alter table public.notes force row level security;
` + "```",
	Refs: []string{rlsDocs},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !t.RLS.Is(true) || !t.ForceRLS.Is(false) || !t.Owner.Known || !t.HasPolicies() || p.BypassesRLS(t.Owner.Value) {
				continue
			}
			if who := loginAs(p, t.Owner.Value); who != "" {
				p.Report(t, t.RLS.Origin, t.Name.String()+" does not force row level security on "+who).
					Fix = "alter table " + t.Name.SQL() + " force row level security;"
			}
		}
	},
})

// loginAs names a role that may log in and has the owner's rights.
func loginAs(p *rules.Pass, owner string) string {
	for r := range p.Roles.All() {
		if !r.Login.Is(true) || !r.BypassRLS.Is(false) || !r.Superuser.Is(false) || r.Unsure.Any(catalog.Existence) {
			continue
		}
		if r.Name == owner {
			return "its owner " + owner + ", which may log in"
		}
		for _, g := range p.Groups(r.Name, true) {
			if g == owner {
				return r.Name + ", which may log in and belongs to its owner " + owner
			}
		}
	}
	return ""
}
