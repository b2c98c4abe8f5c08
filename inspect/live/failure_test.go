package live_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/internal/pgtest"
)

func connectError(t *testing.T, dsn string) string {
	t.Helper()
	s, err := live.Connect(context.Background(), live.ConnOptions{DSN: dsn})
	if err == nil {
		s.Close()
		t.Fatal("it connected")
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("more than one line: %q", err)
	}
	return err.Error()
}

// TestConnectWrongPassword meets a server that repeats the password.
func TestConnectWrongPassword(t *testing.T) {
	address := pgtest.AsksPassword(t, func(password string) string {
		return "password authentication failed: " + password + " is wrong\nsecond line"
	})
	got := connectError(t, "postgres://u:s3cr3t@"+address+"/db?sslmode=disable")
	want := `connect to database "db" at ` + address + ` as "u": password authentication failed: xxxxx is wrong (28P01)`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestConnectWrongCertificate meets a server that shows a certificate which
// nobody signed, and one without TLS.
func TestConnectWrongCertificate(t *testing.T) {
	if got := connectError(t, "postgres://u:p@"+pgtest.Unsigned(t)+"/db?sslmode=verify-full"); !strings.Contains(got, "certificate is not accepted: ") {
		t.Error(got)
	}
	if got := connectError(t, "postgres://u:p@"+pgtest.WithoutTLS(t)+"/db?sslmode=require"); !strings.HasSuffix(got, "server refused TLS connection") {
		t.Error(got)
	}
}

// TestSessionServerDies ends the server's side in the middle of a run.
func TestSessionServerDies(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	s, err := live.Connect(ctx, live.ConnOptions{DSN: pgtest.DSN(c, c.Config().User)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Load(ctx, live.Options{Progress: func(_, _ int, what string) {
		if what == "functions" {
			if _, err := c.Exec(ctx, "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'policylint'"); err != nil {
				t.Error(err)
			}
		}
	}})
	if err == nil || !strings.HasPrefix(err.Error(), "read functions of database ") || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
}

// TestSessionStartsAnew drops a function between the beginning of the run and
// the query that prints the column default which calls it: an internal error
// of the server, which the next try does not meet.
func TestSessionStartsAnew(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	script(t, c, "create function f() returns int language sql return 1; create table t (id int default f())")
	s, err := live.Connect(ctx, live.ConnOptions{DSN: pgtest.DSN(c, c.Config().User)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	runs := 0
	got, err := s.Load(ctx, live.Options{Progress: func(_, _ int, what string) {
		switch {
		case what == "server":
			runs++
		case what == "columns" && runs == 1:
			script(t, c, "drop function f() cascade")
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	tab, ok := got.Tables.Get(catalog.Name{Schema: "public", Name: "t"})
	if runs != 2 || !ok || tab.Columns[0].HasDefault {
		t.Errorf("%d runs, table %v", runs, tab)
	}
}

// TestSessionNeverStill drops such a function again and again: the run gives up
// and says why.
func TestSessionNeverStill(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	again := "create function f() returns int language sql return 1; create table t (id int default f())"
	script(t, c, again)
	s, err := live.Connect(ctx, live.ConnOptions{DSN: pgtest.DSN(c, c.Config().User)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Load(ctx, live.Options{Progress: func(_, _ int, what string) {
		if what == "columns" {
			script(t, c, "drop table t; drop function f();"+again)
		}
	}})
	if err == nil || !strings.Contains(err.Error(), "objects were dropped while they were read; run it again") {
		t.Errorf("got %v", err)
	}
}

// TestSessionStatementTimeout lets the server end a query.
func TestSessionStatementTimeout(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	script(t, c, "create table t (id int); create view v as select * from t")
	script(t, c, "begin; lock table v in access exclusive mode")
	s, err := live.Connect(ctx, live.ConnOptions{DSN: pgtest.DSN(c, c.Config().User), StatementTimeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err = s.Load(ctx, live.Options{}); err == nil || !strings.HasSuffix(err.Error(), "statement timeout (57014)") {
		t.Errorf("got %v", err)
	}
}
