package hook

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-multi-row-role",
	Title:    "The access token hook takes one of several rows",
	Severity: rules.Warning,
	Why: `
Nothing makes the row unique that the hook reads a claim from. With two of them
PL/pgSQL takes any, which may differ from one sign-in to the next; with STRICT, or in
a sub-select, the second row fails the sign-in with P0003 or 21000.`,
	Fix: `
Make it unique, or say which row comes first:

` + "```sql" + `
alter table public.user_roles add constraint user_roles_user_id_key unique (user_id);
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok {
			return
		}
		for _, x := range r.Rows {
			if x.Ordered && !x.Strict || x.Relation == (catalog.Name{}) {
				continue
			}
			what := "takes any one row of "
			if x.Strict {
				what = "fails when there is more than one row of "
			}
			report(p, r, x.At, what+x.Relation.String()+on(r.Function, x.At))
			return
		}
	},
})
