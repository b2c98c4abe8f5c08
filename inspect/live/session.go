package live

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/catalog"
)

// A Session is a connection to a database in one read-only transaction, which
// sees one state of it. It is not safe for concurrent use.
type Session struct {
	conn    *pgx.Conn
	tx      pgx.Tx
	config  *pgx.ConnConfig
	options ConnOptions
	pooler  bool
	mode    pgx.QueryExecMode
}

// begin starts the transaction and puts up its guards. Behind a pooler the
// session belongs to somebody else afterwards: there, nothing is set that
// lasts longer than the transaction.
func (s *Session) begin(ctx context.Context, pooler bool) error {
	var err error
	s.tx, err = s.conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return err
	}
	if err := s.strings(ctx); err != nil {
		return err
	}
	found, err := poolerFound(ctx, s.conn)
	if err != nil {
		return err
	}
	s.pooler = pooler || found
	s.mode = s.options.Prepared.mode(s.pooler)
	ms := func(d, otherwise time.Duration) int64 { return orDefault(d, otherwise).Milliseconds() }
	_, err = s.conn.Exec(ctx, `
		select pg_catalog.set_config('statement_timeout', $1::text, true),
		       pg_catalog.set_config('lock_timeout', $2::text, true),
		       pg_catalog.set_config('idle_in_transaction_session_timeout', '60000', true),
		       pg_catalog.set_config('default_transaction_read_only', 'on', $3),
		       pg_catalog.set_config('application_name', 'policylint', true),
		       pg_catalog.set_config('search_path', '', true)`,
		ms(s.options.StatementTimeout, time.Minute), ms(s.options.LockTimeout, 5*time.Second), s.pooler)
	if err == nil && s.mode != pgx.QueryExecModeSimpleProtocol && s.conn.PgConn().ParameterStatus("server_encoding") == "SQL_ASCII" {
		// Such a database may hold any bytes, which the server would refuse to
		// send as UTF-8.
		_, err = s.conn.Exec(ctx, "set local client_encoding = 'SQL_ASCII'")
	}
	return err
}

// Query runs a query in the session's transaction.
func (s *Session) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return s.tx.Query(ctx, sql, append([]any{s.mode}, args...)...)
}

// strings has text come as UTF-8, whatever the database or the role prefers, and
// a backslash in a literal be one. It lasts as long as the transaction.
func (s *Session) strings(ctx context.Context) error {
	for _, p := range [][2]string{{"client_encoding", "UTF8"}, {"standard_conforming_strings", "on"}} {
		if s.conn.PgConn().ParameterStatus(p[0]) == p[1] {
			continue
		}
		if _, err := s.conn.Exec(ctx, "set local "+p[0]+" = '"+p[1]+"'"); err != nil {
			return err
		}
	}
	return nil
}

// Address is the host and port that the session is connected to; without a
// connection, all that it may be.
func (s *Session) Address() string {
	if s.conn == nil {
		return address(s.config)
	}
	return reached(s.config, s.conn.PgConn().Conn().RemoteAddr())
}

// Pooler reports whether a pooler stands between.
func (s *Session) Pooler() bool { return s.pooler }

// attempts bounds how often Load begins anew when DDL gets in its way.
const attempts = 5

// Load reads the catalog. Catalog queries see the state at the beginning of
// the transaction, but the functions that print expressions see the present
// one: when DDL removes an object in between, Load reads all again, in a new
// transaction. Errors name host, database and cause in one line.
func (s *Session) Load(ctx context.Context, o Options) (*catalog.Catalog, error) {
	o.Server = s.Address()
	for i := 1; ; i++ {
		c, err := Load(ctx, s, o)
		if err == nil {
			return c, nil
		}
		if i == attempts || !raced(err) {
			return nil, s.explain(ctx, "read", err)
		}
		if err := s.tx.Rollback(ctx); err != nil {
			return nil, s.explain(ctx, "read", err)
		}
		if err := s.begin(ctx, s.pooler); err != nil {
			return nil, s.explain(ctx, "read", err)
		}
	}
}

// raced reports whether an error is one that concurrent DDL gives: an internal
// error about an object that is gone, or an undefined object.
func raced(err error) bool {
	var pe *pgconn.PgError
	if !errors.As(err, &pe) {
		return false
	}
	switch pe.Code {
	case "XX000", "42P01", "42703", "42704", "42883", "3F000", "40001":
		return true
	}
	return false
}

// Close ends the transaction and the connection, also when the context of the
// calls before was cancelled.
func (s *Session) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if s.tx != nil && !s.conn.IsClosed() {
		// What it did is nothing; an error leaves that to the server.
		_ = s.tx.Rollback(ctx)
	}
	if s.conn != nil {
		_ = s.conn.Close(ctx)
	}
}
