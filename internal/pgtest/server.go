package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/static/platform"
)

// A server is a running PostgreSQL and what this process knows about it.
type server struct {
	config  *pgx.ConnConfig // as superuser, to the maintenance database
	life    io.Closer       // closing it ends the server; nil for one that is not ours
	retired atomic.Bool

	mu    sync.Mutex // guards all below, and creating and dropping databases
	admin *pgx.Conn
	roles *roles // snapshot of the roles before any test
	open  int    // databases in use
	last  int    // number of the last database
}

// startTimeout bounds initdb and the server's start together.
const startTimeout = 60 * time.Second

// open starts a server for v, or connects to POLICYLINT_TEST_DSN.
func open(v platform.Variant) (*server, error) {
	if dsn := os.Getenv("POLICYLINT_TEST_DSN"); dsn != "" {
		return attach(dsn)
	}
	return start(v)
}

// supervise runs initdb and the server, and ends them when standard input
// ends: the other end of that pipe is in the test binary, so it closes with
// the binary's last breath.
const supervise = `
dir=$PWD
{ "$1/initdb" -D "$dir/data" -U "$2" -A trust --no-sync -E UTF8 --locale=C &&
  "$1/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c wal_level=logical \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off \
    -c timezone=UTC -c jit=off -c shared_buffers=64MB -c max_connections=60
  : >"$dir/exited"; } >"$dir/log" 2>&1 </dev/null &
cat >/dev/null
until [ -e "$dir/exited" ]; do
  kill -QUIT "$(head -n 1 "$dir/data/postmaster.pid")" && sleep 0.05 || sleep 0.2
done 2>/dev/null
cd / && rm -rf "$dir"
`

// start boots a new server in a folder of its own.
func start(v platform.Variant) (*server, error) {
	bin, err := find()
	if err != nil {
		return nil, err
	}
	attr, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(shortTemp(), "plint")
	if err != nil {
		return nil, fmt.Errorf("create a folder for the server: %w", err)
	}
	if err := handOver(dir, attr); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	user := platform.Admin
	if v == platform.Postgres {
		user = platform.Migrator
	}
	cmd := exec.Command("/bin/sh", "-c", supervise, "sh", bin, user)
	cmd.Dir, cmd.SysProcAttr = dir, attr
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "LD_LIBRARY_PATH=" + os.Getenv("LD_LIBRARY_PATH")}
	life, err := cmd.StdinPipe()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open a pipe to the server: %w", err), os.RemoveAll(dir))
	}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w", bin, err), os.RemoveAll(dir))
	}
	config, err := pgx.ParseConfig(dsn(dir, 5432, user, "postgres"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("connect to %s: %w", dir, err), life.Close())
	}
	s := &server{config: config, life: life}
	if err := s.wait(dir); err != nil {
		return nil, errors.Join(err, life.Close())
	}
	if err := s.prepare(v); err != nil {
		return nil, errors.Join(err, life.Close())
	}
	return s, nil
}

// wait connects as soon as the server answers.
func (s *server) wait(dir string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	for tick := time.NewTicker(10 * time.Millisecond); ; {
		// Asking for the socket first is cheaper than a refused connection.
		if _, err := os.Stat(filepath.Join(dir, ".s.PGSQL.5432")); err == nil {
			if s.admin, err = pgx.ConnectConfig(ctx, s.config); err == nil {
				return nil
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "exited")); err == nil {
			return fmt.Errorf("start PostgreSQL: %s", log(dir))
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("start PostgreSQL within %s: %s", startTimeout, log(dir))
		case <-tick.C:
		}
	}
}

// retire gives the server up; the next caller starts another.
func (s *server) retire() error {
	if s.life == nil {
		return errors.New("the test changed roles of the server in POLICYLINT_TEST_DSN, which cannot be undone")
	}
	s.retired.Store(true)
	closeConn(s.admin)
	return s.life.Close()
}

// log is the end of the server's log.
func log(dir string) string {
	text, err := os.ReadFile(filepath.Join(dir, "log"))
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}

// dsn is a connection string that leaves nothing to the PG* variables.
func dsn(host string, port uint16, user, database string) string {
	return fmt.Sprintf("host=%s port=%d user=%s dbname=%s sslmode=disable", quote(host), port, quote(user), quote(database))
}
