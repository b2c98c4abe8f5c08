package live

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
)

// ConnOptions say which database to connect to and how. The zero ConnOptions
// connect where the PG* variables, the service file and .pgpass lead.
type ConnOptions struct {
	// DSN is a URL or keyword=value pairs; what it leaves out comes from the
	// PG* variables, the service file and .pgpass (PostgreSQL docs 34.1).
	DSN string
	// Origin is what errors call the DSN, such as "--db" or "DATABASE_URL".
	Origin string
	// ConnectTimeout bounds connecting; 0 is 10 seconds.
	ConnectTimeout time.Duration
	// StatementTimeout bounds each query, on the server; 0 is a minute.
	StatementTimeout time.Duration
	// LockTimeout bounds the wait for a lock that DDL holds; 0 is 5 seconds.
	LockTimeout time.Duration
	// Prepared says whether to use prepared statements.
	Prepared Prepared
}

// Prepared says whether queries are sent as prepared statements, which poolers
// that change the server side between transactions do not carry over.
type Prepared int

// The ways to send a query.
const (
	PreparedAuto   Prepared = iota // unless there is a pooler in between
	PreparedNever                  // always as plain text
	PreparedAlways                 // even where a pooler was found
)

// Connect opens a read-only session. The error names host, database and cause
// in one line; it never holds the password or the connection string.
func Connect(ctx context.Context, o ConnOptions) (*Session, error) {
	config, err := pgx.ParseConfig(o.DSN)
	if err != nil {
		return nil, &connError{place: "read " + o.origin(), cause: dsnCause(err)}
	}
	if mislaid(o.DSN, config) {
		return nil, &connError{
			place: "read " + o.origin(),
			cause: "an @ stands where a host or a database is expected; in a URL, write @ : / ? # of a password as %40 %3A %2F %3F %23",
		}
	}
	hint := pooled(config)
	restrict(config, o)
	s := &Session{config: config, options: o}
	limited, cancel := context.WithTimeout(ctx, orDefault(o.ConnectTimeout, 10*time.Second))
	defer cancel()
	if s.conn, err = pgx.ConnectConfig(limited, config); err != nil {
		return nil, s.explain(ctx, "connect to", err)
	}
	if err := s.begin(limited, hint); err != nil {
		err = s.explain(ctx, "connect to", err)
		s.Close()
		return nil, err
	}
	return s, nil
}

func (o ConnOptions) origin() string {
	if o.DSN == "" {
		return "the PG* variables and the service file"
	}
	if o.Origin == "" {
		return "the connection string"
	}
	return "the connection string of " + o.Origin
}

// restrict leaves of the startup parameters what poolers accept and tenants
// are told apart by. Strings made for other programs carry more (pgbouncer,
// connection_limit, schema), which a server would refuse.
func restrict(config *pgx.ConnConfig, o ConnOptions) {
	options, ok := config.RuntimeParams["options"]
	config.RuntimeParams = map[string]string{"application_name": "policylint"}
	if ok {
		config.RuntimeParams["options"] = options
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = orDefault(o.ConnectTimeout, 10*time.Second)
	}
	// The default only drops the connection, and the server would go on.
	config.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: c, DeadlineDelay: time.Second}
	}
}

// dsnCause says what is wrong with a connection string in words of our own:
// pgx's quote from it, and in a broken one nobody can tell the password.
func dsnCause(err error) string {
	var file *fs.PathError
	text := err.Error()
	switch {
	case errors.As(err, &file):
		return file.Error()
	case strings.Contains(text, ": failed to read service"):
		return "the service is not in the service file"
	case strings.Contains(text, ": failed to configure TLS"):
		return "sslmode, sslrootcert, sslcert or sslkey is not valid"
	case strings.Contains(text, ": invalid port"), strings.Contains(text, ": could not match"):
		return "the port is no number from 1 to 65535; in a URL, write @ : / ? # of a password as %40 %3A %2F %3F %23"
	case strings.Contains(text, ": invalid connect_timeout"):
		return "connect_timeout is no number of seconds"
	case strings.Contains(text, ": failed to parse as URL"):
		return "it is not a valid URL; write special characters of the password in percent-encoding"
	case strings.Contains(text, ": failed to parse as keyword/value"):
		return "it is neither a URL that begins with postgres:// nor keyword=value pairs"
	}
	return "a parameter has a value that is not valid"
}

// mislaid reports whether a part of the password seems to have come to stand
// in the host or the database, because it holds an @ or / of its own.
func mislaid(dsn string, config *pgx.ConnConfig) bool {
	_, rest, isURL := strings.Cut(dsn, "://")
	if !isURL {
		return false
	}
	hosts := []string{config.Host}
	for _, f := range config.Fallbacks {
		hosts = append(hosts, f.Host)
	}
	if slices.ContainsFunc(hosts, func(h string) bool {
		return strings.ContainsAny(h, "@:/?#") && !strings.HasPrefix(h, "/") && net.ParseIP(h) == nil
	}) {
		return true
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		return strings.Contains(rest[i:], "@")
	}
	return false
}

// address is the host and port, or hosts and ports, that reports and errors
// name.
func address(config *pgx.ConnConfig) string {
	var out []string
	add := func(host string, port uint16) {
		a := host
		if !strings.HasPrefix(host, "/") {
			a = net.JoinHostPort(host, strconv.Itoa(int(port)))
		}
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	add(config.Host, config.Port)
	for _, f := range config.Fallbacks {
		add(f.Host, f.Port)
	}
	return strings.Join(out, ",")
}

func orDefault(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}
