package live_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/live"
	"policylint/internal/pgtest"
)

// TestConnectErrors checks what is said, and that no part of a password is.
func TestConnectErrors(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := closed.Addr().String()
	closed.Close() //nolint:errcheck // only its number is wanted
	_, silentPort, _ := net.SplitHostPort(pgtest.Silent(t))
	_, closedPort, _ := net.SplitHostPort(port)

	tests := []struct{ name, dsn, want string }{
		{"refused", "postgres://u:s3cr3t-w0rd@127.0.0.1:" + closedPort + "/db", `database "db" at 127.0.0.1:` + closedPort},
		{"no answer", "postgres://u:s3cr3t-w0rd@127.0.0.1:" + silentPort + "/db?sslmode=disable", "no answer within"},
		{"no such host", "postgres://u:s3cr3t-w0rd@no-such-host.invalid/db", "no-such-host.invalid:5432"},
		{"encoded", "postgres://u:s3cr3t%2Dw0rd@127.0.0.1:" + closedPort + "/db", "refused"},
		{"in the query", "postgres://127.0.0.1:" + closedPort + "/db?user=u&password=s3cr3t-w0rd", "refused"},
		{"keywords", "host=127.0.0.1 port=" + closedPort + " user=u password=s3cr3t-w0rd dbname=db", "refused"},
		{"quoted", "host=127.0.0.1 port=" + closedPort + " user=u password='s3cr3t-w0rd' dbname=db", "refused"},
		{"blank in it", "host=127.0.0.1 user=u password=s3cr3t -w0rd dbname=db", "keyword=value"},
		{"blank and sign in it", "host=127.0.0.1 port=" + closedPort + " user=u password=x s3cr3t=w0rd dbname=db", "a keyword that PostgreSQL does not know"},
		{"misspelt host", "hots=db.example.com user=u password=s3cr3t-w0rd dbname=db", "a keyword that PostgreSQL does not know"},
		{"for Java", "jdbc:postgresql://127.0.0.1/db?user=u&password=s3cr3t-w0rd", "a URL begins with postgres://"},
		{"address for host", "hostaddr=127.0.0.1 user=u password=s3cr3t-w0rd dbname=db", "hostaddr is not supported"},
		{"from a file", "postgres://u:s3cr3t-w0rd@127.0.0.1:" + closedPort + "/db\n", "refused"},
		{"in quotes", " \"postgres://u:s3cr3t-w0rd@127.0.0.1:" + closedPort + "/db\"", "refused"},
		{"several hosts", "postgres://u:s3cr3t-w0rd@127.0.0.1:" + closedPort + ",127.0.0.1:" + silentPort + "/db?sslmode=disable", closedPort + ": connect: connection refused; 127.0.0.1:" + silentPort + ": no answer within"},
		{"unclosed quote", "host=127.0.0.1 password='s3cr3t-w0rd", "keyword=value"},
		{"no scheme", "u:s3cr3t-w0rd@127.0.0.1/db", "keyword=value"},
		{"wrong scheme", "mysql://u:s3cr3t-w0rd@127.0.0.1/db", "keyword=value"},
		{"at sign", "postgres://u:s3cr3t@w0rd@127.0.0.1:" + closedPort + "/db", "%40"},
		{"slash", "postgres://u:s3cr3t/w0rd@127.0.0.1/db", ""},
		{"slash behind digits", "postgres://u:1234/s3cr3t@127.0.0.1/db", "%40"},
		{"question mark", "postgres://u:1234?s3cr3t-w0rd@127.0.0.1/db", ""},
		{"hash", "postgres://u:s3cr3t#w0rd@127.0.0.1/db", ""},
		{"colon", "postgres://u:s3cr3t:w0rd@127.0.0.1:" + closedPort + "/db", ""},
		{"percent", "postgres://u:s3cr3t%w0rd@127.0.0.1/db", ""},
		{"bad port", "postgres://u:s3cr3t-w0rd@127.0.0.1:abc/db", "port"},
		{"bad timeout", "postgres://u:s3cr3t-w0rd@127.0.0.1/db?connect_timeout=s3cr3t", "connect_timeout"},
		{"bad mode", "postgres://u:s3cr3t-w0rd@127.0.0.1/db?sslmode=s3cr3t", "sslmode"},
		{"no certificate file", "postgres://u:s3cr3t-w0rd@127.0.0.1/db?sslmode=verify-full&sslrootcert=/no/such/file", "/no/such/file"},
		{"no service", "postgres://u:s3cr3t-w0rd@127.0.0.1/db?service=nope", "service"},
		{"control characters", "postgres://u:s3cr3t\n-w0rd@127.0.0.1/db", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := live.Connect(context.Background(), live.ConnOptions{DSN: tt.dsn, Origin: "--db", ConnectTimeout: 300 * time.Millisecond})
			if err == nil {
				s.Close()
				t.Fatal("it connected")
			}
			got := err.Error()
			for _, secret := range []string{"s3cr3t", "w0rd"} {
				if strings.Contains(got, secret) {
					t.Errorf("error has a part of the password: %s", got)
				}
			}
			if strings.Contains(got, "\n") || !strings.Contains(got, tt.want) {
				t.Errorf("got %s, want one line with %s", got, tt.want)
			}
			for e := err; e != nil; {
				u, ok := e.(interface{ Unwrap() error })
				if !ok {
					break
				}
				if e = u.Unwrap(); e != nil && strings.Contains(e.Error(), "s3cr3t") {
					t.Errorf("wrapped error has the password: %v", e)
				}
			}
		})
	}
}

