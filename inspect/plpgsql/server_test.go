package plpgsql_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/plpgsql"
	"policylint/internal/pgtest"
)

// TestServerAgrees gives every body to a server: it accepts CREATE FUNCTION
// exactly when Parse accepts the body, differs.txtar excepted.
func TestServerAgrees(t *testing.T) {
	conn := pgtest.Conn(t)
	pgtest.Modelled(t, conn)
	ctx := context.Background()
	setup, err := os.ReadFile("testdata/setup.sql")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(ctx, "begin; "+string(setup)); err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = conn.Exec(ctx, "rollback") }()
	for _, e := range corpus(t) {
		t.Run(e.String(), func(t *testing.T) {
			src := source(t, e.sql)
			sql := e.sql
			if src.Kind == plpgsql.Do {
				// DO would run it; a function returning void compiles it alike.
				sql = "create function inline_code_block() returns void language plpgsql as $_body_$" + src.Body + "$_body_$"
			}
			_, ours := plpgsql.Parse(src)
			if _, err := conn.Exec(ctx, "savepoint s"); err != nil {
				t.Fatal(err)
			}
			_, theirs := conn.Exec(ctx, sql)
			if _, err := conn.Exec(ctx, "rollback to savepoint s; release savepoint s"); err != nil {
				t.Fatal(err)
			}
			agree := (ours == nil) == (theirs == nil)
			if e.archive == "differs.txtar" {
				if !strings.HasPrefix(e.sql, "-- parse: ") {
					t.Error("no reason given")
				}
				if agree || ours != nil {
					t.Errorf("no longer only Parse that takes it: %v, %v", ours, theirs)
				}
				return
			}
			if !agree {
				t.Errorf("Parse: %v\nserver: %v", ours, theirs)
			}
			if agree && ours != nil {
				sameError(t, src, sql, ours, theirs)
			}
		})
	}
}

// sameError compares what is said and where.
func sameError(t *testing.T, src plpgsql.Source, sql string, ours, theirs error) {
	var o *plpgsql.Error
	var s *pgconn.PgError
	if !errors.As(ours, &o) || !errors.As(theirs, &s) {
		t.Fatalf("%v, %v", ours, theirs)
	}
	if o.Message != s.Message {
		t.Errorf("Parse says %q, the server %q", o.Message, s.Message)
	}
	start := strings.Index(sql, "$"+src.Body) + 1
	if at := utf8.RuneCountInString(sql[:start+o.Offset]) + 1; s.Position > 0 && int(s.Position) != at {
		t.Errorf("Parse points at %d, the server at %d: %s", at, s.Position, o.Message)
	}
}

// TestCatches lets the server raise each error under each handler.
func TestCatches(t *testing.T) {
	conn := pgtest.Conn(t)
	conditions := []string{"others", "duplicate_object", "sqlstate '42000'", "sqlstate '42710'", "syntax_error_or_access_rule_violation",
		"data_exception", "division_by_zero", "null_value_not_allowed", "query_canceled", "assert_failure", "plpgsql_error", "raise_exception"}
	states := []string{"42710", "42P07", "22012", "22004", "39004", "57014", "P0004", "P0001", "XX000", "42000"}
	for _, c := range conditions {
		body := "begin perform 1; exception when " + c + " then null; end"
		f, err := plpgsql.Parse(plpgsql.Source{Kind: plpgsql.Do, Body: body})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range states {
			_, err := conn.Exec(context.Background(), "do $$ begin raise sqlstate '"+s+"'; exception when "+c+" then null; end $$")
			if got := f.Body.Handlers[0].Catches(s); got != (err == nil) {
				t.Errorf("when %s catches %s: %v, the server says %v", c, s, got, err)
			}
		}
	}
}

// TestConditions gives the server every condition name there is.
func TestConditions(t *testing.T) {
	conn := pgtest.Conn(t)
	pgtest.Modelled(t, conn)
	for _, c := range plpgsql.Conditions() {
		for _, s := range plpgsql.SQLStates(c) {
			_, err := conn.Exec(context.Background(), "do $$ begin raise sqlstate '"+s+"'; exception when "+c+" then null; end $$")
			if err != nil {
				t.Errorf("%s %s: %v", c, s, err)
			}
		}
	}
}
