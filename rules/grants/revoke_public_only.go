package grants

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "revoke-public-only",
	Title:    "Function taken from PUBLIC that every client may still call",
	Severity: rules.Warning,
	Why: `
REVOKE … FROM PUBLIC takes away what everybody has. On the platform the default
privileges give EXECUTE to anon, authenticated and service_role by name as well:
they keep it, and the function can be called as before.`,
	Fix: `
Revoke from the roles too:

` + "```sql" + `
revoke execute on function public.purge() from public, anon, authenticated;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/database/functions",
		"https://www.postgresql.org/docs/current/ddl-priv.html",
	},
	Check: func(p *rules.Pass) {
		for f := range p.ProjectFunctions() {
			if !p.Exposed(f.Name.Schema) || f.Unsure.Any(catalog.Grants) || f.Grants.Unsure || f.Returns == "trigger" || f.Returns == "event_trigger" {
				continue
			}
			if _, public := f.Grants.Find(catalog.Public, catalog.Execute); public || !byName(f) {
				continue
			}
			p.Report(f, f.Origin, f.Ref().String()+" was taken from PUBLIC, and anon and authenticated may still execute it").
				Fix = "revoke execute on " + f.Routine() + " from anon, authenticated;"
		}
	},
})

// byName reports whether all roles of the API were given the function by name,
// as the platform's default privileges do: clients before service_role. Where
// they come behind it, it was taken from them and given back on purpose.
func byName(f *catalog.Function) bool {
	held := f.Grants.InOrder(catalog.Execute)
	service := slices.Index(held, catalog.ServiceRole)
	for _, role := range catalog.APIRoles() {
		if at := slices.Index(held, role); at < 0 || at > service {
			return false
		}
	}
	return true
}
