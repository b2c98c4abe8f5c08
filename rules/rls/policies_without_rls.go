package rls

import "policylint/rules"

var _ = rules.Register(&rules.Rule{
	ID:       "policies-without-rls",
	Title:    "Policies on a table whose row level security is off",
	Severity: rules.Error,
	Why: `
Policies do nothing until row level security is turned on for the table. It looks
protected and is open to every role that has privileges on it.`,
	Fix: `
` + "```sql" + `
alter table public.notes enable row level security;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/ddl-rowsecurity.html"},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !t.RLS.Is(false) {
				continue
			}
			for pol := range t.Policies() {
				if pol.Unsure != 0 {
					continue
				}
				f := p.Report(t, t.RLS.Origin, t.Name.String()+" has policies and row level security off")
				f.Fix = enable(t)
				if !pol.Origin.IsZero() {
					f.Related = []rules.Related{{Origin: pol.Origin, Message: "policy " + pol.Name + " does nothing"}}
				}
				break
			}
		}
	},
})
