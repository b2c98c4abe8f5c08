package schema

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "unindexed-foreign-key",
	Title:    "Foreign key without an index",
	Category: rules.CategoryPerformance,
	Severity: rules.Info,
	Why: `
Deleting a row, or changing its key, looks for the rows that refer to it.
PostgreSQL makes an index for the referenced side only: without one on the
referring columns, every such look reads the whole table. Policies that join
along the key do so as well.`,
	Fix: `
Index the columns of the key, in any order, in front of any others:

` + "```sql" + `
create index on public.comments (ticket_id);
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0001_unindexed_foreign_keys",
	},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if t.Unsure.Any(catalog.Keys) || t.PartitionOf != (catalog.Name{}) {
				continue // a partition has the indexes of its root
			}
			for _, k := range t.ForeignKeys {
				if !slices.ContainsFunc(t.Indexes, func(i *catalog.Index) bool { return finds(i, k.Columns) }) {
					f := p.Report(t, k.Origin, "foreign key "+k.Name+" of "+t.Name.String()+" ("+strings.Join(k.Columns, ", ")+") has no index")
					f.Fix = "create index if not exists " + catalog.Quote(indexName(t.Name.Name, k.Columns)) + " on " + t.Name.SQL() + " (" + catalog.QuoteAll(k.Columns) + ");"
				}
			}
		}
	},
})

// finds reports whether the index leads to the rows that have given values in
// the columns: they are its first ones, in any order, and it has every row in
// which they are not null.
func finds(i *catalog.Index, columns []string) bool {
	if !i.Valid || !wherePresent(i.Where, columns) || len(i.Columns) < len(columns) || i.Method == "brin" || i.Method == "gin" || i.Method == "gist" || i.Method == "spgist" {
		return false
	}
	first := i.Columns[:len(columns)]
	return !slices.ContainsFunc(columns, func(c string) bool { return !slices.Contains(first, c) })
}

// wherePresent reports whether an index with this condition has all rows in
// which the columns are not null: a comparison with = implies that, and the
// planner knows.
func wherePresent(where expr.Expr, columns []string) bool {
	switch w := where.(type) {
	case nil:
		return true
	case *expr.And:
		return !slices.ContainsFunc(w.Args, func(a expr.Expr) bool { return !wherePresent(a, columns) })
	case *expr.IsNull:
		c, ok := w.X.(*expr.Column)
		return ok && w.Not && slices.Contains(columns, c.Name)
	}
	return false
}

// indexName is a name in the way PostgreSQL makes them, cut to 63 bytes.
func indexName(table string, columns []string) string {
	name := table + "_" + strings.Join(columns, "_") + "_idx"
	if len(name) > 63 {
		name = strings.ToValidUTF8(name[:59], "") + "_idx"
	}
	return name
}
