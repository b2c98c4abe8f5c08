package realtime

import (
	"fmt"
	"strconv"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "logical-decoding-unavailable",
	Title:    "Server that cannot give Realtime its changes",
	Severity: rules.Error,
	Needs:    rules.NeedsDatabase,
	Why: `
Realtime reads changes through a logical replication slot. That needs wal_level
logical and a free slot, and a slot whose log was removed, because its
consumer fell too far behind, never delivers again.`,
	Fix: `
` + "```sql" + `
alter system set wal_level = logical; -- takes a restart
select pg_drop_replication_slot(slot_name) from pg_replication_slots where wal_status = 'lost' and not active;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/runtime-config-replication.html",
		"https://www.postgresql.org/docs/current/view-pg-replication-slots.html",
	},
	Check: func(p *rules.Pass) {
		if p.Runtime == nil || p.Runtime.Standby || !anyExpected(p) {
			return
		}
		if level, ok := serverSetting(p, "wal_level"); ok && level != "logical" {
			p.ReportRef(catalog.Ref{Kind: "setting", Name: "wal_level"}, catalog.Origin{}, "wal_level is "+level+", Realtime needs logical")
			return
		}
		for _, s := range p.Runtime.Slots {
			if s.Database != p.Source.Database || !s.Active && !s.Realtime() {
				continue // of which unused-replication-slot speaks
			}
			if s.WALStatus == "lost" || s.WALStatus == "unreserved" {
				p.ReportRef(catalog.Ref{Kind: "replication slot", Name: s.Name}, catalog.Origin{}, "replication slot "+s.Name+" is "+s.WALStatus+": its log is removed, or about to be")
			}
		}
		most, ok := serverSetting(p, "max_replication_slots")
		n, err := strconv.Atoi(most)
		if ok && err == nil && len(p.Runtime.Slots) >= n && !serving(p) {
			p.ReportRef(catalog.Ref{Kind: "setting", Name: "max_replication_slots"}, catalog.Origin{}, fmt.Sprintf("all %d replication slots are taken, none by Realtime", n))
		}
	},
})

// anyExpected reports whether Realtime has anything to deliver.
func anyExpected(p *rules.Pass) bool {
	for range published(p) {
		return true
	}
	return p.Config != nil && len(p.Config.Realtime.Tables) > 0
}

// serving reports whether Realtime has its slot, which it makes while clients
// are subscribed (supabase/realtime: supabase_realtime_replication_slot).
func serving(p *rules.Pass) bool {
	for _, s := range p.Runtime.Slots {
		if s.Active && s.Plugin == "wal2json" {
			return true
		}
	}
	return false
}

// serverSetting is a setting of the server itself.
func serverSetting(p *rules.Pass, name string) (string, bool) {
	s, ok := p.Settings.Get(catalog.SettingKey{Name: name})
	if !ok || !s.Value.Known {
		return "", false
	}
	return s.Value.Value, true
}
