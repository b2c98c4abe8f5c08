package bypass

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-for-bypassing-role",
	Title:    "Policy for a role to which no policy applies",
	Severity: rules.Info,
	Why: `
Row level security does not apply to superusers and roles with BYPASSRLS, such as
service_role: a policy for them alone neither gives nor takes anything. A reader
takes it for the reason why the server may do what it does, and may loosen it,
or copy it to a role where it counts.`,
	Fix: `
` + "```sql" + `
drop policy "service role does all" on public.notes;
` + "```",
	Refs: []string{rlsDocs},
	Check: func(p *rules.Pass) {
		for _, pol := range p.Policies() {
			if len(pol.Roles) == 0 || slices.ContainsFunc(pol.Roles, func(r string) bool { return r == catalog.Public || !p.BypassesRLS(r) }) {
				continue
			}
			p.Report(pol, pol.RolesAt, pol.Ref().String()+" is for "+and(pol.Roles)+" alone, to whom no policy applies").Fix = rules.DropPolicy(pol)
		}
	},
})
