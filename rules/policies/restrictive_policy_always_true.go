package policies

import "policylint/rules"

var _ = rules.Register(&rules.Rule{
	ID:       "restrictive-policy-always-true",
	Title:    "Restrictive policy that restricts nothing",
	Severity: rules.Warning,
	Why: `
A restrictive policy takes away what permissive ones have given. One that is
always true takes nothing away: the guard that a reader sees there is none.
Often a permissive policy was meant, and ` + "`as restrictive`" + ` makes the table unreadable
instead.`,
	Fix: `
Give it the condition that was meant, or drop it:

` + "```sql" + `
drop policy "only active accounts" on public.notes;
` + "```",
	Refs: []string{docs},
	Check: func(p *rules.Pass) {
		for t, pol := range p.Policies() {
			if pol.Permissive || pol.Using == nil && pol.Check == nil || pol.Unsure != 0 {
				continue
			}
			e := p.Expanded(pol)
			if (e.Using == nil || rules.AlwaysOn(t, e.Using)) && (e.Check == nil || rules.AlwaysOn(t, e.Check)) {
				at := pol.UsingAt
				if pol.Using == nil {
					at = pol.CheckAt
				}
				p.Report(pol, at, pol.Ref().String()+" is restrictive and always true").Fix = rules.DropPolicy(pol)
			}
		}
	},
})
