package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "publish-via-partition-root",
	Title:    "Changes of a partitioned table are published under a name Realtime does not look for",
	Severity: rules.Error,
	Why: `
With ` + "`publish_via_partition_root`" + ` the publication lists the partitioned table, while
the log that Realtime decodes names the partition. The two never match, and
nothing of the table is delivered.`,
	Fix: `
` + "```sql" + `
alter publication supabase_realtime set (publish_via_partition_root = false);
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-createpublication.html"},
	Check: func(p *rules.Pass) {
		pub, ok := p.Publication()
		if !ok || !pub.ViaRoot.Is(true) {
			return
		}
		for t := range published(p) {
			if t.Kind == catalog.Partitioned {
				p.Report(pub, pub.ViaRoot.Origin, "publication "+pub.Name+" publishes "+t.Name.String()+" via its root, of which Realtime delivers nothing").
					Fix = "alter publication " + catalog.Quote(pub.Name) + " set (publish_via_partition_root = false);"
				return
			}
		}
	},
})
