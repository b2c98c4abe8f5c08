package pgtest

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/static/platform"
)

// drop removes a database and, with the last one, what tests did to the roles.
func (s *server) drop(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open--
	if s.retired.Load() {
		return nil
	}
	if err := s.await(name); err != nil {
		return err
	}
	if err := s.exec("drop database %s with (force)", name); err != nil || s.open > 0 {
		return err
	}
	now, err := s.snapshot()
	if err != nil || now.all == s.roles.all {
		return err
	}
	for _, role := range now.names {
		if !s.roles.has[role] {
			if s.exec("drop role %s", pgx.Identifier{role}.Sanitize()) != nil {
				return s.retire() // it owns something outside the database
			}
		}
	}
	if now, err = s.snapshot(); err != nil || now.all == s.roles.all {
		return err
	}
	return s.retire()
}

// await gives closed sessions a moment to be gone: dropping a database under
// one looks again only after 100 ms.
func (s *server) await(name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Millisecond)
	defer cancel()
	for tick := time.NewTicker(time.Millisecond); ; {
		var n int
		err := s.admin.QueryRow(context.Background(), "select count(*) from pg_catalog.pg_stat_activity where datname = $1", name).Scan(&n)
		if err != nil || n == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// roles is what a server says about its roles.
type roles struct {
	names []string
	has   map[string]bool
	all   string // attributes, memberships, settings, and other databases
}

// snapshot leaves out what databases bring along and take away.
func (s *server) snapshot() (*roles, error) {
	r := &roles{has: map[string]bool{}}
	err := s.admin.QueryRow(context.Background(), `
		select (select array_agg(rolname::text order by rolname) from pg_catalog.pg_roles),
		       concat_ws(E'\n',
		         (select string_agg(a::text, E'\n' order by a.oid) from pg_catalog.pg_authid a),
		         (select string_agg(m::text, E'\n' order by m.roleid, m.member, m.grantor) from pg_catalog.pg_auth_members m),
		         (select string_agg(g::text, E'\n' order by g.setrole) from pg_catalog.pg_db_role_setting g where g.setdatabase = 0),
		         (select string_agg(d.datname, E'\n' order by d.datname) from pg_catalog.pg_database d where d.datname not like 'policylint%'))`,
	).Scan(&r.names, &r.all)
	if err != nil {
		return nil, fmt.Errorf("read the roles: %w", err)
	}
	for _, n := range r.names {
		r.has[n] = true
	}
	return r, nil
}

// searchPath is the migrator's own, which only a login would apply.
func (s *server) searchPath(ctx context.Context) (string, error) {
	var path string
	err := s.admin.QueryRow(ctx, `
		select coalesce((
		  select substr(setting, 13)
		  from pg_catalog.pg_db_role_setting g, unnest(g.setconfig) setting
		  where g.setrole = to_regrole($1) and g.setdatabase = 0 and setting like 'search\_path=%'), '"$user", public')`,
		platform.Migrator).Scan(&path)
	if err != nil {
		return "", fmt.Errorf("read the search_path of %s: %w", platform.Migrator, err)
	}
	return path, nil
}

// exec runs one statement as superuser.
func (s *server) exec(format string, args ...any) error {
	sql := fmt.Sprintf(format, args...)
	if err := s.run(s.admin, sql); err != nil {
		return fmt.Errorf("%s: %w", sql, err)
	}
	return nil
}

// run sends a text of many statements, which the server takes as one
// transaction.
func (s *server) run(c *pgx.Conn, sql string) error {
	_, err := c.PgConn().Exec(context.Background(), sql).ReadAll()
	return err
}
