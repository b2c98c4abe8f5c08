package hook

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-callable-by-clients",
	Title:    "Everyone can call the access token hook",
	Category: rules.CategorySecurity,
	Severity: rules.Error,
	Why: `
A function in an exposed schema can be called through the API by every role that
has EXECUTE. The hook then tells whoever asks which role a user has: the caller
chooses the user_id of the event.

Taking EXECUTE from PUBLIC is not enough: the platform's default privileges grant
it to anon and authenticated by name.`,
	Fix: `
` + "```sql" + `
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		f, ok := function(p)
		if !ok || !p.Exposed(f.Name.Schema) {
			return
		}
		var who []string
		for _, role := range catalog.APIRoles() {
			if p.MayExecute(role, f).Is(true) && !p.MayUseSchema(role, f.Name.Schema).Is(false) {
				who = append(who, role)
			}
		}
		if len(who) > 0 {
			p.Report(f, f.Origin, f.Ref().Name+" is the access token hook, and "+strings.Join(who, " and ")+" may call it").
				Fix = "revoke execute on " + f.Routine() + " from authenticated, anon, public;"
		}
	},
})
