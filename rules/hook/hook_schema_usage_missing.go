package hook

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-schema-usage-missing",
	Title:    "Auth may not look into the schema of the access token hook",
	Severity: rules.Error,
	Why: `
To call a function a role needs USAGE on its schema as well as EXECUTE. Schema
public gives it to everyone, any other schema to nobody. Without it every sign-in
fails with 42501, permission denied for schema.`,
	Fix: `
` + "```sql" + `
grant usage on schema private to supabase_auth_admin;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		f, ok := function(p)
		if ok && p.MayUseSchema(catalog.AuthAdmin, f.Name.Schema).Is(false) {
			p.Report(f, f.Origin, f.Ref().Name+" is the access token hook, and "+catalog.AuthAdmin+" has no USAGE on schema "+f.Name.Schema).
				Fix = "grant usage on schema " + catalog.Quote(f.Name.Schema) + " to " + catalog.AuthAdmin + ";"
		}
	},
})
