package pgtest

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Send runs a text as it stands. It returns the SQLSTATE and the message with
// which the server refused it, or nothing.
func Send(t testing.TB, c *pgx.Conn, sql string) (state, message string) {
	t.Helper()
	_, err := c.PgConn().Exec(context.Background(), sql).ReadAll()
	var refused *pgconn.PgError
	switch {
	case errors.As(err, &refused):
		return refused.Code, refused.Message
	case err != nil:
		t.Fatalf("%s: %v", sql, err)
	}
	return "", ""
}

// Try is Send within the open transaction of c, which goes on when the server
// refuses the statement.
func Try(t testing.TB, c *pgx.Conn, sql string) (state, message string) {
	t.Helper()
	must := func(sql string) {
		if state, message := Send(t, c, sql); state != "" {
			t.Fatalf("%s: %s", sql, message)
		}
	}
	must("savepoint pgtest")
	if state, message = Send(t, c, sql); state != "" {
		must("rollback to pgtest")
	}
	must("release pgtest")
	return state, message
}
