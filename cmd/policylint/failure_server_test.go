//go:build unix

package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
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

// listen answers each connection with f, and is the connection string of that.
func listen(t *testing.T, mode string, f func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() }) //nolint:errcheck // nothing to lose
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			f(c)
			c.Close() //nolint:errcheck // nothing to lose
		}
	}()
	return "postgres://u:s3cr3t@" + l.Addr().String() + "/db?sslmode=" + mode
}

// TestWrongCertificate meets a server with a certificate that nobody signed.
func TestWrongCertificate(t *testing.T) {
	t.Chdir(t.TempDir())
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	db := listen(t, "verify-full", func(c net.Conn) {
		if _, err := io.ReadFull(c, make([]byte, 8)); err != nil {
			return
		}
		if _, err := c.Write([]byte("S")); err == nil {
			_ = tls.Server(c, config).Handshake() // the client refuses
		}
	})
	for _, command := range []string{"inspect", "catalog"} {
		failed(t, "the server's certificate is not accepted: ", command, "--db", db)
	}
}

// TestStatementTimeout meets a server that gives up each statement.
func TestStatementTimeout(t *testing.T) {
	t.Chdir(t.TempDir())
	db := listen(t, "disable", func(c net.Conn) {
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
		failed(t, "canceling statement due to statement timeout (57014)", command, "--db", db)
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
