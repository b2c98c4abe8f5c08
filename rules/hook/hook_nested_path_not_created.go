package hook

import (
	"strings"

	"policylint/inspect/hook"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-nested-path-not-created",
	Title:    "The access token hook writes where nothing is",
	Severity: rules.Error,
	Why: `
` + "`jsonb_set`" + ` makes the last member of a path, not the objects on the way, and with
create_missing false not even that. When they are not there it changes nothing, and
says nothing: the claim is absent and policies that read it match nobody.

It is a warning where only ` + "`app_metadata`" + ` or ` + "`user_metadata`" + ` itself may be missing.`,
	Fix: `
` + "```sql" + `
if claims->'app_metadata' is null then
  claims := jsonb_set(claims, '{app_metadata}', '{}');
end if;
claims := jsonb_set(claims, '{app_metadata,user_role}', to_jsonb(assigned));
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok {
			return
		}
		var first *rules.Finding
		for _, e := range r.NoEffects {
			c, _ := r.Claim(e.Path...)
			if first != nil {
				first.Related = append(first.Related, rules.Related{Origin: within(r.Function, e.At), Message: "and here " + strings.Join(e.Path, ".")})
				continue
			}
			first = report(p, r, e.At, "does not always write "+strings.Join(e.Path, ".")+on(r.Function, e.At)+": "+e.Cause)
			if c.When != hook.Never {
				p.Soften(first, rules.Warning)
			} else {
				first.Message = strings.Replace(first.Message, "does not always write", "never writes", 1)
			}
		}
	},
})
