package pgtest_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

func ask(t *testing.T, c *pgx.Conn, sql string) string {
	t.Helper()
	var got string
	if err := c.QueryRow(context.Background(), sql).Scan(&got); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return got
}

func do(t *testing.T, c *pgx.Conn, sql string) {
	t.Helper()
	if _, err := c.PgConn().Exec(context.Background(), sql).ReadAll(); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func TestWhoConnects(t *testing.T) {
	who := "select concat_ws(' ', session_user, current_user, current_setting('is_superuser'))"
	if os.Getenv("POLICYLINT_TEST_DSN") != "" {
		t.Skip("the superuser of POLICYLINT_TEST_DSN has any name")
	}
	if got := ask(t, pgtest.Conn(t), who); got != "postgres postgres on" {
		t.Errorf("Conn connects as %s", got)
	}
	for _, v := range []platform.Variant{platform.OldDefaults, platform.NewDefaults} {
		c := pgtest.Platform(t, v)
		if got := ask(t, c, who); got != "postgres postgres off" {
			t.Errorf("Platform connects as %s", got)
		}
		if got := ask(t, c, "select current_setting('search_path')"); got != `"$user", public, extensions` {
			t.Errorf("search_path is %s", got)
		}
		if got := ask(t, pgtest.Admin(t, c), who); got != "supabase_admin supabase_admin on" {
			t.Errorf("Admin connects as %s", got)
		}
		anon, err := pgx.Connect(context.Background(), pgtest.DSN(c, "authenticator"))
		if err != nil {
			t.Fatal(err)
		}
		if got := ask(t, anon, who); got != "authenticator authenticator off" {
			t.Errorf("DSN connects as %s", got)
		}
		if err := anon.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}
}

// TestNothingLeaks leaves traces of every kind that outlives a database; the
// next test must not see them.
func TestNothingLeaks(t *testing.T) {
	if os.Getenv("POLICYLINT_TEST_DSN") != "" {
		t.Skip("the server in POLICYLINT_TEST_DSN cannot be replaced")
	}
	for _, traces := range []string{
		"create table t (id int primary key)",
		"create role agent; grant agent to authenticator",
		"create role agent; grant agent to postgres; create table t (); grant all on schema public to agent; alter table t owner to agent",
		"alter role anon set statement_timeout = '1s'",
		"set session authorization default; alter role authenticated bypassrls",
		"create role agent createdb; grant agent to postgres; create database leaked owner agent",
	} {
		for range 2 {
			t.Run(traces, func(t *testing.T) {
				c := pgtest.Platform(t, platform.OldDefaults)
				if got := ask(t, c, `select concat_ws(' ', to_regclass('t'), to_regrole('agent'),
					(select rolbypassrls from pg_roles where rolname = 'authenticated'),
					(select 'set' from pg_roles where rolname = 'anon' and rolconfig::text ~ '1s'),
					(select datname from pg_database where datname = 'leaked'))`); got != "f" {
					t.Fatalf("a new database shows %q", got)
				}
				for _, sql := range strings.Split(traces, ";") {
					do(t, c, sql)
				}
			})
		}
	}
}
