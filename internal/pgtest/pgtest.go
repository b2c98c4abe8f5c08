// Package pgtest gives tests a PostgreSQL of their own.
//
// A test binary starts at most one server a platform, at the first call, on a
// unix socket in a temporary folder. The server lives as long as the binary:
// it ends, and its folder goes, however the binary ends, by a panic or a kill
// too. Each call gets a database of its own, dropped when its test ends.
//
// Roles belong to the server, not to the database. Those that a test creates
// are dropped when the last open database is closed; a server on which
// something else about the roles is different then (an attribute, a
// membership, a setting of a platform role) is replaced by a new one. Tests
// that run at the same time see each other's roles: begin … rollback on one
// connection keeps fixtures apart at no cost, and rolls roles back as well.
//
// Without a server the test is skipped, or fails when CI=true or
// POLICYLINT_REQUIRE_PG=1. POLICYLINT_TEST_PGBIN names the folder with the
// server's programs; POLICYLINT_TEST_DSN an existing throw-away server, with a
// superuser that is not called postgres.
package pgtest

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/static/platform"
)

// Conn connects to a new, empty database of a server as initdb leaves it, as
// its superuser postgres.
func Conn(t testing.TB) *pgx.Conn {
	t.Helper()
	return Platform(t, platform.Postgres)
}

// Platform connects to a new database that holds the start state v. The
// session user is platform.Migrator, with that role's settings; who logged in
// is the superuser, so that `set session authorization default`, also as a
// `set local` inside a transaction, gives all rights to a test's preparations.
func Platform(t testing.TB, v platform.Variant) *pgx.Conn {
	t.Helper()
	s := require(t, v)
	name, err := s.create(v)
	if err != nil {
		t.Fatalf("create a database with %s: %v", v, err)
	}
	t.Cleanup(func() {
		if err := s.drop(name); err != nil {
			t.Errorf("drop database %s: %v", name, err)
		}
	})
	c, err := s.connect(context.Background(), name, v)
	if err != nil {
		t.Fatalf("connect as %s: %v", platform.Migrator, err)
	}
	t.Cleanup(func() { closeConn(c) })
	return c
}

// Admin connects to the same database as c, as the superuser.
func Admin(t testing.TB, c *pgx.Conn) *pgx.Conn {
	t.Helper()
	config := c.Config().Copy()
	config.AfterConnect = nil
	delete(config.RuntimeParams, "search_path")
	admin, err := pgx.ConnectConfig(context.Background(), config)
	if err != nil {
		t.Fatalf("connect as superuser: %v", err)
	}
	t.Cleanup(func() { closeConn(admin) })
	return admin
}

// DSN is a connection string for the database of c and the given role, for
// programs that connect by themselves.
func DSN(c *pgx.Conn, role string) string {
	g := c.Config()
	return dsn(g.Host, g.Port, role, g.Database)
}

func closeConn(c *pgx.Conn) { _ = c.Close(context.Background()) }

// servers holds one server for the Supabase variants, which share their roles,
// and one for bare PostgreSQL; POLICYLINT_TEST_DSN is both.
var servers struct {
	sync.Mutex
	supabase, bare *server
}

// errNoServer says why there can be no server on this machine.
var errNoServer = errors.New("no PostgreSQL server")

// require gives the running server for v, starting it when it is the first or
// when the last one was retired.
func require(t testing.TB, v platform.Variant) *server {
	t.Helper()
	servers.Lock()
	defer servers.Unlock()
	slot := &servers.supabase
	if v == platform.Postgres && os.Getenv("POLICYLINT_TEST_DSN") == "" {
		slot = &servers.bare
	}
	if *slot == nil || (*slot).retired.Load() {
		s, err := open(v)
		switch {
		case errors.Is(err, errNoServer) && os.Getenv("CI") != "true" && os.Getenv("POLICYLINT_REQUIRE_PG") != "1":
			t.Skip(err)
		case err != nil:
			t.Fatal(err)
		}
		*slot = s
	}
	if v != platform.Postgres && (*slot).config.User == platform.Migrator {
		t.Fatal("POLICYLINT_TEST_DSN logs in as postgres, which on Supabase is no superuser: use a superuser of another name")
	}
	return *slot
}
