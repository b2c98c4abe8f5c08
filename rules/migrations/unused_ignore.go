package migrations

import "policylint/rules"

var _ = rules.Register(&rules.Rule{
	ID:       "unused-ignore",
	Title:    "Ignore that covers nothing or gives no reason",
	Severity: rules.Warning,
	Last:     true,
	Why: `
An ignore that covers no finding any more hides the next one that should be seen.
One without a reason cannot be judged by whoever reads it later, and one that
names no rule of this program never did anything.

An ignore for a rule that is off or could not be judged in this run is not
reported.`,
	Fix: `
Take the ignore out, name the rule rightly, or write the reason behind a colon:

` + "```sql" + `
-- policylint:ignore rls-disabled: reference data, readable by everyone
create table public.countries (code text primary key);
` + "```",
	Check: func(p *rules.Pass) {
		for _, i := range p.IdleIgnores() {
			p.ReportRef(i.Object, i.Origin, i.Message)
		}
	},
})
