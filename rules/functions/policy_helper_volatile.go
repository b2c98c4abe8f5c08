package functions

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-helper-volatile",
	Title:    "Policy calls a function that is declared volatile",
	Category: rules.CategoryPerformance,
	Severity: rules.Warning,
	Why: `
A function is volatile unless it says otherwise, and PostgreSQL then calls it anew
for every row, sub-select or not, and uses no index for what it is compared with.
A helper that reads the token or a table without changing anything is stable.`,
	Fix: `
` + "```sql" + `
alter function private.is_member(bigint) stable;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/xfunc-volatility.html"},
	Check: func(p *rules.Pass) {
		for f, pol := range helpers(p) {
			if !f.Volatility.Is(catalog.Volatile) {
				continue
			}
			found := p.Report(f, f.Volatility.Origin, f.Ref().String()+" is volatile, and policy "+pol.Ref().Name+" calls it for every row")
			found.Fix = "alter " + f.Routine() + " stable;"
			if !pol.Origin.IsZero() {
				found.Related = []rules.Related{{Origin: pol.Origin, Message: "called here"}}
			}
		}
	},
})
