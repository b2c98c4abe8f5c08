package bypass

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "definer-search-path-writable",
	Title:    "SECURITY DEFINER function that looks names up where clients may create",
	Severity: rules.Warning,
	Why: `
The function sets a search_path, and so looks safe, but one of its schemas is one
in which a client's role may create objects. A function or operator made there is
called in the place of the one that was meant, with the rights of the owner.`,
	Fix: `
Take the right to create away, or leave the schema out of the path and qualify
names in the function:

` + "```sql" + `
revoke create on schema public from public, anon, authenticated;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY"},
	Check: func(p *rules.Pass) {
		for f := range p.ProjectFunctions() {
			path, set := f.SearchPath()
			if !f.SecurityDefiner.Is(true) || !set || !path.Known || f.Unsure.Any(catalog.Body) {
				continue
			}
			if schema, role := writable(p, f.LookIn()); schema != "" {
				p.Report(f, f.Origin, f.Ref().String()+" looks names up in schema "+schema+", in which "+role+" may create")
			}
		}
	},
})

// writable finds a schema in which an API role may create objects.
func writable(p *rules.Pass, schemas []string) (schema, role string) {
	for _, name := range schemas {
		s, ok := p.Schemas.Get(name)
		if !ok || s.Unsure != 0 {
			continue
		}
		for _, role := range catalog.APIRoles() {
			if p.Roles.Has(role) && p.Allows(&s.Grants, role, catalog.Create).Is(true) {
				return name, role
			}
		}
	}
	return "", ""
}
