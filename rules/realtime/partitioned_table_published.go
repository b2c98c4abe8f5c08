package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "partitioned-table-published",
	Title:    "Realtime sees the partitions, not the partitioned table",
	Severity: rules.Warning,
	Why: `
A partitioned table is published as its partitions. A subscription to the table
itself is accepted and stays silent; clients would have to subscribe to each
partition by name. And what decides there is the partition's own row level
security: the policies of the partitioned table do not apply, so a partition
without its own delivers every row to everyone who may select it.`,
	Fix: `
Broadcast the changes from a trigger instead (` + "`realtime.broadcast_changes`" + `), or
turn on row level security on every partition and have clients subscribe to the
partitions.`,
	Refs: []string{
		"https://www.postgresql.org/docs/current/logical-replication-publication.html",
		"https://supabase.com/docs/guides/realtime/subscribing-to-database-changes",
	},
	Check: func(p *rules.Pass) {
		pub, ok := p.Publication()
		if !ok || !pub.ViaRoot.Is(false) {
			return
		}
		for t := range published(p) {
			if t.Kind != catalog.Partitioned {
				continue
			}
			message := t.Name.String() + " is partitioned: Realtime publishes its partitions, not the table"
			if open := openPartition(p, t.Name); open != "" {
				message += ", and partition " + open + " has no row level security of its own"
			}
			p.Report(t, p.MemberAt(t), message)
		}
	},
})

// openPartition names the first partition below root with row level security
// known to be off.
func openPartition(p *rules.Pass, root catalog.Name) string {
	for t := range p.Tables.All() {
		if t.PartitionOf != root {
			continue
		}
		if t.Kind == catalog.Partitioned {
			if open := openPartition(p, t.Name); open != "" {
				return open
			}
		} else if t.RLS.Is(false) {
			return t.Name.String()
		}
	}
	return ""
}
