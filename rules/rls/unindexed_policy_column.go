package rls

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "unindexed-policy-column",
	Title:    "Policy looks rows up by a column without an index",
	Category: rules.CategoryPerformance,
	Severity: rules.Info,
	Why: `
A policy becomes a condition of every query. Where it ties rows to who is asking by
a column that no index starts with, each query reads the whole table to find the
user's own rows, however few they are.`,
	Fix: `
` + "```sql" + `
create index on public.notes (owner_id);
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/database/postgres/row-level-security#add-indexes"},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !t.RLS.Is(true) || t.Unsure.Any(catalog.Keys|catalog.Columns) || t.PartitionOf != (catalog.Name{}) {
				continue // a partition has the indexes of its root
			}
			var missing []string
			var at catalog.Origin
			for pol := range t.Policies() {
				if pol.Platform || pol.Command == catalog.ForInsert {
					continue
				}
				for _, c := range tied(p.Expanded(pol).Using) {
					if _, ok := t.Column(c); !ok || leads(t, c) || slices.Contains(missing, c) {
						continue
					}
					if missing = append(missing, c); len(missing) == 1 {
						at = pol.UsingAt
					}
				}
			}
			if len(missing) > 0 {
				f := p.Report(t, at, "policies of "+t.Name.String()+" look rows up by "+strings.Join(missing, ", ")+", which no index starts with")
				f.Fix = indexes(t, missing)
			}
		}
	},
})

// leads reports whether an index of all rows starts with the column.
func leads(t *catalog.Table, column string) bool {
	return slices.ContainsFunc(t.Indexes, func(i *catalog.Index) bool {
		return i.Valid && i.Where == nil && len(i.Columns) > 0 && i.Columns[0] == column
	})
}

// indexes is SQL that makes an index for each column.
func indexes(t *catalog.Table, columns []string) string {
	var out []string
	for _, c := range columns {
		name := t.Name.Name + "_" + c + "_idx"
		if len(name) > 63 {
			name = strings.ToValidUTF8(name[:59], "") + "_idx"
		}
		out = append(out, "create index if not exists "+catalog.Quote(name)+" on "+t.Name.SQL()+" ("+catalog.Quote(c)+");")
	}
	return strings.Join(out, "\n")
}
