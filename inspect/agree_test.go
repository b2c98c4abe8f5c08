package inspect_test

import (
	"context"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/inspect/static/source"
	"policylint/internal/pgtest"
	fixtures "policylint/migrations-fixtures"
)

// TestSourcesAgree reads each fixture both ways, from its text and from a
// server that ran it. But for what only one of the sources can know, which
// catalog.Diff leaves out, the two catalogs must be the same; and the server
// refuses the statements that the static reader says it would.
func TestSourcesAgree(t *testing.T) {
	for _, v := range []platform.Variant{platform.OldDefaults, platform.NewDefaults} {
		t.Run(v.String(), func(t *testing.T) {
			c := pgtest.Platform(t, v)
			for _, h := range histories(t) {
				if v == platform.NewDefaults && !plain.MatchString(h.name) {
					continue // the start states differ in little
				}
				t.Run(h.name, func(t *testing.T) { agree(t, c, v, h.files) })
			}
		})
	}
}

// plain names the histories that both start states are tried with.
var plain = regexp.MustCompile(`/(bad|good|broken|fixed)$`)

// A history is files that are replayed together.
type history struct {
	name  string
	files []string
}

// histories are the cases of the rules and the states of the help desk.
func histories(t *testing.T) []history {
	t.Helper()
	rules, err := fs.ReadDir(fixtures.FS, ".")
	if err != nil {
		t.Fatal(err)
	}
	var out []history
	for _, r := range rules {
		for _, c := range fixtures.Cases(r.Name()) {
			out = append(out, history{c.Rule + "/" + c.Name, c.Files})
		}
	}
	for _, dir := range []string{"helpdesk/broken", "helpdesk/fixed"} {
		files, err := fs.Glob(fixtures.FS, dir+"/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		if len(files) > 0 {
			out = append(out, history{dir, files})
		}
	}
	return out
}

// control is a statement that begins or ends a transaction of its own.
var control = regexp.MustCompile(`(?im)^\s*(begin|start\s+transaction|commit|rollback|end)\s*;`)

// madeBy is the difference that only ADMIN OPTION of the migrator makes.
var madeBy = regexp.MustCompile(`^role postgres: member of \S+: yes (.*) / yes admin (.*)$`)

// agree replays files on the static reader and, in a transaction that is
// rolled back, on the server; those with transactions of their own on a new
// database.
func agree(t *testing.T, c *pgx.Conn, v platform.Variant, files []string) {
	t.Helper()
	ctx := context.Background()
	read, err := static.Load(fixtures.FS, static.Options{Platform: v, Files: files, Version: version(t, c) / 10_000})
	if err != nil {
		t.Fatal(err)
	}
	send, whole := pgtest.Try, true
	for _, name := range files {
		text, err := fs.ReadFile(fixtures.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "-- live: skip ") {
			t.Skipf("%s: a server cannot run it in a transaction", name)
		}
		if control.Match(text) {
			c, send, whole = pgtest.Platform(t, v), pgtest.Send, false
		}
	}
	if whole {
		begin(t, c)
	}
	for file, err := range source.Read(fixtures.FS, files) {
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range file.Statements {
			state, message := send(t, c, s.SQL)
			if state == "0A000" && strings.HasSuffix(message, "is not available") {
				t.Skipf("%s: %s on this server", file.Name, message)
			}
			if version(t, c) < 150000 && (state == "42601" || strings.HasPrefix(message, "unrecognized parameter")) {
				t.Skipf("%s: %s before PostgreSQL 15", file.Name, message)
			}
			f := failure(read.Failures, s.Origin)
			if state != f.SQLState && strings.HasPrefix(message, "must be superuser to") && strings.Contains(message, "bypassrls") {
				t.Skipf("%s: the platform lets its migrator give BYPASSRLS, which PostgreSQL before 16 does not", file.Name)
			}
			if f.SQLState != state {
				t.Errorf("%s:%d: the server says %q %s, static %q %s", s.Origin.File, s.Origin.Line, state, message, f.SQLState, f.Message)
			}
		}
	}
	if !whole {
		begin(t, c)
	}
	running, err := live.Load(ctx, c, live.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range catalog.Diff(read, running) {
		if m := madeBy.FindStringSubmatch(d); m != nil && m[1] == m[2] && version(t, c) >= 160_000 {
			continue // from then on, who creates a role has its ADMIN OPTION
		}
		t.Errorf("static / live: %s", d)
	}
}

func version(t *testing.T, c *pgx.Conn) int {
	t.Helper()
	v, err := strconv.Atoi(strings.SplitN(c.PgConn().ParameterStatus("server_version"), ".", 2)[0])
	if err != nil {
		t.Fatal(err)
	}
	return v * 10000
}

// begin opens a transaction until the end of the test.
func begin(t *testing.T, c *pgx.Conn) {
	t.Helper()
	tx, err := c.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback(context.Background()) })
}

// failure is the first within the statement at that place.
func failure(all []catalog.Failure, at catalog.Origin) catalog.Failure {
	for _, f := range all {
		if f.Origin.File == at.File && f.Origin.Line >= at.Line && f.Origin.Line <= at.EndLine {
			return f
		}
	}
	return catalog.Failure{}
}
