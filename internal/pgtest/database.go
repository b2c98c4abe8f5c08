package pgtest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/static/platform"
)

// lockKey is the advisory lock by which test binaries take turns on a server
// that they share.
const lockKey = 7070_2026

// attach uses a server that somebody else runs, with the platform's roles
// where they can be.
func attach(dsn string) (*server, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New("read POLICYLINT_TEST_DSN: not a connection string")
	}
	s := &server{config: config}
	if s.admin, err = pgx.ConnectConfig(context.Background(), config); err != nil {
		return nil, fmt.Errorf("connect to POLICYLINT_TEST_DSN: %w", err)
	}
	if err := s.exec("select pg_advisory_lock(%d)", lockKey); err != nil {
		return nil, err
	}
	v := platform.OldDefaults
	if config.User == platform.Migrator {
		v = platform.Postgres
	}
	return s, s.prepare(v)
}

// prepare creates the roles of v where they are missing and takes the snapshot
// that tests are held against.
func (s *server) prepare(v platform.Variant) error {
	var roles, admin bool
	err := s.admin.QueryRow(context.Background(),
		`select exists (select from pg_catalog.pg_roles where rolname = 'supabase_auth_admin'),
		        exists (select from pg_catalog.pg_roles where rolname = $1)`, platform.Admin).Scan(&roles, &admin)
	if err != nil {
		return fmt.Errorf("look for the platform's roles: %w", err)
	}
	if v != platform.Postgres && !admin {
		if err := s.exec("create role %s superuser login createdb createrole replication bypassrls", platform.Admin); err != nil {
			return err
		}
	}
	if v != platform.Postgres && !roles {
		if err := s.run(s.admin, platform.Roles(v)); err != nil {
			return fmt.Errorf("create the platform's roles: %w", err)
		}
	}
	s.roles, err = s.snapshot()
	return err
}

// create makes a database that holds v, by copying a template of it.
func (s *server) create(v platform.Variant) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	template := "template0"
	if v != platform.Postgres {
		var err error
		if template, err = s.template(v); err != nil {
			return "", err
		}
	}
	s.last++
	name := fmt.Sprintf("policylint_%d_%d", os.Getpid(), s.last)
	owner := s.config.User
	if v != platform.Postgres {
		owner = platform.Migrator
	}
	if err := s.exec("create database %s template %s owner %q", name, template, owner); err != nil {
		return "", err
	}
	s.open++
	return name, nil
}

// template makes sure of a database that holds v and that nobody connects to;
// its name changes with its content.
func (s *server) template(v platform.Variant) (string, error) {
	text := platform.Objects(v)
	name := fmt.Sprintf("policylint_template_%x", sha256.Sum256([]byte(text)))[:40]
	ctx := context.Background()
	var there bool
	err := s.admin.QueryRow(ctx, "select exists (select from pg_catalog.pg_database where datname = $1)", name).Scan(&there)
	if err != nil || there {
		return name, err
	}
	if err := s.exec("create database %s_new template template0 owner %s", name, platform.Migrator); err != nil {
		return "", err
	}
	config := s.config.Copy()
	config.Database = name + "_new"
	c, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return "", err
	}
	err = s.run(c, "set session authorization "+platform.Admin+";\n"+text)
	closeConn(c)
	if err != nil {
		return "", errors.Join(err, s.exec("drop database %s_new", name))
	}
	return name, s.exec("alter database %s_new rename to %s", name, name)
}

// connect opens a session of the migrator: the superuser logs in and takes the
// migrator's name and settings.
func (s *server) connect(ctx context.Context, database string, v platform.Variant) (*pgx.Conn, error) {
	config := s.config.Copy()
	config.Database = database
	if v != platform.Postgres {
		path, err := s.searchPath(ctx)
		if err != nil {
			return nil, err
		}
		config.RuntimeParams["search_path"] = path // not by SET: it must survive RESET
		config.AfterConnect = func(ctx context.Context, c *pgconn.PgConn) error {
			return c.Exec(ctx, "set session authorization "+platform.Migrator).Close()
		}
	}
	return pgx.ConnectConfig(ctx, config)
}
