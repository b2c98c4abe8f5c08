package hook

import (
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-bad-return-shape",
	Title:    "The access token hook returns no claims object",
	Severity: rules.Error,
	Why: `
Auth expects an object with the key ` + "`claims`" + `, itself an object. Anything else, the
bare claims above all, fails every sign-in: "output claims field is missing".`,
	Fix: `
` + "```sql" + `
return jsonb_set(event, '{claims}', claims);
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok || len(r.Shapes) == 0 {
			return
		}
		s := r.Shapes[0]
		report(p, r, s.At, often(s.When)+"returns "+s.What+on(r.Function, s.At)+", not an object with claims")
	},
})
