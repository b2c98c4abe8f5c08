package bypass

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "view-without-security-barrier",
	Title:    "View that hides rows by the session, and is no barrier",
	Severity: rules.Info,
	Why: `
The view runs with its owner's rights and picks rows by who asks. Without
security_barrier the planner may apply the conditions of the caller's query first:
an operator or cast that raises an error then names values of rows that the view
hides.`,
	Fix: `
` + "```sql" + `
alter view public.my_orders set (security_barrier = true);
` + "```" + `

or, where the table has policies that say the same, let the view run with the
caller's rights: ` + "`security_invoker = true`" + `.`,
	Refs: []string{"https://www.postgresql.org/docs/current/rules-privileges.html"},
	Check: func(p *rules.Pass) {
		for v := range p.ProjectViews() {
			q, ok := v.Query.(*expr.Query)
			if !ok || v.Materialized || !v.SecurityInvoker.Is(false) || !v.SecurityBarrier.Is(false) || !p.Exposed(v.Name.Schema) {
				continue
			}
			if q.Where == nil || len(expr.Claims(p.Expand(q.Where))) == 0 {
				continue
			}
			for _, role := range catalog.APIRoles() {
				if p.Roles.Has(role) && p.Allows(&v.Grants, role, catalog.Select).Is(true) {
					p.Report(v, v.Origin, v.Ref().String()+" hides rows from "+role+" by the session, and is no security barrier").
						Fix = "alter view " + v.Name.SQL() + " set (security_barrier = true);"
					break
				}
			}
		}
	},
})
