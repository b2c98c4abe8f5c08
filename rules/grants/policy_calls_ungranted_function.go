package grants

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-calls-ungranted-function",
	Title:    "Policy calls a function that its role may not execute",
	Category: rules.CategoryCorrectness,
	Severity: rules.Error,
	Why: `
A policy's functions are called with the privileges of whoever asks, SECURITY
DEFINER or not. Without EXECUTE every query of the role on the table ends with
42501, permission denied for function, whatever the other policies say.

A policy that only anon stumbles over is a warning: write ` + "`to authenticated`" + `
where it is not for visitors. On a published table raising-policy-on-published-table
says so instead, where it is on.`,
	Fix: `
` + "```sql" + `
grant execute on function private.is_member(bigint) to authenticated;
` + "```",
	Refs:   []string{"https://www.postgresql.org/docs/current/ddl-rowsecurity.html"},
	Access: true,
	Check: func(p *rules.Pass) {
		for t, pol := range p.PoliciesWith(expr.HasCall) {
			if t.RLS.Is(false) {
				continue
			}
			for _, role := range slices.Backward(users(p, t, pol)) { // authenticated first: it matters more
				if f := p.Uncallable(pol, role); f != nil && !p.StopsRealtime(t, pol) {
					found := p.Report(pol, at(pol), pol.Ref().String()+" calls "+f.Ref().Name+", which "+role+" may not execute")
					found.Fix = "grant execute on " + f.Routine() + " to " + catalog.Quote(role) + ";"
					soften(p, found, t, role)
					break
				}
			}
		}
	},
})
