package live_test

import (
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

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/internal/pgtest"
)

// serve answers one connection after the other with f.
func serve(t *testing.T, f func(net.Conn)) (port string) {
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
	_, port, err = net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

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
	port := serve(t, func(c net.Conn) {
		b := pgproto3.NewBackend(c, c)
		if _, err := b.ReceiveStartupMessage(); err != nil {
			return
		}
		b.Send(&pgproto3.AuthenticationCleartextPassword{})
		if b.Flush() != nil {
			return
		}
		m, err := b.Receive()
		if err != nil {
			return
		}
		p, _ := m.(*pgproto3.PasswordMessage)
		b.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: "28P01", Message: "password authentication failed: " + p.Password + " is wrong\nsecond line"})
		_ = b.Flush()
	})
	got := connectError(t, "postgres://u:s3cr3t@127.0.0.1:"+port+"/db?sslmode=disable")
	want := `connect to database "db" at 127.0.0.1:` + port + ` as "u": password authentication failed: xxxxx is wrong (28P01)`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestConnectWrongCertificate meets a server that shows a certificate which
// nobody signed.
func TestConnectWrongCertificate(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"other.example"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	port := serve(t, func(c net.Conn) {
		request := make([]byte, 8)
		if _, err := io.ReadFull(c, request); err != nil {
			return
		}
		if _, err := c.Write([]byte("S")); err == nil {
			_ = tls.Server(c, config).Handshake() //nolint:errcheck // the client refuses
		}
	})
	if got := connectError(t, "postgres://u:p@localhost:"+port+"/db?sslmode=verify-full"); !strings.Contains(got, "certificate is not accepted: ") {
		t.Error(got)
	}
	plain := serve(t, func(c net.Conn) {
		if _, err := io.ReadFull(c, make([]byte, 8)); err == nil {
			_, _ = c.Write([]byte("N"))
		}
	})
	if got := connectError(t, "postgres://u:p@127.0.0.1:"+plain+"/db?sslmode=require"); !strings.HasSuffix(got, "server refused TLS connection") {
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
