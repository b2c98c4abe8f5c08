package plpgsql_test

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/plpgsql"
	"policylint/internal/pgtest"
)

var mutants = flag.Int("mutants", 300, "how many mutated bodies to give to the server")

// TestServerAgreesOnMutants changes one or two tokens of a body at random and
// asks Parse and the server, which must agree on whether it is still one, and
// nearly always on what is wrong with it.
func TestServerAgreesOnMutants(t *testing.T) {
	conn := pgtest.Conn(t)
	ctx := context.Background()
	setup, err := os.ReadFile("testdata/setup.sql")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(ctx, "begin; "+string(setup)); err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = conn.Exec(ctx, "rollback") }()
	entries := corpus(t, "do.txtar", "trigger.txtar", "function.txtar")
	r := rand.New(rand.NewPCG(1, 2))
	accepted, otherwise := 0, 0
	for range *mutants {
		e := entries[r.IntN(len(entries))]
		src := source(t, e.sql)
		body := mutate(r, src.Body)
		sql := strings.Replace(e.sql, src.Body, body, 1)
		if src.Kind == plpgsql.Do {
			sql = "create function inline_code_block() returns void language plpgsql as $_body_$" + body + "$_body_$"
		}
		src.Body = body
		_, ours := plpgsql.Parse(src)
		_, theirs := conn.Exec(ctx, "savepoint s; "+sql)
		if _, err := conn.Exec(ctx, "rollback to savepoint s; release savepoint s"); err != nil {
			t.Fatal(err)
		}
		if ours == nil && theirs == nil {
			accepted++
		}
		switch {
		case tolerable(ours, theirs):
		case ours != nil && theirs != nil:
			otherwise++
			t.Logf("%s\nParse: %v\nserver: %v", e, ours, theirs)
		default:
			t.Errorf("%s\nParse: %v\nserver: %v\n%s", e, ours, theirs, body)
		}
	}
	t.Logf("%d of %d mutants are accepted by both, %d are refused in other words", accepted, *mutants, otherwise)
	if otherwise > *mutants/100+1 {
		t.Error("too many are refused in other words")
	}
}

// tolerable is agreement, or an answer of the server that needs a catalog.
func tolerable(ours, theirs error) bool {
	if theirs == nil {
		return ours == nil
	}
	var s *pgconn.PgError
	if !errors.As(theirs, &s) {
		return false
	}
	switch s.Code {
	case "42704", "42P01", "42703", "3F000", "42P13", "42804", "42809", "42P16", "22023", "22P02", "0A000":
		return true // a type, table, column or schema that is not there, or the wrong kind
	}
	switch {
	case strings.HasSuffix(s.Message, "does not exist"):
		return true
	case s.Message == `syntax error at or near "%"`:
		return true // %type of a table that is not there
	case strings.HasPrefix(s.Message, `syntax error at or near "$`):
		return true // libpg_query's grammar takes $n where a name can stand
	}
	var o *plpgsql.Error
	// The lexer of PostgreSQL 16 reads numbers differently, and the whole
	// body is cut into tokens before anything else is looked at.
	return errors.As(ours, &o) && (o.Message == s.Message || strings.HasPrefix(o.Message, "trailing junk") || strings.HasPrefix(o.Message, "unterminated"))
}

// mutate deletes, repeats, swaps or replaces a token or two.
func mutate(r *rand.Rand, body string) string {
	for range 1 + r.IntN(2) {
		scan, err := pg.Scan(body)
		if err != nil || len(scan.Tokens) < 3 {
			return body
		}
		i, j := r.IntN(len(scan.Tokens)), r.IntN(len(scan.Tokens))
		a, b := scan.Tokens[min(i, j)], scan.Tokens[max(i, j)]
		if a.End <= a.Start || b.End <= b.Start || i == j {
			continue
		}
		at := func(t *pg.ScanToken) string { return body[t.Start:t.End] }
		switch r.IntN(4) {
		case 0:
			body = body[:a.Start] + body[a.End:]
		case 1:
			body = body[:a.End] + " " + at(a) + body[a.End:]
		case 2:
			body = body[:a.Start] + at(b) + body[a.End:b.Start] + at(a) + body[b.End:]
		default:
			body = body[:a.Start] + at(b) + body[a.End:]
		}
	}
	return body
}
