//go:build unix

package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// TestUnreachable holds what each command says of a database that it cannot
// read: one line on standard error with host and cause, nothing on standard
// output, no password, exit 3, and within the time allowed.
func TestUnreachable(t *testing.T) {
	c := pgtest.Platform(t, platform.OldDefaults)
	ctx := context.Background()
	if _, err := c.PgConn().Exec(ctx, "create table t (id int); create view v as select * from t").ReadAll(); err != nil {
		t.Fatal(err)
	}
	silent, plain := pgtest.Silent(t), pgtest.WithoutTLS(t)
	locked, err := pgconn.ConnectConfig(ctx, &pgtest.Admin(t, c).Config().Config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = locked.Close(ctx) })
	if err := locked.Exec(ctx, "begin; lock table v in access exclusive mode").Close(); err != nil {
		t.Fatal(err)
	}
	at := func(address, more string) string { return "postgres://u:s3cr3t@" + address + "/db" + more }
	mine := pgtest.DSN(c, platform.Admin)
	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"nothing listens", []string{"inspect", "--db", "postgres://u:s3cr3t@127.0.0.1:1/db"}, "connection refused"},
		{"it does not answer", []string{"inspect", "--connect-timeout", "200ms", "--db", at(silent, "?sslmode=disable")}, "no answer within the time allowed for connecting"},
		{"the whole run is over", []string{"inspect", "--timeout", "200ms", "--db", at(silent, "?sslmode=disable")}, "the time allowed for the whole run is over"},
		{"no TLS", []string{"inspect", "--db", at(plain, "?sslmode=require")}, "server refused TLS connection"},
		{"no such role", []string{"inspect", "--db", pgtest.DSN(c, "nobody")}, `role "nobody" does not exist (28000)`},
		{"no such service", []string{"inspect", "--db", "service=s3cr3t"}, "service"},
		{"DDL at the same moment", []string{"inspect", "--timeout", "500ms", "--db", mine}, "read views of database"},
		{"drift", []string{"drift", ".", "--db", at(silent, "?sslmode=disable"), "--connect-timeout", "200ms"}, "no answer"},
		{"drift against", []string{"drift", "--db", mine, "--timeout", "300ms", "--against", at(silent, "?sslmode=disable")}, "database"},
		{"catalog", []string{"catalog", "--db", at(silent, "?sslmode=disable"), "--connect-timeout", "200ms"}, "no answer"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile("1_a.sql", []byte("create schema private;"), 0o600); err != nil {
				t.Fatal(err)
			}
			var out, errs bytes.Buffer
			code := run(test.args, strings.NewReader(""), &out, &errs)
			text := errs.String()
			if code != exitFailure || out.Len() > 0 || strings.Count(text, "\n") != 1 || !strings.Contains(text, test.want) || strings.Contains(text, "s3cr3t") && test.name != "no such service" {
				t.Errorf("exit %d, %q, %q; want one line with %q", code, out.String(), text, test.want)
			}
		})
	}
}

// TestInterrupt sends the program itself an interrupt while it waits for a
// lock: it says so in one line and ends, and so does its session.
func TestInterrupt(t *testing.T) {
	if os.Getenv("POLICYLINT_TEST_INSPECT") != "" {
		os.Exit(run([]string{"inspect", "--db", os.Getenv("POLICYLINT_TEST_INSPECT")}, strings.NewReader(""), os.Stdout, os.Stderr))
	}
	ctx := context.Background()
	c := pgtest.Platform(t, platform.OldDefaults)
	admin := pgtest.Admin(t, c)
	for _, sql := range []string{"create table t (id int); create view v as select * from t", "begin; lock table v in access exclusive mode"} {
		if _, err := c.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestInterrupt$")
	cmd.Env = append(os.Environ(), "POLICYLINT_TEST_INSPECT="+pgtest.DSN(c, platform.Admin))
	cmd.Dir = t.TempDir()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	sessions := func(state string) (n int) {
		t.Helper()
		if err := admin.QueryRow(ctx, "select count(*) from pg_stat_activity where application_name = 'policylint' and datname = current_database() and "+state).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	await := func(what string, done func() bool) {
		t.Helper()
		for begun := time.Now(); !done(); {
			if time.Since(begun) > 20*time.Second {
				t.Fatalf("waited too long until %s: %s", what, out.String())
			}
		}
	}
	await("it waits", func() bool { return sessions("wait_event_type = 'Lock'") == 1 })
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitFailure || !strings.HasSuffix(out.String(), ": interrupted\n") || strings.Count(out.String(), "\n") != 1 {
		t.Errorf("exit %d: %q", code, out.String())
	}
	await("its session is gone", func() bool { return sessions("true") == 0 })
}

// TestPasswordFile takes the password from .pgpass, and says nothing of it when
// it is wrong.
func TestPasswordFile(t *testing.T) {
	got := make(chan string, 4)
	_, port, err := net.SplitHostPort(pgtest.AsksPassword(t, func(password string) string {
		got <- password
		return "password authentication failed"
	}))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "pgpass")
	if err := os.WriteFile(file, []byte("127.0.0.1:"+port+":*:u:fr0m-the-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PGPASSFILE", file)
	code, out := bare(t, "inspect", "--db", "postgres://u@127.0.0.1:"+port+"/db?sslmode=disable")
	if code != exitFailure || strings.Contains(out, "fr0m") || !strings.Contains(out, "(28P01)") || strings.Count(out, "\n") != 1 {
		t.Errorf("exit %d: %s", code, out)
	}
	if password := <-got; password != "fr0m-the-file" {
		t.Errorf("the password sent is %q", password)
	}
}
