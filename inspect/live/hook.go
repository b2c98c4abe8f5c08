package live

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/catalog"
)

// A Called is what a function gave that was called as Auth calls a hook:
// either an error of the function, by its SQLSTATE, or a value.
type Called struct {
	SQLState, Message string
	Null              bool
	Text              string // the value, as the server prints it
}

// CallHook calls a function with an event as Auth does: as
// supabase_auth_admin, which the session's user must be able to become, with that
// role's search_path, within two seconds. It is
// the one thing that runs code of the application: in a transaction of its own
// that is rolled back, and that may write only if writes is set. Afterwards
// the session reads a new state of the database.
func (s *Session) CallHook(ctx context.Context, function catalog.Name, event string, searchPath string, writes bool) (Called, error) {
	if err := s.tx.Rollback(ctx); err != nil {
		return Called{}, s.explain(ctx, "leave the transaction on", err)
	}
	mode := pgx.ReadOnly
	if writes {
		mode = pgx.ReadWrite
	}
	out, err := s.call(ctx, function, event, searchPath, mode)
	if err != nil {
		return Called{}, s.explain(ctx, "call the hook as "+catalog.AuthAdmin+" on", err)
	}
	if err := s.begin(ctx, s.pooler); err != nil {
		return Called{}, s.explain(ctx, "go on reading", err)
	}
	return out, nil
}

func (s *Session) call(ctx context.Context, function catalog.Name, event, searchPath string, mode pgx.TxAccessMode) (out Called, err error) {
	tx, err := s.conn.BeginTx(ctx, pgx.TxOptions{AccessMode: mode})
	if err != nil {
		return Called{}, err
	}
	defer func() { err = errors.Join(err, tx.Rollback(ctx)) }()
	for _, set := range [][2]string{
		{"lock_timeout", "1000"}, {"application_name", "policylint"}, {"search_path", searchPath}, {"role", catalog.AuthAdmin}, {"statement_timeout", "2000"},
	} {
		if _, err := tx.Exec(ctx, "select pg_catalog.set_config($1, $2, true)", pgx.QueryExecModeSimpleProtocol, set[0], set[1]); err != nil {
			return Called{}, err
		}
	}
	// A literal, so that the server finds the type as it does for Auth.
	sql := "select (" + function.SQL() + "(" + catalog.Literal(event) + "))::pg_catalog.text"
	var text *string
	err = tx.QueryRow(ctx, sql, pgx.QueryExecModeSimpleProtocol).Scan(&text)
	var pe *pgconn.PgError
	switch {
	case errors.As(err, &pe) && !strings.HasPrefix(pe.Code, "08"):
		return Called{SQLState: pe.Code, Message: pe.Message}, nil
	case err != nil:
		return Called{}, err
	case text == nil:
		return Called{Null: true}, nil
	}
	return Called{Text: *text}, nil
}
