package pgtest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Modelled skips a server whose refusals are not those that the static reader
// follows: each version words and orders some rules anew.
func Modelled(t testing.TB, c *pgx.Conn) {
	t.Helper()
	if v := c.PgConn().ParameterStatus("server_version"); !strings.HasPrefix(v, "15.") {
		t.Skipf("the static reader follows the refusals of PostgreSQL 15; this is %s", v)
	}
}

// SkipOlder skips a test whose text a server before 15 refused because of what
// came with 15: publications of schemas, columns and some rows only, views
// with the rights of who asks, and statistics at once. Any other error is left
// to the caller.
func SkipOlder(t testing.TB, c *pgx.Conn, err error) {
	t.Helper()
	var refused *pgconn.PgError
	v := c.PgConn().ParameterStatus("server_version")
	if errors.As(err, &refused) && strings.HasPrefix(v, "14.") &&
		(refused.Code == "42601" || strings.Contains(refused.Message, "security_invoker") || strings.Contains(refused.Message, "pg_stat_force_next_flush")) {
		t.Skipf("PostgreSQL %s: %s", v, refused.Message)
	}
}

// Version is the server's version as server_version_num has it, such as 150018.
func Version(t testing.TB, c *pgx.Conn) int {
	t.Helper()
	var major, minor int
	if _, err := fmt.Sscanf(c.PgConn().ParameterStatus("server_version"), "%d.%d", &major, &minor); err != nil {
		t.Fatalf("read the server's version: %v", err)
	}
	return major*10_000 + minor
}

// SkipBefore skips a test on a server older than a version, such as 150000.
func SkipBefore(t testing.TB, c *pgx.Conn, version int, why string) {
	t.Helper()
	if v := Version(t, c); v < version {
		t.Skipf("PostgreSQL %d: %s", v/10_000, why)
	}
}
