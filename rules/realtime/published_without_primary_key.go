package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "published-without-primary-key",
	Title:    "Published table without a primary key",
	Severity: rules.Error,
	Why: `
Realtime finds a changed row again by its primary key to check who may see it.
Without one, INSERT and UPDATE reach subscribers as an event without data,
` + "`Error 400: Bad Request, no primary key`" + `.`,
	Fix: `
` + "```sql" + `
alter table public.tickets add primary key (id);
` + "```",
	Refs: []string{"https://github.com/supabase/walrus#error-states"},
	Check: func(p *rules.Pass) {
		for t := range published(p) {
			if t.PrimaryKey == nil && !t.Unsure.Any(catalog.Keys) {
				p.Report(t, t.Origin, t.Name.String()+" is published and has no primary key")
			}
		}
	},
})
