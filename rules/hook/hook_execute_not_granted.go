package hook

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-execute-not-granted",
	Title:    "Auth may not call the access token hook",
	Severity: rules.Error,
	Why: `
Auth calls the hook as role ` + "`supabase_auth_admin`" + `. Without EXECUTE every sign-in fails
with 42501, permission denied for function. The dashboard grants it when the hook
is selected there; migrations have to say so.`,
	Fix: `
` + "```sql" + `
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		f, ok := function(p)
		if ok && p.MayExecute(catalog.AuthAdmin, f).Is(false) {
			p.Report(f, f.Origin, f.Ref().Name+" is the access token hook, and "+catalog.AuthAdmin+" may not execute it").
				Fix = "grant execute on " + f.Routine() + " to " + catalog.AuthAdmin + ";"
		}
	},
})
