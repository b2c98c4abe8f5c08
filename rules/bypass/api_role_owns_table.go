package bypass

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "api-role-owns-table",
	Title:    "Policies do not apply to a client's role, which has the owner's rights",
	Severity: rules.Error,
	Why: `
The owner of a table, and every role that inherits the owner's rights, goes around
its policies. Where that is a role which clients take with a public key or a
session, row level security is on and protects nothing, and clients can even
drop it.`,
	Fix: `
Take the membership away, or give the table another owner:

` + "```sql" + `
revoke app_owner from authenticated;
` + "```",
	Refs: []string{rlsDocs},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !t.RLS.Is(true) || !t.ForceRLS.Is(false) || !t.Owner.Known || p.IsSuperuser(t.Owner.Value) {
				continue
			}
			for _, role := range catalog.APIRoles() {
				if r, ok := p.Roles.Get(role); !ok || r.Unsure != 0 || !slices.Contains(p.Groups(role, true), t.Owner.Value) {
					continue
				}
				what := "belongs to its owner " + t.Owner.Value
				if role == t.Owner.Value {
					what = "owns it"
				}
				p.Report(t, t.Owner.Origin, "policies of "+t.Name.String()+" do not apply to "+role+", which "+what).
					Fix = "alter table " + t.Name.SQL() + " force row level security;"
				break
			}
		}
	},
})
