package functions

import "policylint/rules"

var _ = rules.Register(&rules.Rule{
	ID:       "function-search-path-mutable",
	Title:    "Function without a search_path of its own",
	Severity: rules.Info,
	Why: `
What the names in the function's body mean depends on the search path of whoever
calls it. It runs with the caller's own rights, so this is a matter of working
everywhere more than of safety: of SECURITY DEFINER functions,
` + "`definer-mutable-search-path`" + ` says it as a warning.`,
	Fix: `
` + "```sql" + `
alter function public.slug(text) set search_path = '';
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/database/database-advisors?lint=0011_function_search_path_mutable"},
	Check: func(p *rules.Pass) {
		for f := range p.ProjectFunctions() {
			if f.SecurityDefiner.Is(false) && searched(f) {
				p.Report(f, f.Origin, f.Ref().String()+" has no search_path of its own")
			}
		}
	},
})
