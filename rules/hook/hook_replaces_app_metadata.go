package hook

import (
	"strings"

	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-replaces-app-metadata",
	Title:    "The access token hook replaces app_metadata as a whole",
	Severity: rules.Warning,
	Why: `
` + "`||`" + ` does not merge below the first level, and ` + "`jsonb_set`" + ` puts the new object in the
place of the old one: ` + "`provider`" + `, ` + "`providers`" + ` and whatever the application keeps in
app_metadata are gone from the token.`,
	Fix: `
` + "```sql" + `
claims := jsonb_set(claims, '{app_metadata,user_role}', to_jsonb(assigned));
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok || len(r.Replaced) == 0 {
			return
		}
		x := r.Replaced[0]
		report(p, r, x.At, "replaces "+strings.Join(x.Path, ".")+on(r.Function, x.At)+" and loses what was in it")
	},
})
