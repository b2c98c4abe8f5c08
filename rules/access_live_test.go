package rules_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
	fixtures "policylint/migrations-fixtures"
	"policylint/rules"
)

// TestAccessAgrees holds, for every fixture and subject, what the matrix says
// of the text against what it says of the server, and both against what the
// server does in the subject's role and with its claims.
func TestAccessAgrees(t *testing.T) {
	conn := pgtest.Platform(t, platform.OldDefaults)
	fields, unknown := 0, 0
	eachCase(t, func(t *testing.T, r *rules.Rule, c fixtures.Case) {
		config := configure(t, c)
		if variant(config) != platform.OldDefaults {
			return
		}
		for _, file := range c.Files {
			if skipLive.MatchString(text(t, file)) {
				return
			}
		}
		written, err := static.Load(fixtures.FS, static.Options{Files: c.Files, Platform: platform.OldDefaults})
		if err != nil {
			t.Fatal(err)
		}
		if len(written.Failures) > 0 {
			return
		}
		ctx := context.Background()
		tx, err := conn.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(ctx) }()
		for _, file := range c.Files {
			if _, err := tx.Conn().PgConn().Exec(ctx, text(t, file)).ReadAll(); err != nil {
				pgtest.SkipOlder(t, conn, err)
				t.Fatal(err)
			}
		}
		read, err := live.Load(ctx, tx, live.Options{})
		if err != nil {
			t.Fatal(err)
		}
		p, q := &rules.Pass{Catalog: written, Config: config}, &rules.Pass{Catalog: read, Config: config}
		subjects := q.Subjects()
		if d := cmp.Diff(describe(p, subjects), describe(q, subjects)); d != "" {
			t.Errorf("text (-), server (+):\n%s", d)
		}
		for table := range q.ProjectTables() {
			for _, s := range subjects {
				cell := q.Access().Cell(s, table, catalog.ForSelect)
				fields++
				if cell.Verdict == access.Uncertain {
					unknown++
				}
				if !read.Roles.Has(s.Role) {
					continue
				}
				state, n := asked(t, tx, s, table.Name)
				switch {
				case cell.Verdict == access.Uncertain:
				case state != "" && cell.Raise == nil, state == "" && cell.Raise != nil && cell.Verdict == access.Never && cell.Raise.SQLState == "42501",
					cell.Verdict == access.Never && n > 0:
					t.Errorf("%s, %s: %s (%s); the server: %d rows %s", s.Name, table.Name, cell.Verdict, cell.Because, n, state)
				}
			}
		}
	})
	t.Logf("%d fields, %d unknown", fields, unknown)
}

// describe is the matrix, one line a field.
func describe(p *rules.Pass, subjects []access.Subject) []string {
	var out []string
	for t := range p.ProjectTables() {
		for _, s := range subjects {
			for _, c := range access.Commands {
				cell := p.Access().Cell(s, t, c)
				out = append(out, fmt.Sprintf("%s %s %s: %s: %s", s.Name, t.Name, c, cell.Verdict, cell.Because))
			}
			r := p.Access().Realtime(s, t)
			out = append(out, fmt.Sprintf("%s %s: %s %s %s", s.Name, t.Name, r.Insert.Delivery, r.Update.Delivery, r.Delete.Delivery))
		}
	}
	return out
}

// asked counts the rows that a subject sees, or gives the SQLSTATE.
func asked(t *testing.T, tx pgx.Tx, s access.Subject, n catalog.Name) (string, int) {
	t.Helper()
	ctx := context.Background()
	inner, err := tx.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = inner.Rollback(ctx) }()
	claims, err := json.Marshal(s.Claims)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := inner.Exec(ctx, "select set_config('request.jwt.claims', $1, true), set_config('role', $2, true)", string(claims), s.Role); err != nil {
		t.Fatal(err)
	}
	var count int
	err = inner.QueryRow(ctx, "select count(*) from "+n.SQL(), pgx.QueryExecModeSimpleProtocol).Scan(&count)
	var pe *pgconn.PgError
	if errors.As(err, &pe) {
		return pe.Code, 0
	}
	if err != nil {
		t.Fatal(err)
	}
	return "", count
}
