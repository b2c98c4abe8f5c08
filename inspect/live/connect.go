package live

import (
	"context"
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
	o.DSN = bare(o.DSN)
	config, err := pgx.ParseConfig(o.DSN)
	if err != nil {
		return nil, &connError{place: "read " + o.origin(), cause: dsnCause(err)}
	}
	if wrong := misread(o.DSN, config); wrong != "" {
		return nil, &connError{place: "read " + o.origin(), cause: wrong}
	}
	hint := pooled(config)
	restrict(config, o)
	s := &Session{config: config, options: o}
	limited, cancel := context.WithTimeout(ctx, orDefault(o.ConnectTimeout, 10*time.Second))
	defer cancel()
	if s.conn, err = pgx.ConnectConfig(limited, config); err == nil {
		err = s.begin(limited, hint)
	}
	if err != nil {
		if limited.Err() != nil && s.conn != nil {
			err = limited.Err() // and not the server's word for having been told to stop
		}
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

func orDefault(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}
