package live

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/catalog"
)

// A Probed is what a server did when a subject asked for the rows of a table.
type Probed struct {
	SQLState, Message string // the error; "" for none
	Visible           int    // rows that the subject sees, at most ProbeLimit
	Rows              int    // rows that the session's own user sees, at most ProbeLimit
	// Whole says that the session's own user is not subject to row level
	// security, so that Rows counts all of them.
	Whole bool
}

// Unanswered reports whether the server gave no answer in time: the table is
// locked, or too large for the policy to be asked of each row.
func (p Probed) Unanswered() bool { return p.SQLState == "57014" || p.SQLState == "55P03" }

// probeTimeout bounds one question of a probe, on the server.
const probeTimeout = 15 * time.Second

// ProbeLimit is how many rows of a table a probe counts at most.
const ProbeLimit = 1000

// Probe asks for the rows of a table in the role and with the claims of a
// subject: it has the query planned first, which finds what raises, and then
// counts rows up to ProbeLimit. It runs the expressions of policies, in the
// session's read-only transaction, and leaves its settings as they were.
func (s *Session) Probe(ctx context.Context, table catalog.Name, role string, claims map[string]any) (Probed, error) {
	out, err := s.probe(ctx, table, role, claims)
	if err != nil {
		return Probed{}, s.explain(ctx, "ask for the rows of "+table.String()+" on", err)
	}
	return out, nil
}

// Plan has the server plan an insert, update or delete of the subject's, which
// changes nothing: it finds what raises before any row is looked at, such as a
// missing privilege or a recursive policy. As the API does, an update and a
// delete look for the rows that they change.
func (s *Session) Plan(ctx context.Context, t *catalog.Table, command catalog.Command, role string, claims map[string]any) (out Probed, err error) {
	text, err := json.Marshal(claims)
	if err != nil {
		return out, err
	}
	set := [][2]string{{"request.jwt.claims", string(text)}, {"role", role}}
	pe, err := s.under(ctx, set, func(tx pgx.Tx) error {
		query, err := change(ctx, tx, t, command, role)
		if err == nil {
			_, err = tx.Exec(ctx, "explain "+query, pgx.QueryExecModeSimpleProtocol)
		}
		return err
	})
	if pe != nil {
		out.SQLState, out.Message = pe.Code, pe.Message
	}
	if err != nil {
		return Probed{}, s.explain(ctx, "plan a change of "+t.Name.String()+" on", err)
	}
	return out, nil
}

// change is a statement that changes rows, in columns that the role may use.
func change(ctx context.Context, tx pgx.Tx, t *catalog.Table, command catalog.Command, role string) (string, error) {
	name := t.Name.SQL()
	if command == catalog.ForInsert || len(t.Columns) == 0 {
		return "insert into " + name + " default values", nil
	}
	usable := func(privilege string) (string, error) {
		var column *string
		err := tx.QueryRow(ctx, `select min(attname) filter (where pg_catalog.has_column_privilege($1, attrelid, attnum, $2))
			from pg_catalog.pg_attribute where attrelid = $3::text::regclass and attnum > 0 and not attisdropped`,
			pgx.QueryExecModeSimpleProtocol, role, privilege, name).Scan(&column)
		if err != nil || column == nil {
			return catalog.Quote(t.Columns[0].Name), err
		}
		return catalog.Quote(*column), nil
	}
	key, err := usable("select")
	if err != nil {
		return "", err
	}
	where := " where " + key + " is not distinct from " + key
	if command == catalog.ForDelete {
		return "delete from " + name + where, nil
	}
	column, err := usable("update")
	return "update " + name + " set " + column + " = default" + where, err
}

func (s *Session) probe(ctx context.Context, table catalog.Name, role string, claims map[string]any) (out Probed, err error) {
	count := "select count(*) from (select from " + table.SQL() + " limit 1000) as x"
	if out.Whole, err = s.unrestricted(ctx); err != nil {
		return out, err
	}
	if pe, err := s.counted(ctx, nil, count, &out.Rows); err != nil {
		return out, err
	} else if pe != nil {
		out.Whole = false
	}
	text, err := json.Marshal(claims)
	if err != nil {
		return out, err
	}
	set := [][2]string{{"request.jwt.claims", string(text)}, {"role", role}}
	pe, err := s.counted(ctx, set, count, &out.Visible)
	if pe != nil {
		out.SQLState, out.Message = pe.Code, pe.Message
	}
	return out, err
}

// unrestricted reports whether row level security leaves the session's user
// alone.
func (s *Session) unrestricted(ctx context.Context) (bool, error) {
	var yes bool
	err := s.tx.QueryRow(ctx, "select rolsuper or rolbypassrls from pg_catalog.pg_roles where rolname = current_user", pgx.QueryExecModeSimpleProtocol).Scan(&yes)
	return yes, err
}

// counted plans a query and runs it, under settings that end with it.
func (s *Session) counted(ctx context.Context, set [][2]string, query string, n *int) (*pgconn.PgError, error) {
	return s.under(ctx, set, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "explain "+query, pgx.QueryExecModeSimpleProtocol); err != nil {
			return err
		}
		return tx.QueryRow(ctx, query, pgx.QueryExecModeSimpleProtocol).Scan(n)
	})
}

// under asks something under settings that end with it. What the server says
// of the question itself is its result, not an error.
func (s *Session) under(ctx context.Context, set [][2]string, ask func(pgx.Tx) error) (*pgconn.PgError, error) {
	tx, err := s.tx.Begin(ctx) // a savepoint
	if err != nil {
		return nil, err
	}
	limit := min(probeTimeout, orDefault(s.options.StatementTimeout, probeTimeout)).Milliseconds()
	set = append([][2]string{{"statement_timeout", strconv.FormatInt(limit, 10)}}, set...)
	run := func() error {
		for _, x := range set {
			if _, err := tx.Exec(ctx, "select pg_catalog.set_config($1, $2, true)", pgx.QueryExecModeSimpleProtocol, x[0], x[1]); err != nil {
				return err
			}
		}
		return ask(tx)
	}
	err = run()
	var pe *pgconn.PgError
	if errors.As(err, &pe) && ctx.Err() == nil && !s.conn.IsClosed() {
		return pe, tx.Rollback(ctx)
	}
	return nil, errors.Join(err, tx.Rollback(ctx))
}
