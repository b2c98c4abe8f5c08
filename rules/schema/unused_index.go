package schema

import (
	"fmt"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "unused-index",
	Category: rules.CategoryPerformance,
	Title:    "Index that no query has used",
	Severity: rules.Info,
	From:     rules.Audit,
	Needs:    rules.NeedsDatabase,
	Why: `
Every write pays for the index, and no query has read it since the server's
counters were last reset. Only indexes of tables that are large enough for the
planner to want one, and that have been read often, are reported; those that keep
values unique, and those that a foreign key or the replica identity needs, work
without being read. A replica counts for itself: ask where the queries run.`,
	Fix: `
` + "```sql" + `
drop index concurrently public.notes_kind_idx;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0005_unused_index",
	},
	Check: func(p *rules.Pass) {
		if p.Runtime == nil || p.Runtime.Standby {
			return
		}
		for t := range p.ProjectTables() {
			s := p.Runtime.Statistics[t.Name]
			if s == nil || s.Bytes < leastBytes || s.Scans < leastScans {
				continue
			}
			for _, i := range t.Indexes {
				n, counted := s.Indexes[i.Name]
				if !counted || n > 0 || i.Unique || i.Constraint != "" || !i.Valid || isIdentity(t, i) || servesKey(t, i) {
					continue
				}
				p.Report(t, i.Origin, fmt.Sprintf("index %s of %s was used by none of %d scans", i.Name, t.Name, s.Scans)).
					Fix = "drop index if exists " + catalog.Name{Schema: t.Name.Schema, Name: i.Name}.SQL() + ";"
			}
		}
	},
})

// A table is read whole, rightly, up to a megabyte; and some hundred scans say
// nothing about the queries that run once a month.
const (
	leastBytes = 1 << 20
	leastScans = 1000
)

// servesKey reports whether deleting a row that the table refers to would use
// the index.
func servesKey(t *catalog.Table, i *catalog.Index) bool {
	for _, k := range t.ForeignKeys {
		if finds(i, k.Columns) {
			return true
		}
	}
	return false
}
