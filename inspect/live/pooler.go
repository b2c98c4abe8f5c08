package live

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
)

// transactionPort is where Supabase's pooler listens in transaction mode
// (Supabase docs: Connect to your database).
const transactionPort = 6543

// pooled reports whether a connection string says by itself that a pooler is
// in between: by its port, or by the flag that Prisma asks for.
func pooled(config *pgx.ConnConfig) bool {
	return config.Port == transactionPort || strings.EqualFold(config.RuntimeParams["pgbouncer"], "true")
}

// poolerFound asks the server for the number of its process. A pooler cannot
// tell a client that number when it connects, because the process may be
// another one in each transaction: it makes one up.
func poolerFound(ctx context.Context, c *pgx.Conn) (bool, error) {
	var pid uint32
	err := c.QueryRow(ctx, "select pg_catalog.pg_backend_pid()::int8").Scan(&pid)
	return pid != c.PgConn().PID(), err
}

// mode is how queries are sent.
func (p Prepared) mode(pooler bool) pgx.QueryExecMode {
	switch {
	case p == PreparedAlways:
		return pgx.QueryExecModeCacheStatement
	case p == PreparedNever, pooler:
		return pgx.QueryExecModeSimpleProtocol
	}
	// No query is sent twice: an unnamed statement is enough.
	return pgx.QueryExecModeDescribeExec
}
