// Package realtime has the rules about what the Realtime publication contains
// and whether its changes can be delivered.
package realtime

import (
	"iter"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// published yields the project's tables that the Realtime publication is known
// to publish, partitions left out: their root stands for them.
func published(p *rules.Pass) iter.Seq[*catalog.Table] {
	return func(yield func(*catalog.Table) bool) {
		for t := range p.Published() {
			if t.PartitionOf == (catalog.Name{}) && !yield(t) {
				return
			}
		}
	}
}

// listed reports whether the configuration says which tables are expected.
func listed(p *rules.Pass) bool { return p.Config != nil && p.Config.Realtime.Listed }

// expects reports whether the configuration lists the table.
func expects(p *rules.Pass, t catalog.Name) bool {
	if !listed(p) {
		return false
	}
	_, ok := p.Expects(t)
	return ok
}

// addTable is SQL that adds a table to a publication and can be run again.
func addTable(pub string, t catalog.Name) string {
	return `do $$
begin
  if not exists (
    select 1 from pg_publication_tables
    where pubname = ` + catalog.Literal(pub) + ` and schemaname = ` + catalog.Literal(t.Schema) + ` and tablename = ` + catalog.Literal(t.Name) + `
  ) then
    alter publication ` + catalog.Quote(pub) + ` add table ` + t.SQL() + `;
  end if;
end
$$;`
}

// republish is SQL that can be run again: it takes a member out and puts it
// back, whole.
func republish(pub string, t catalog.Name) string {
	return dropTable(pub, t) + "\n" + addTable(pub, t)
}
