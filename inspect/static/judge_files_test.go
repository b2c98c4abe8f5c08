package static_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/inspect/static/source"
	"policylint/internal/pgtest"
)

// TestJudge runs each file of testdata/judge twice, through the static reader
// and on a server: each statement must be refused by both with the same
// SQLSTATE, or by neither, and in the end both must hold the same objects. A
// comment "-- differs: REASON" on the line above a statement says that the
// platform takes what a plain server refuses, or the other way round; nothing
// behind it may depend on that statement.
func TestJudge(t *testing.T) {
	files, err := filepath.Glob("testdata/judge/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files to judge: %v", err)
	}
	c := pgtest.Platform(t, platform.OldDefaults)
	pgtest.Modelled(t, c)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".sql"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			judgeText(t, c, string(text))
		})
	}
}

// judgeText judges the statements of a text one by one.
func judgeText(t *testing.T, c *pgx.Conn, text string) {
	t.Helper()
	ctx := context.Background()
	tx, err := c.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(ctx) //nolint:errcheck // nothing to keep
	read, err := static.Load(fstest.MapFS{"1_judge.sql": {Data: []byte(text)}}, static.Options{Version: pgtest.Version(t, c) / 10_000})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(text, "\n")
	statements := source.Text("1_judge.sql", text).Statements
	said := map[int]catalog.Failure{} // by the first line of the statement
	for _, f := range read.Failures {
		line := f.Origin.Line // inside a block of code, perhaps
		for _, s := range statements {
			if s.Origin.Line <= f.Origin.Line && f.Origin.Line <= s.Origin.EndLine {
				line = s.Origin.Line
			}
		}
		if _, twice := said[line]; !twice {
			said[line] = f
		}
	}
	for _, s := range statements {
		line := s.Origin.Line
		state, message := pgtest.Try(t, c, s.SQL)
		if line > 1 && strings.HasPrefix(lines[line-2], "-- differs: ") {
			if state == said[line].SQLState {
				t.Errorf("line %d: no difference any more: %s", line, s.SQL)
			}
			continue
		}
		if state != said[line].SQLState {
			t.Errorf("line %d: %s\nserver: %s %s\nstatic: %s %s", line, s.SQL, state, message, said[line].SQLState, said[line].Message)
		}
	}
	if _, err := tx.Exec(ctx, "set session authorization default; set search_path = ''"); err != nil {
		t.Fatal(err)
	}
	running, err := live.Load(ctx, tx, live.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range catalog.Diff(read, running) {
		t.Errorf("static / live: %s", d)
	}
}
