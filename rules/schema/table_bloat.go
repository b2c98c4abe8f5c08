package schema

import (
	"fmt"

	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "table-bloat",
	Category: rules.CategoryPerformance,
	Title:    "Table whose pages are mostly empty",
	Severity: rules.Info,
	From:     rules.Audit,
	Needs:    rules.NeedsDatabase,
	Why: `
Rows that were updated and deleted leave room that vacuum gives to new rows, not
back to the disk. Where most of a table is such room, scans read many times what
they need. The size that the rows need is estimated from the statistics of
ANALYZE; a table without them is left out.`,
	Fix: `
Look first whether autovacuum keeps up. To write the table anew, which locks it:

` + "```sql" + `
vacuum full public.events;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/routine-vacuuming.html",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0020_table_bloat",
	},
	Check: func(p *rules.Pass) {
		if p.Runtime == nil {
			return
		}
		const mega = 1 << 20
		for t := range p.ProjectTables() {
			s := p.Runtime.Statistics[t.Name]
			if s == nil || s.Needed < 0 {
				continue
			}
			if waste := s.Bytes - s.Needed; waste > 20*mega && waste > s.Bytes/10*7 {
				p.Report(t, t.Origin, fmt.Sprintf("%s takes %d MB, of which its rows need about %d", t.Name, s.Bytes/mega, s.Needed/mega))
			}
		}
	},
})
