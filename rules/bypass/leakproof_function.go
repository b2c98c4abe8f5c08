package bypass

import "policylint/rules"

var _ = rules.Register(&rules.Rule{
	ID:       "leakproof-function",
	Title:    "Function of the project that is marked LEAKPROOF",
	Severity: rules.Warning,
	Why: `
LEAKPROOF promises that a function tells nothing of its arguments but by its
result, not even by an error. The planner then calls it on rows before policies
and barrier views have sorted them out. Code in SQL or PL/pgSQL can raise with a
value in the message, so the promise is rarely true, and a query that uses such a
function reads rows that the policy hides.`,
	Fix: `
` + "```sql" + `
alter function public.normalise(text) not leakproof;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/sql-createfunction.html",
		"https://www.postgresql.org/docs/current/rules-privileges.html",
	},
	Check: func(p *rules.Pass) {
		for f := range p.ProjectFunctions() {
			if f.Leakproof.Is(true) && f.Language != "c" && f.Language != "internal" {
				p.Report(f, f.Leakproof.Origin, f.Ref().String()+" is marked LEAKPROOF, so it sees rows before policies hide them").
					Fix = "alter function " + f.Name.SQL() + "(" + f.Signature() + ") not leakproof;"
			}
		}
	},
})
