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
		left := lost(p, pub.Name)
		for t := range p.ProjectTables() {
			c, ok := left[t.Ref()]
			if !ok || !p.Publishes(pub, t).Is(false) || c.After == catalog.ByAlterDrop && !expects(p, t.Name) {
				continue
			}
			p.Report(t, c.Origin, t.Name.String()+" leaves publication "+pub.Name+" here ("+c.After+") and is not added again").
				Fix = addTable(pub.Name, t.Name)
		}
	},
})

// lost has, for each table whose last change of membership took it out of the
// publication, that change.
func lost(p *rules.Pass, pub string) map[catalog.Ref]catalog.Change {
	out := map[catalog.Ref]catalog.Change{}
	for _, c := range p.Changes {
		switch {
		case c.Detail != pub:
		case c.What == catalog.WhatUnpublish:
			out[c.Object] = c
		case c.What == catalog.WhatPublished:
			delete(out, c.Object)
		}
	}
	return out
}
