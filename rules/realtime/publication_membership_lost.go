package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "publication-membership-lost",
	Title:    "Table falls out of the Realtime publication",
	Severity: rules.Error,
	Needs:    rules.NeedsHistory,
	Why: `
Dropping and re-creating a table, ` + "`set table`" + ` with a shorter list, or dropping the
publication takes tables out of it without a word. Realtime works until the
migration that does it, and is silent afterwards.

A table that ` + "`alter publication … drop table`" + ` takes out on purpose is reported only
when the configuration expects it to be published.`,
	Fix: `
Add the table again, behind the statement that takes it out:

` + "```sql" + `
alter publication supabase_realtime add table public.tickets;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-alterpublication.html"},
	Check: func(p *rules.Pass) {
		pub, ok := p.Publication()
		if !ok {
			return
		}
		for t := range p.ProjectTables() {
			c, lost := lastMembership(p, t.Ref(), pub.Name)
			if !lost || !p.Publishes(pub, t).Is(false) || c.After == catalog.ByAlterDrop && !expects(p, t.Name) {
				continue
			}
			p.Report(t, c.Origin, t.Name.String()+" leaves publication "+pub.Name+" here ("+c.After+") and is not added again").
				Fix = addTable(pub.Name, t.Name)
		}
	},
})

// lastMembership returns the last change of a table's membership when it is
// the one that took it out of the publication.
func lastMembership(p *rules.Pass, t catalog.Ref, pub string) (last catalog.Change, lost bool) {
	for _, c := range p.Changes {
		if c.Object == t && c.Detail == pub && (c.What == catalog.WhatPublished || c.What == catalog.WhatUnpublish) {
			last = c
		}
	}
	return last, last.What == catalog.WhatUnpublish
}
