package rules_test

import (
	"context"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/internal/pgtest"
)

// TestUnusedReplicationSlotLive lets a server write its log, for slots that
// nobody reads, until it takes the log away from them.
func TestUnusedReplicationSlotLive(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	do := func(sql string) {
		t.Helper()
		if _, err := c.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	set := func(name, value string) { // and waits until this session knows
		t.Helper()
		do("alter system set " + name + " = '" + value + "'")
		do("select pg_reload_conf()")
		for now := ""; now != value; {
			if err := c.QueryRow(ctx, "select current_setting($1)", name).Scan(&now); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Cleanup(func() {
		do("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name in ('old_warehouse', 'old_replica', 'no_replica_yet', 'supabase_realtime_rls')")
		do("alter system reset max_wal_size")
		do("alter system reset min_wal_size")
		do("alter system reset max_slot_wal_keep_size")
		do("select pg_reload_conf()")
	})
	set("min_wal_size", "32MB")
	set("max_wal_size", "32MB")
	for _, slot := range []string{
		"pg_create_logical_replication_slot('old_warehouse', 'pgoutput')", "pg_create_physical_replication_slot('old_replica', true)",
		"pg_create_physical_replication_slot('no_replica_yet')", // keeps nothing
		"pg_create_logical_replication_slot('supabase_realtime_rls', 'pgoutput')",
		"pg_create_logical_replication_slot('mine', 'pgoutput', true)", // temporary, and so in use
	} {
		do("select " + slot)
	}
	numbers := regexp.MustCompile(`\d+`)
	says := func(want ...string) {
		t.Helper()
		said, _ := judgedLive(t, c, "unused-replication-slot")
		for i := range said {
			said[i] = numbers.ReplaceAllString(said[i], "N")
		}
		if d := cmp.Diff(want, said); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	}
	says()
	for range 6 {
		do("create table public.work (id int)")
		do("drop table public.work")
		do("select pg_switch_wal()")
	}
	says("warning: replication slot old_replica is not in use and keeps N MB of log, which nothing limits",
		"warning: replication slot old_warehouse is not in use and keeps N MB of log, which nothing limits")
	set("max_slot_wal_keep_size", "1GB")
	says("warning: replication slot old_replica is not in use and keeps N MB of log, of at most N MB",
		"warning: replication slot old_warehouse is not in use and keeps N MB of log, of at most N MB")
	set("max_slot_wal_keep_size", "16MB")
	says("warning: replication slot old_replica is not in use and keeps N MB of log, more than the server grants: it is lost at the next checkpoint",
		"warning: replication slot old_warehouse is not in use and keeps N MB of log, more than the server grants: it is lost at the next checkpoint")
	do("select pg_drop_replication_slot('mine')") // whose session the server would end
	do("checkpoint")
	why := ""
	if pgtest.Version(t, c) >= 170000 {
		why = " (wal_removed)"
	}
	says("error: replication slot old_replica is lost"+why+": its consumer has to start anew",
		"error: replication slot old_warehouse is lost"+why+": its consumer has to start anew")
}
