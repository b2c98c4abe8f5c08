package hook

import (
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-ambiguous-column",
	Title:    "A variable of the access token hook is named like a column",
	Severity: rules.Error,
	Why: `
PL/pgSQL cannot tell a variable from a column of the same name, and refuses the
statement: 42702, column reference is ambiguous. Every sign-in fails.`,
	Fix: `
Give the variable a name of its own, or say which table the column belongs to:

` + "```sql" + `
select p.is_admin into admin from public.profiles as p where p.id = (event->>'user_id')::uuid;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok {
			return
		}
		for _, e := range r.Raises {
			if e.SQLState == "42702" {
				report(p, r, e.At, "uses "+e.Name+on(r.Function, e.At)+", which is a variable and a column")
				return
			}
		}
	},
})
