//go:build unix

package live_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// TestPgBouncer reads through a real pooler in transaction mode, as often as
// it has server connections and more: the same catalog each time, no prepared
// statement, and nothing left behind in the sessions that others will get.
func TestPgBouncer(t *testing.T) {
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		t.Skip("no pgbouncer in PATH; Debian's package has it")
	}
	ctx := context.Background()
	c := pgtest.Platform(t, platform.OldDefaults)
	script(t, c, "create table t (id int primary key); alter table t enable row level security; create policy p on t using (id > 0)")
	port := bouncer(t, program, c)
	dsn := fmt.Sprintf("host=127.0.0.1 port=%s user=%s dbname=%s sslmode=disable", port, platform.Admin, c.Config().Database)
	want := load(t, c)
	for range 3 {
		s, err := live.Connect(ctx, live.ConnOptions{DSN: dsn})
		if err != nil {
			t.Fatal(err)
		}
		if !s.Pooler() {
			t.Error("the pooler was not found")
		}
		got, err := s.Load(ctx, live.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		if d := catalog.Diff(want, got); len(d) > 0 {
			t.Errorf("read otherwise: %q", d)
		}
	}
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	next, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close(ctx) //nolint:errcheck // nothing to lose
	var readOnly, timeout string
	var prepared int
	if err := next.QueryRow(ctx, `select current_setting('default_transaction_read_only'), current_setting('statement_timeout'),
		(select count(*) from pg_prepared_statements)`).Scan(&readOnly, &timeout, &prepared); err != nil {
		t.Fatal(err)
	}
	if readOnly != "off" || timeout != "0" || prepared != 0 {
		t.Errorf("the next client finds read only %s, statement_timeout %s, %d prepared statements", readOnly, timeout, prepared)
	}
}

// bouncer starts PgBouncer before the server of c and waits until it listens.
func bouncer(t *testing.T, program string, c *pgx.Conn) (port string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ = net.SplitHostPort(l.Addr().String())
	l.Close() //nolint:errcheck // only its number is wanted
	dir, err := os.MkdirTemp("/tmp", "plint")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) }) //nolint:errcheck // the system clears it
	// With auth_type any, all log in as the user of the databases line.
	config := fmt.Sprintf("[databases]\n* = host=%s port=5432 user=%s\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = %s\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 1\n",
		c.Config().Host, platform.Admin, port)
	file := filepath.Join(dir, "pgbouncer.ini")
	if err := os.WriteFile(file, []byte(config), 0o644); err != nil { //nolint:gosec // its user reads it
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-q", file)
	if os.Geteuid() == 0 { // it refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("running as root, and there is no user postgres to run pgbouncer as")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chmod(dir, 0o755); err != nil { //nolint:gosec // the same
			t.Fatal(err)
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for tick := time.NewTicker(10 * time.Millisecond); ; {
		if try, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			try.Close() //nolint:errcheck // it was only to see
			return port
		}
		select {
		case <-ctx.Done():
			t.Fatal("pgbouncer does not listen")
		case <-tick.C:
		}
	}
}
