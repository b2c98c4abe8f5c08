// Package identity has the rules about replica identities: what of the old row
// a published UPDATE or DELETE carries.
package identity

import (
	"iter"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// docs are where PostgreSQL and Supabase describe replica identities.
var docs = []string{
	"https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY",
	"https://supabase.com/docs/guides/realtime/postgres-changes#receiving-old-records",
}

// published yields the project's published tables that carry a replica
// identity of their own: of a partitioned table, its partitions do.
func published(p *rules.Pass) iter.Seq[*catalog.Table] {
	return func(yield func(*catalog.Table) bool) {
		for t := range p.Published() {
			if t.Kind == catalog.Ordinary && !yield(t) {
				return
			}
		}
	}
}

// setFull is SQL that gives the table full replica identity.
func setFull(t *catalog.Table) string {
	return "alter table " + t.Name.SQL() + " replica identity full;"
}

// writesPublished reports whether the publication publishes what needs a
// replica identity.
func writesPublished(p *rules.Pass) bool {
	pub, ok := p.Publication()
	return ok && pub.Publish.Known && (pub.Publish.Value.Update || pub.Publish.Value.Delete)
}
