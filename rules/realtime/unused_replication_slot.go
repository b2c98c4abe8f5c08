package realtime

import (
	"fmt"
	"strconv"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "unused-replication-slot",
	Title:    "Replication slot that keeps the log for nobody",
	Severity: rules.Error,
	Needs:    rules.NeedsDatabase,
	Why: `
A slot makes the server keep its log until the slot's consumer has read it. One
whose consumer is gone keeps it for ever, or up to ` + "`max_slot_wal_keep_size`" + `: the disk
fills, and a server without room takes no more writes, so that Realtime has
nothing to deliver either. Each slot also takes one of ` + "`max_replication_slots`" + `, of
which Realtime needs one for itself and one for broadcasts from the database.

A slot that is lost is an error: its log is gone, and whoever reads it has to
copy the tables anew. One that keeps more than ` + "`max_wal_size`" + ` is a warning. The slots of
all databases count, physical ones too; a slot that is in use, or has fallen back
a little while its consumer connects again, is left alone. Realtime's own are
judged by ` + "`logical-decoding-unavailable`" + `.`,
	Fix: `
Start the consumer again, if there still is one. Otherwise, in the slot's database:

` + "```sql" + `
select pg_drop_replication_slot(slot_name) from pg_replication_slots
where slot_name = 'old_warehouse' and not active;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/view-pg-replication-slots.html",
		"https://www.postgresql.org/docs/current/runtime-config-replication.html#GUC-MAX-SLOT-WAL-KEEP-SIZE",
		"https://supabase.com/docs/guides/database/replication",
	},
	Check: func(p *rules.Pass) {
		switch {
		case p.Runtime == nil || p.Runtime.Standby: // whose slots wait for its promotion
			return
		case p.Runtime.Slots == nil:
			p.Skip("the replication slots could not be read")
			return
		}
		for _, s := range p.Runtime.Slots {
			if s.Active || s.Realtime() {
				continue
			}
			ref := catalog.Ref{Kind: "replication slot", Name: s.Name}
			switch s.WALStatus {
			case "lost":
				reason := ""
				if s.Reason != "" {
					reason = " (" + s.Reason + ")"
				}
				p.ReportRef(ref, catalog.Origin{}, "replication slot "+s.Name+" is lost"+reason+": its consumer has to start anew")
			case "unreserved":
				p.Soften(p.ReportRef(ref, catalog.Origin{}, "replication slot "+s.Name+" is not in use and keeps "+size(s.Retained)+" of log, more than the server grants: it is lost at the next checkpoint"), rules.Warning)
			case "extended":
				p.Soften(p.ReportRef(ref, catalog.Origin{}, "replication slot "+s.Name+" is not in use and keeps "+size(s.Retained)+" of log, "+limit(p)), rules.Warning)
			}
		}
	},
})

// limit says how much more of the log a slot may come to keep.
func limit(p *rules.Pass) string {
	text, ok := serverSetting(p, "max_slot_wal_keep_size") // in MB
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case !ok || err != nil:
		return "more than max_wal_size"
	case n < 0:
		return "which nothing limits"
	}
	return "of at most " + size(n<<20)
}

// size is a number of bytes for people.
func size(n int64) string {
	if n >= 10<<30 {
		return fmt.Sprintf("%d GB", n>>30)
	}
	return fmt.Sprintf("%d MB", n>>20)
}
