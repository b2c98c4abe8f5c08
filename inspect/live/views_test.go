package live_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/internal/pgtest"
)

// TestLoadWithoutMonitoring reads a server whose owner has taken the views of
// what goes on from everybody: that is two gaps, and no error.
func TestLoadWithoutMonitoring(t *testing.T) {
	for _, hidden := range []struct{ revoke, gap string }{
		{"revoke select on pg_catalog.pg_locks from public", "view pg_catalog.pg_stat_progress_create_index: role few may not read it, or pg_locks"},
		{"revoke select on pg_catalog.pg_stat_progress_create_index from public", "view pg_catalog.pg_stat_progress_create_index: role few may not read it, or pg_locks"},
		{"revoke select on pg_catalog.pg_replication_slots from public", "view pg_catalog.pg_replication_slots: role few may not read it"},
		{"revoke execute on function pg_catalog.pg_get_replication_slots() from public", "view pg_catalog.pg_replication_slots: role few may not read it"},
		{"revoke execute on function pg_catalog.pg_current_wal_lsn() from public", "view pg_catalog.pg_replication_slots: role few may not read it"},
	} {
		t.Run(hidden.revoke, func(t *testing.T) {
			c := pgtest.Conn(t)
			script(t, c, `create role few login; create table public.tickets (id int primary key);`+hidden.revoke)
			got := loadAs(t, pgtest.DSN(c, "few"))
			var gaps []string
			for _, g := range got.Gaps {
				gaps = append(gaps, g.Object.String()+": "+g.Reason)
			}
			if d := cmp.Diff([]string{hidden.gap}, gaps); d != "" {
				t.Errorf("gaps (-want +got):\n%s", d)
			}
			if (got.Runtime.Slots == nil) == (got.Runtime.Building == nil) || !got.Tables.Has(catalog.Name{Schema: "public", Name: "tickets"}) {
				t.Errorf("slots %v, builds %v", got.Runtime.Slots, got.Runtime.Building)
			}
		})
	}
}
