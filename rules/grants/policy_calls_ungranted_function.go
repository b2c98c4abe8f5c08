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

A policy that only anon stumbles over is a warning, unless the table is published:
write ` + "`to authenticated`" + ` where it is not for visitors.`,
	Fix: `
` + "```sql" + `
grant execute on function private.is_member(bigint) to authenticated;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/ddl-rowsecurity.html"},
	Check: func(p *rules.Pass) {
		for t, pol := range p.PoliciesWith(expr.HasCall) {
			if t.RLS.Is(false) {
				continue
			}
			for _, role := range slices.Backward(users(p, t, pol)) { // authenticated first: it matters more
				if f := uncallable(p, pol, role); f != nil {
					found := p.Report(pol, at(pol), pol.Ref().String()+" calls "+f.Ref().Name+", which "+role+" may not execute")
					found.Fix = "grant execute on " + f.Routine() + " to " + catalog.Quote(role) + ";"
					soften(p, found, t, role)
					break
				}
			}
		}
	},
})

// uncallable finds a function of the project that the policy calls and the
// role may not execute.
func uncallable(p *rules.Pass, pol *catalog.Policy, role string) *catalog.Function {
	for _, f := range p.Callees(pol) {
		if p.MayExecute(role, f).IsNot(true) {
			return f
		}
	}
	return nil
}
