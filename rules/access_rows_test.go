package rules_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/rules"
)

// samples are values by type, one for each row; a type without any gets null.
var samples = map[string][3]string{
	"uuid":                     {"'00000000-0000-0000-0000-0000000000a1'", "'00000000-0000-0000-0000-0000000000c1'", "'00000000-0000-0000-0000-0000000000ff'"},
	"bigint":                   {"1", "2", "3"},
	"integer":                  {"1", "2", "3"},
	"smallint":                 {"1", "2", "3"},
	"numeric":                  {"1", "2", "3"},
	"text":                     {"'agent'", "'open'", "'x'"},
	"character varying":        {"'agent'", "'open'", "'x'"},
	"boolean":                  {"true", "false", "true"},
	"jsonb":                    {"'{}'", "'{\"a\": 1}'", "'[]'"},
	"timestamp with time zone": {"now()", "now()", "now()"},
	"date":                     {"now()", "now()", "now()"},
	"text[]":                   {"'{}'", "'{agent}'", "'{x}'"},
}

// fill puts rows into the project's tables, as far as their constraints allow.
func fill(t *testing.T, tx pgx.Tx, p *rules.Pass) {
	t.Helper()
	for i := range 3 {
		try(t, tx, "insert into auth.users (id) values ("+samples["uuid"][i]+")")
	}
	for range 2 { // what is referenced may come later
		for table := range p.ProjectTables() {
			for i := range 3 {
				var names, values []string
				for _, c := range table.Columns {
					v, ok := samples[strings.ToLower(c.Type)]
					if !ok && !c.NotNull {
						continue
					}
					names = append(names, catalog.Quote(c.Name))
					if values = append(values, v[i]); !ok {
						values[len(values)-1] = label(p, c.Type, i)
					}
				}
				try(t, tx, fmt.Sprintf("insert into %s (%s) overriding system value values (%s)", table.Name.SQL(), strings.Join(names, ", "), strings.Join(values, ", ")))
			}
		}
	}
}

// label is a value of an enum.
func label(p *rules.Pass, typ string, i int) string {
	if e, ok := p.Types.Get(catalog.ParseName(typ)); ok && len(e.Labels) > 0 {
		return "'" + e.Labels[i%len(e.Labels)] + "'"
	}
	return "default"
}

// try runs a statement, and takes it back where the server refuses it.
func try(t *testing.T, tx pgx.Tx, sql string) bool {
	t.Helper()
	sp, err := tx.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sp.Exec(context.Background(), sql, pgx.QueryExecModeSimpleProtocol); err != nil {
		_ = sp.Rollback(context.Background())
		return false
	}
	if err := sp.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	return true
}

// copied copies the rows of a table to where everybody can read them.
func copied(t *testing.T, tx pgx.Tx, table *catalog.Table) (name string, total int) {
	t.Helper()
	name = "pg_temp.rows_of"
	if !try(t, tx, "drop table if exists "+name+"; create temp table rows_of as select * from "+table.Name.SQL()+"; grant select on "+name+" to public") {
		return "", 0
	}
	if err := tx.QueryRow(context.Background(), "select count(*) from "+name).Scan(&total); err != nil {
		t.Fatal(err)
	}
	return name, total
}

// filled counts the tables that have rows.
func filled(t *testing.T, tx pgx.Tx, p *rules.Pass) (n int) {
	t.Helper()
	for table := range p.ProjectTables() {
		if _, total := copied(t, tx, table); total > 0 {
			n++
		}
	}
	return n
}

// token is what Auth makes of a subject: a user has an id, and every token a role.
func token(s access.Subject) map[string]any {
	out := map[string]any{"role": s.Role}
	if s.Role != catalog.Anon && s.Role != "service_role" {
		out["sub"], out["aud"], out["is_anonymous"] = "00000000-0000-0000-0000-0000000000a1", "authenticated", false
	}
	maps.Copy(out, s.Claims)
	return out
}

// asked has a subject run the command on all rows: how many it worked on, or
// the SQLSTATE.
func asked(t *testing.T, tx pgx.Tx, s access.Subject, table *catalog.Table, command catalog.Command, src string) (string, int) {
	t.Helper()
	ctx := context.Background()
	inner, err := tx.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = inner.Rollback(ctx) }()
	claims, err := json.Marshal(token(s))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := inner.Exec(ctx, "select set_config('request.jwt.claims', $1, true), set_config('role', $2, true)", string(claims), s.Role); err != nil {
		t.Fatal(err)
	}
	count, name := 0, table.Name.SQL()
	// Where privileges are on columns, a column that has them is asked for.
	column := func(privilege string) string {
		first := ""
		for _, c := range table.Columns {
			if c.Generated {
				continue
			}
			var may bool
			if err := inner.QueryRow(ctx, "select has_column_privilege($1::regclass, $2, $3)", name, c.Name, privilege).Scan(&may); err == nil && may {
				return catalog.Quote(c.Name)
			}
			if first == "" {
				first = catalog.Quote(c.Name)
			}
		}
		return first
	}
	switch command {
	case catalog.ForSelect:
		err = inner.QueryRow(ctx, "select count(*) from "+name, pgx.QueryExecModeSimpleProtocol).Scan(&count)
	default:
		seen := column("select")
		where := " where " + seen + " is not distinct from " + seen // as the API has it
		sql := "delete from " + name + where
		switch command {
		case catalog.ForUpdate:
			set, value := column("update"), "default"
			if set == seen {
				value = seen
			}
			sql = "update " + name + " set " + set + " = " + value + where
		case catalog.ForInsert:
			sql = "insert into " + name + " overriding system value select * from " + src
		}
		var tag pgconn.CommandTag
		tag, err = inner.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol)
		count = int(tag.RowsAffected())
	}
	var pe *pgconn.PgError
	if errors.As(err, &pe) {
		return pe.Code, 0
	}
	if err != nil {
		t.Fatal(err)
	}
	return "", count
}
