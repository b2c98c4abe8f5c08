package live_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"policylint/inspect/live"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// activity is what the server's statistics say about writing in a database.
type activity struct {
	Inserted, Updated, Deleted, TempFiles, Deadlocks int64
	Relations                                        int64 // in pg_class, temporary ones too
	NextID                                           string
}

func activityOf(t *testing.T, admin *pgx.Conn) (a activity) {
	t.Helper()
	err := admin.QueryRow(context.Background(), `
		select d.tup_inserted, d.tup_updated, d.tup_deleted, d.temp_files, d.deadlocks,
		       (select count(*) from pg_class), pg_snapshot_xmax(pg_current_snapshot())::text
		from pg_stat_database d where d.datname = current_database()`,
	).Scan(&a.Inserted, &a.Updated, &a.Deleted, &a.TempFiles, &a.Deadlocks, &a.Relations, &a.NextID)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestSessionOnlyReads asks the server what a whole run did: no transaction
// number was assigned, nothing was written, and no lock was stronger than
// that of a SELECT.
func TestSessionOnlyReads(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Platform(t, platform.OldDefaults)
	script(t, c, `create table t (id int primary key); create view v as select * from t;
		alter table t enable row level security; create policy p on t using (exists (select from t x where x.id = t.id));`)
	admin := pgtest.Admin(t, c)
	before := activityOf(t, admin)

	s, err := live.Connect(ctx, live.ConnOptions{DSN: pgtest.DSN(c, platform.Admin)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Load(ctx, live.Options{}); err != nil {
		t.Fatal(err)
	}

	var assigned *string
	var pid int
	var readOnly, isolation, byDefault string
	rows, err := s.Query(ctx, `select pg_current_xact_id_if_assigned()::text, pg_backend_pid(), current_setting('transaction_read_only'),
		current_setting('transaction_isolation'), current_setting('default_transaction_read_only')`)
	if err != nil {
		t.Fatal(err)
	}
	_, err = pgx.ForEachRow(rows, []any{&assigned, &pid, &readOnly, &isolation, &byDefault}, func() error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if assigned != nil || readOnly != "on" || isolation != "repeatable read" || byDefault != "on" {
		t.Errorf("transaction %v assigned, read only %s, default %s, isolation %s", assigned, readOnly, byDefault, isolation)
	}
	rows, err = admin.Query(ctx, `select distinct locktype || ' ' || mode from pg_locks where pid = $1 order by 1`, pid)
	if err != nil {
		t.Fatal(err)
	}
	locks, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range locks {
		if l != "relation AccessShareLock" && l != "virtualxid ExclusiveLock" {
			t.Errorf("the session holds %s", l)
		}
	}
	var name string
	if err := admin.QueryRow(ctx, "select application_name from pg_stat_activity where pid = $1", pid).Scan(&name); err != nil {
		t.Fatal(err)
	}
	if name != "policylint" {
		t.Errorf("application_name is %q", name)
	}
	rows, err = s.Query(ctx, "create table x ()")
	if err == nil {
		rows.Close()
		err = rows.Err()
	}
	if err == nil || !strings.Contains(err.Error(), "25006") {
		t.Errorf("a write gave %v, want read_only_sql_transaction", err)
	}
	s.Close()

	after := activityOf(t, admin)
	if d := cmp.Diff(before, after); d != "" {
		t.Errorf("the run left something behind (-before +after):\n%s", d)
	}
	// The server's side ends a moment after the client's.
	for begun := time.Now(); ; {
		var left int
		if err := admin.QueryRow(ctx, "select count(*) from pg_stat_activity where pid = $1", pid).Scan(&left); err != nil {
			t.Fatal(err)
		}
		if left == 0 {
			break
		}
		if time.Since(begun) > 10*time.Second {
			t.Fatal("the session is still there")
		}
	}
}

// TestSessionModes reads the same with and without prepared statements.
func TestSessionModes(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Platform(t, platform.NewDefaults)
	for name, mode := range map[string]live.Prepared{"auto": live.PreparedAuto, "never": live.PreparedNever, "always": live.PreparedAlways} {
		t.Run(name, func(t *testing.T) {
			s, err := live.Connect(ctx, live.ConnOptions{DSN: pgtest.DSN(c, platform.Migrator), Prepared: mode})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if s.Pooler() {
				t.Error("takes a server for a pooler")
			}
			got, err := s.Load(ctx, live.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got.Source.User != platform.Migrator || got.Source.Database != c.Config().Database || got.Source.Version < 140000 {
				t.Errorf("source is %+v", got.Source)
			}
		})
	}
}

// TestSessionWaitsForLocks meets DDL that holds a view: the read ends at the
// lock timeout, with one line.
func TestSessionWaitsForLocks(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	script(t, c, `create table t (id int); create view v as select * from t`)
	script(t, c, `begin; lock table v in access exclusive mode`)
	s, err := live.Connect(ctx, live.ConnOptions{DSN: pgtest.DSN(c, c.Config().User), LockTimeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Load(ctx, live.Options{})
	if err == nil || !strings.Contains(err.Error(), "lock timeout (55P03)") || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v, want the lock timeout", err)
	}
}

// TestSessionInterrupted cancels in the middle of a query.
func TestSessionInterrupted(t *testing.T) {
	c := pgtest.Conn(t)
	script(t, c, `create table t (id int); create view v as select * from t`)
	script(t, c, `begin; lock table v in access exclusive mode`)
	ctx, cancel := context.WithCancel(context.Background())
	s, err := live.Connect(ctx, live.ConnOptions{DSN: pgtest.DSN(c, c.Config().User)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Load(ctx, live.Options{Progress: func(_, _ int, what string) {
		if what == "views" {
			cancel()
		}
	}})
	if err == nil || !strings.HasSuffix(err.Error(), ": interrupted") {
		t.Errorf("got %v", err)
	}
}
