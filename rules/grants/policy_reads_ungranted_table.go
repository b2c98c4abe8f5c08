package grants

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-reads-ungranted-table",
	Title:    "Policy reads a table that its role may not select from",
	Category: rules.CategoryCorrectness,
	Severity: rules.Error,
	Why: `
The sub-selects of a policy run with the privileges of whoever asks. Without
SELECT on what they read, every query of the role on the policy's table ends with
42501, permission denied, whatever the other policies say.

A policy that only anon stumbles over is a warning. On a published table
raising-policy-on-published-table says so instead, where it is on.`,
	Fix: `
Grant it, and let row level security on the inner table say which rows; or read
the table in a SECURITY DEFINER function.

` + "```sql" + `
grant select on public.members to authenticated;
` + "```",
	Refs:   []string{"https://www.postgresql.org/docs/current/ddl-rowsecurity.html"},
	Access: true,
	Check: func(p *rules.Pass) {
		for t, pol := range p.PoliciesWith(expr.HasQuery) {
			if t.RLS.Is(false) {
				continue
			}
			for _, role := range slices.Backward(users(p, t, pol)) { // authenticated first: it matters more
				if inner, ok := p.Ungranted(pol, role); ok && !p.StopsRealtime(t, pol) {
					found := p.Report(pol, at(pol), pol.Ref().String()+" reads "+inner.Name.String()+", which "+role+" may not select from")
					if p.IsProjectTable(inner) { // those of the platform, such as auth.users, stay closed
						found.Fix = "grant select on " + inner.Name.SQL() + " to " + catalog.Quote(role) + ";"
					}
					soften(p, found, t, role)
					break
				}
			}
		}
	},
})
