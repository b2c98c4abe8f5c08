package rules_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
// server does in the subject's role and with its claims, on rows of several
// kinds.
func TestAccessAgrees(t *testing.T) {
	conn := pgtest.Platform(t, platform.OldDefaults)
	fields, unknown, withRows := 0, 0, 0
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
		if tx.Conn().PgConn().TxStatus() != 'T' {
			return // it has a transaction of its own
		}
		read, err := live.Load(ctx, tx, live.Options{})
		if err != nil {
			t.Fatal(err)
		}
		written.Source.Version = read.Source.Version
		p, q := &rules.Pass{Catalog: written, Config: config}, &rules.Pass{Catalog: read, Config: config}
		subjects := q.Subjects()
		if d := cmp.Diff(describe(p, subjects), describe(q, subjects)); d != "" {
			t.Errorf("text (-), server (+):\n%s", d)
		}
		fill(t, tx, q)
		for table := range q.ProjectTables() {
			src, total := copied(t, tx, table)
			for _, s := range subjects {
				for _, command := range access.Commands {
					cell := q.Access().Cell(s, table, command)
					fields++
					if cell.Verdict == access.Uncertain {
						unknown++
						continue
					}
					if read.Roles.Has(s.Role) {
						state, n := asked(t, tx, s, table, command, src)
						if why := contradicts(cell, state, n, total); why != "" {
							t.Errorf("%s, %s %s: %s: %s (%s); the server: %d of %d rows %s", s.Name, command, table.Name, why, cell.Verdict, cell.Because, n, total, state)
						}
					}
				}
			}
		}
		withRows += filled(t, tx, q)
	})
	t.Logf("%d fields, %d unknown; %d tables with rows", fields, unknown, withRows)
}

// contradicts says how a cell is not as the server did; "" when it is.
func contradicts(cell access.Cell, state string, n, total int) string {
	refused := state == "42501"
	switch {
	case strings.HasPrefix(state, "23"), strings.HasPrefix(state, "22") && cell.Raise == nil && cell.Command == catalog.ForInsert, slices.Contains([]string{"428C9", "55000", "42P10"}, state):
		return "" // a constraint, after row level security
	case state != "" && !refused && (cell.Raise == nil || cell.Raise.SQLState != state && cell.Raise.SQLState != "42501"):
		return "the server raises"
	case refused && cell.Command != catalog.ForInsert && cell.Raise == nil:
		return "the server refuses"
	case cell.Verdict == access.Never && n > 0:
		return "the server lets rows through"
	case cell.Verdict == access.Always && n != total:
		return "the server keeps rows back"
	case state == "" && cell.Raise != nil && cell.Raise.Always && cell.Raise.SQLState == "42501":
		return "the server does not refuse"
	}
	return ""
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
