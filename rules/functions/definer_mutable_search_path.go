package functions

import "policylint/rules"

var _ = rules.Register(&rules.Rule{
	ID:       "definer-mutable-search-path",
	Title:    "SECURITY DEFINER function without a search_path of its own",
	Severity: rules.Warning,
	Why: `
The function runs with its owner's rights, and looks names up in the search path
of whoever calls it. A caller who may create objects in a schema of that path can
put one of the same name in front, and have it run with the owner's rights; and
called by a role with another path, as Auth does, it finds nothing.`,
	Fix: `
` + "```sql" + `
alter function public.close_ticket(bigint) set search_path = '';
` + "```" + `

With an empty path every name in the body needs its schema.`,
	Refs: []string{
		"https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0011_function_search_path_mutable",
	},
	Check: func(p *rules.Pass) {
		for f := range p.ProjectFunctions() {
			if f.SecurityDefiner.Is(true) && searched(f) {
				p.Report(f, f.SecurityDefiner.Origin, f.Ref().String()+" runs with its owner's rights and has no search_path of its own")
			}
		}
	},
})
