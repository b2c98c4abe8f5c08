package hook

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-volatility",
	Title:    "The access token hook promises more than it keeps",
	Severity: rules.Error,
	Why: `
A STABLE or IMMUTABLE function may not write: the server ends it with 0A000, INSERT
is not allowed in a non-volatile function, and every sign-in fails. An IMMUTABLE
function that reads tables may be answered from an old result.`,
	Fix: `
` + "```sql" + `
alter function public.custom_access_token_hook(jsonb) volatile;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok {
			return
		}
		for _, w := range r.Writes {
			if w.ReadOnly {
				report(p, r, w.At, "writes "+w.Relation.String()+on(r.Function, w.At)+" in a function that is "+string(w.In.Volatility.Value)).
					Fix = "alter " + w.In.Routine() + " volatile;"
				return
			}
		}
		for _, a := range r.Reads {
			if a.In.Volatility.Is(catalog.Immutable) {
				p.Soften(report(p, r, a.At, "reads "+a.Relation.String()+on(r.Function, a.At)+" in a function that is immutable"), rules.Warning)
				return
			}
		}
	},
})
