package static_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/catalog"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/inspect/static/source"
	"policylint/internal/pgtest"
)

// TestTransactions runs files statement by statement on a server too: what
// frames transactions cannot be judged inside one.
func TestTransactions(t *testing.T) {
	for _, test := range []struct {
		name   string
		sql    string
		fails  []string // SQLSTATE of each refused statement
		tables []string // of schema public, in the end
	}{
		{name: "commit", sql: "begin; create table a (); commit;", tables: []string{"a"}},
		{name: "rollback", sql: "begin; create table a (); rollback; create table b ();", tables: []string{"b"}},
		{name: "end and abort", sql: "start transaction; create table a (); end; begin; create table b (); abort;", tables: []string{"a"}},
		{
			name:   "savepoints",
			sql:    "begin; create table a (); savepoint x; create table b (); savepoint y; create table c (); rollback to x; create table d (); release x; commit;",
			tables: []string{"a", "d"},
		},
		{
			name:   "savepoint of the same name",
			sql:    "begin; savepoint x; create table a (); savepoint x; create table b (); rollback to x; rollback to x; release x; create table c (); rollback to x; commit;",
			tables: nil,
		},
		{name: "outside of a block", sql: "savepoint x; release x; rollback to x; commit; rollback; begin; begin; commit;", fails: []string{"25P01", "25P01", "25P01"}},
		{name: "chain", sql: "begin; create table a (); commit and chain; create table b (); rollback;", tables: []string{"a"}},
		{name: "chain outside of a block", sql: "commit and chain; rollback and chain;", fails: []string{"25P01", "25P01"}},
		{name: "settings are transactional", sql: "begin; set search_path = ''; rollback; create table a ();", tables: []string{"a"}},
		{name: "set local", sql: "begin; set local search_path = ''; commit; create table a ();", tables: []string{"a"}},
		{name: "set after set local", sql: "create schema x; begin; set local search_path = ''; set search_path = x; commit; create table a (); reset search_path; create table b ();", tables: []string{"b"}},
		{name: "set of something else after set local", sql: "create schema x; begin; set local lock_timeout = '1s'; set search_path = x; commit; create table a (); reset search_path; create table b ();", tables: []string{"b"}},
		{name: "reset after set local", sql: "create schema x; set search_path = x; begin; set local search_path = ''; reset search_path; commit; create table a ();", tables: []string{"a"}},
		{name: "set, set local and a savepoint", sql: "create schema x; begin; set local search_path = ''; savepoint s; set search_path = x; rollback to s; commit; create table a ();", tables: []string{"a"}},
		{name: "set local to a savepoint", sql: "begin; savepoint x; set search_path = ''; rollback to x; create table a (); commit;", tables: []string{"a"}},
		{name: "set local outside of a block", sql: "set local search_path = ''; create table a ();", tables: []string{"a"}},
		{name: "an error undoes its own statement only", sql: "create table a (); drop table a, no_such; create table b ();", fails: []string{"42P01"}, tables: []string{"a", "b"}},
		{name: "vacuum in a block", sql: "begin; rollback; vacuum; ", fails: nil},
		{name: "a dropped table comes back", sql: "create table a (); begin; drop table a; rollback; alter table a add column x text;", tables: []string{"a"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := static.Load(fstest.MapFS{"1_a.sql": {Data: []byte(test.sql)}}, static.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var fails []string
			for _, f := range c.Failures {
				fails = append(fails, f.SQLState)
			}
			if diff := cmp.Diff(test.fails, fails); diff != "" {
				t.Errorf("failures of the static reader: %s", diff)
			}
			if diff := cmp.Diff(test.tables, tablesOf(c)); diff != "" {
				t.Errorf("tables of the static reader: %s", diff)
			}
			onServer(t, test.sql, test.fails, test.tables)
		})
	}
}

func tablesOf(c *catalog.Catalog) []string {
	var out []string
	for t := range c.Tables.All() {
		if t.Name.Schema == "public" && !t.Unsure.Any(catalog.Existence) {
			out = append(out, t.Name.Name)
		}
	}
	return out
}

func onServer(t *testing.T, sql string, fails, tables []string) {
	t.Helper()
	ctx := context.Background()
	conn := pgtest.Platform(t, platform.OldDefaults)
	var got []string
	for _, s := range source.Text("1_a.sql", sql).Statements {
		_, err := conn.Exec(ctx, s.SQL)
		var refused *pgconn.PgError
		if errors.As(err, &refused) {
			got = append(got, refused.Code)
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(got, fails) {
		t.Errorf("failures of the server: want %v, got %v", fails, got)
	}
	var there []string
	if err := conn.QueryRow(ctx, "select array_agg(tablename::text order by tablename) from pg_tables where schemaname = 'public'").Scan(&there); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(there, tables) {
		t.Errorf("tables of the server: want %v, got %v", tables, there)
	}
}

// After an error in a transaction block a server takes nothing more; replay
// goes on, and commits.
func TestTransactionGoesOnBehindAnError(t *testing.T) {
	c, err := static.Load(fstest.MapFS{"1_a.sql": {Data: []byte("begin; create table a (); drop table no_such; create table b (); commit;")}}, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Failures) != 1 || c.Failures[0].SQLState != "42P01" {
		t.Errorf("failures: %+v", c.Failures)
	}
	if diff := cmp.Diff([]string{"a", "b"}, tablesOf(c)); diff != "" {
		t.Error(diff)
	}
}

// A file that does not commit what it began leaves nothing behind.
func TestTransactionLeftOpen(t *testing.T) {
	c, err := static.Load(fstest.MapFS{
		"1_a.sql": {Data: []byte("begin; create table a ();")},
		"2_b.sql": {Data: []byte("create table b (); commit;")},
	}, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"b"}, tablesOf(c)); diff != "" {
		t.Error(diff)
	}
	if len(c.Gaps) != 1 || c.Gaps[0].Origin.File != "1_a.sql" {
		t.Errorf("gaps: %+v", c.Gaps)
	}
}

// TestLockTable holds that LOCK TABLE passes outside of a block of the file's
// own: whoever applies the file makes a transaction of it.
func TestLockTable(t *testing.T) {
	for sql, want := range map[string]string{
		"create table a (); lock table a in share mode;": "",
		"lock table a;": "42P01",
	} {
		c, err := static.Load(fstest.MapFS{"1_a.sql": {Data: []byte(sql)}}, static.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(c.Failures) > 0 {
			got = c.Failures[0].SQLState
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", sql, got, want)
		}
	}
}