// TestConnectRefusedByServer checks the server's own refusals.
func TestConnectRefusedByServer(t *testing.T) {
	c := pgtest.Conn(t)
	dsn := func(user, db string) string {
		return strings.ReplaceAll(pgtest.DSN(c, user), c.Config().Database, db)
	}
	for _, tt := range []struct{ name, dsn, want string }{
		{"role", dsn("nobody_of_that_name", c.Config().Database), `role "nobody_of_that_name" does not exist (28000)`},
		{"database", dsn(c.Config().User, "no_such_db"), `database "no_such_db" does not exist (3D000)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := live.Connect(context.Background(), live.ConnOptions{DSN: tt.dsn})
			if err == nil || !strings.HasSuffix(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// TestConnectLikePrisma takes a connection string with parameters that only
// other programs know.
func TestConnectLikePrisma(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	s, err := live.Connect(ctx, live.ConnOptions{DSN: pgtest.DSN(c, c.Config().User) + " pgbouncer=true connection_limit=1 schema=public"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if !s.Pooler() {
		t.Error("pgbouncer=true is no pooler")
	}
	if _, err := s.Load(ctx, live.Options{}); err != nil {
		t.Fatal(err)
	}
}

// TestConnectFromEnvironment leaves all to the PG* variables, the service file
// and .pgpass.
func TestConnectFromEnvironment(t *testing.T) {
	c := pgtest.Conn(t)
	g := c.Config()
	service := filepath.Join(t.TempDir(), "service")
	if err := os.WriteFile(service, []byte("[mine]\nhost="+g.Host+"\nport=5432\ndbname="+g.Database+"\nuser="+g.User+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PGSERVICEFILE", service)
	t.Setenv("PGSERVICE", "mine")
	s, err := live.Connect(context.Background(), live.ConnOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Address() != g.Host {
		t.Errorf("connected to %s", s.Address())
	}
}

// TestPoolerFound puts something in between that, as PgBouncer does, tells the
// client a process number of its own.
func TestPoolerFound(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	proxy := relay(t, filepath.Join(c.Config().Host, ".s.PGSQL.5432"))
	_, port, err := net.SplitHostPort(proxy)
	if err != nil {
		t.Fatal(err)
	}
	s, err := live.Connect(ctx, live.ConnOptions{DSN: "host=127.0.0.1 sslmode=disable port=" + port + " user=" + c.Config().User + " dbname=" + c.Config().Database})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if !s.Pooler() {
		t.Error("the pooler was not found")
	}
	if _, err := s.Load(ctx, live.Options{}); err != nil {
		t.Fatal(err)
	}
	if rows, err := s.Query(ctx, "select name from pg_prepared_statements"); err != nil {
		t.Error(err)
	} else if names, err := pgx.CollectRows(rows, pgx.RowTo[string]); err != nil || len(names) != 0 {
		t.Errorf("prepared statements %q are left, %v", names, err)
	}
}
