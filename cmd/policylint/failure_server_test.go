//go:build unix

package main

import (
	"bytes"
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// failed holds a command that could not read its database to exit 3, one line
// on standard error with the cause, and nothing else.
func failed(t *testing.T, want string, args ...string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(args, strings.NewReader(""), &out, &errs)
	text := errs.String()
	if code != exitFailure || out.Len() > 0 || strings.Count(text, "\n") != 1 || !strings.Contains(text, want) || strings.Contains(text, "s3cr3t") {
		t.Errorf("%s: exit %d, %q, %q; want one line with %q", args[0], code, out.String(), text, want)
	}
}

// TestWrongCertificate meets a server with a certificate that nobody signed.
func TestWrongCertificate(t *testing.T) {
	t.Chdir(t.TempDir())
	db := "postgres://u:s3cr3t@" + pgtest.Unsigned(t) + "/db?sslmode=verify-full"
	for _, command := range []string{"inspect", "catalog"} {
		failed(t, "the server's certificate is not accepted: ", command, "--db", db)
	}
}

// TestStatementTimeout meets a server that gives up each statement.
func TestStatementTimeout(t *testing.T) {
	t.Chdir(t.TempDir())
	address := pgtest.Impostor(t, func(c net.Conn) {
		b := pgproto3.NewBackend(c, c)
		if _, err := b.ReceiveStartupMessage(); err != nil {
			return
		}
		b.Send(&pgproto3.AuthenticationOk{})
		b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
		for b.Flush() == nil {
			m, err := b.Receive()
			if err != nil {
				return
			}
			switch m.(type) {
			case *pgproto3.Query, *pgproto3.Sync:
				b.Send(&pgproto3.ErrorResponse{Severity: "ERROR", Code: "57014", Message: "canceling statement due to statement timeout"})
				b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
			case *pgproto3.Terminate:
				return
			}
		}
	})
	for _, command := range []string{"inspect", "catalog"} {
		failed(t, "canceling statement due to statement timeout (57014)", command, "--db", "postgres://u:s3cr3t@"+address+"/db?sslmode=disable")
	}
}

// TestDiesMidRun ends the server's side, and then one statement, while inspect
// waits for a lock; nothing of it stays on the server.
func TestDiesMidRun(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx := context.Background()
	c := pgtest.Platform(t, platform.OldDefaults)
	admin := pgtest.Admin(t, c)
	for _, sql := range []string{"create table t (id int); create view v as select * from t", "begin; lock table v in access exclusive mode"} {
		if _, err := c.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ end, want string }{
		{"pg_terminate_backend", "terminating connection due to administrator command (57P01)"},
		{"pg_cancel_backend", "canceling statement due to user request (57014)"},
	} {
		done := make(chan struct{})
		go func() {
			defer close(done)
			failed(t, "read views of database", "inspect", "--db", pgtest.DSN(c, platform.Admin))
			failed(t, test.want, "inspect", "--db", pgtest.DSN(c, platform.Admin))
		}()
		for running := true; running; {
			select {
			case <-done:
				running = false
			default:
				if _, err := admin.Exec(ctx, "select "+test.end+"(pid) from pg_stat_activity where application_name = 'policylint' and datname = current_database() and wait_event_type = 'Lock'"); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	left := 1
	for begun := time.Now(); left > 0 && time.Since(begun) < 20*time.Second; {
		if err := admin.QueryRow(ctx, "select count(*) from pg_stat_activity where application_name = 'policylint' and datname = current_database()").Scan(&left); err != nil {
			t.Fatal(err)
		}
	}
	if left > 0 {
		t.Errorf("%d sessions are left", left)
	}
}
