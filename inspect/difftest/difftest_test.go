package difftest_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/difftest"
	"policylint/inspect/live"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// statements is how long each history is.
const statements = 40

// maxFailed ends a run that has found enough.
const maxFailed = 10

// TestDifferential replays random migrations on a server and on the static
// reader. POLICYLINT_SOAK, a duration, makes it and TestTransactions go on for
// so long together, from a seed of their own each time; POLICYLINT_SEED runs
// one seed.
func TestDifferential(t *testing.T) {
	c := pgtest.Platform(t, platform.OldDefaults)
	pgtest.Modelled(t, c)
	seeds(t, 200, func(seed uint64) bool { return one(t, c, seed) })
}

// TestTransactions does the same with migrations that begin and end
// transactions themselves, each on a database of its own.
func TestTransactions(t *testing.T) {
	seeds(t, 40, func(seed uint64) bool {
		return t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) { alone(t, seed) })
	})
}

// seeds calls f with the seeds from 1 to n, or with those that the environment
// asks for.
func seeds(t *testing.T, n uint64, f func(seed uint64) bool) {
	t.Helper()
	if s := os.Getenv("POLICYLINT_SEED"); s != "" {
		seed, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		f(seed)
		return
	}
	first, last, until := uint64(1), n, time.Time{}
	if s := os.Getenv("POLICYLINT_SOAK"); s != "" {
		d, err := time.ParseDuration(s)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		first, last, until = uint64(begun.UnixNano()), ^uint64(0), begun.Add(d/2)
	}
	done, failed := 0, 0
	for seed := first; seed <= last && (until.IsZero() || time.Now().Before(until)) && failed < maxFailed; seed++ {
		if !f(seed) {
			failed++
		}
		done++
	}
	t.Logf("%d seeds of %d statements, %d failed", done, statements, failed)
}

// one runs a seed and reports a counterexample as short as can be.
func one(t *testing.T, c *pgx.Conn, seed uint64) bool {
	t.Helper()
	g := difftest.New(seed, false)
	left := statements
	history, differ := compare(t, c, func() (string, bool) { left--; return g.Next(), left >= 0 }, g.Undo)
	if differ == nil {
		return true
	}
	again := func(h []string) []string {
		_, differ := compare(t, c, list(h), func() {})
		return differ
	}
	short := difftest.Shrink(history, func(h []string) bool { return again(h) != nil })
	t.Errorf("seed %d:\n%s\n%s", seed, difftest.Join(short), strings.Join(again(short), "\n"))
	return false
}

// alone is one on a database of its own.
func alone(t *testing.T, seed uint64) {
	t.Helper()
	g := difftest.New(seed, true)
	left := statements
	history, differ := compareAlone(t, func() (string, bool) {
		if left--; left < 0 {
			s := g.End()
			return s, s != ""
		}
		return g.Next(), true
	}, g.Undo)
	if differ == nil {
		return
	}
	again := func(h []string) (differ []string) {
		t.Run("shrink", func(t *testing.T) { _, differ = compareAlone(t, list(h), func() {}) })
		return differ
	}
	short := difftest.Shrink(history, func(h []string) bool { return again(h) != nil })
	t.Errorf("seed %d:\n%s\n%s", seed, difftest.Join(short), strings.Join(again(short), "\n"))
}

// list gives out the statements of a list.
func list(h []string) func() (string, bool) {
	n := -1
	return func() (string, bool) {
		if n++; n < len(h) {
			return h[n], true
		}
		return "", false
	}
}

// replay reads the statements and returns the first on which the static reader
// disagrees with the server; what follows may be its consequence.
func replay(t *testing.T, replies []reply) (*catalog.Catalog, string) {
	t.Helper()
	var history []string
	for _, r := range replies {
		history = append(history, r.sql)
	}
	read, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(difftest.Join(history))}}, static.Options{Platform: platform.OldDefaults, Version: 15})
	if err != nil {
		t.Fatal(err)
	}
	at := 1
	for _, r := range replies {
		next := at + strings.Count(r.sql, "\n") + 1
		var f catalog.Failure
		for _, x := range read.Failures {
			if x.Origin.Line >= at && x.Origin.Line < next {
				f = x
				break
			}
		}
		if f.SQLState != r.state {
			return read, fmt.Sprintf("%s\n  server: %s %s\n  static: %s %s", r.sql, r.state, r.message, f.SQLState, f.Message)
		}
		at = next
	}
	return read, ""
}

// content has the SQLSTATEs of literals that are no value of their type, of
// which the static reader knows only the simplest types.
var content = map[string]bool{"22007": true, "22008": true, "22P02": true, "22003": true}

// A reply is what the server said to a statement.
type reply struct{ sql, state, message string }

// compare runs a history both ways, on the server in a transaction that takes
// it all back, and says where they differ. Next is told of each statement that
// the server refuses.
func compare(t *testing.T, c *pgx.Conn, next func() (string, bool), refused func()) (history, differ []string) {
	t.Helper()
	tx, err := c.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(context.Background()) //nolint:errcheck // nothing to keep
	var replies []reply
	for sql, ok := next(); ok; sql, ok = next() {
		state, message := pgtest.Try(t, c, sql)
		if state != "" {
			refused()
		}
		replies = append(replies, reply{sql, state, message})
		history = append(history, sql)
	}
	return history, judge(t, c, replies)
}

// compareAlone is compare on a database of its own, which transactions of the
// history's own can change. Within them, too, a refused statement is taken
// back alone: so the static reader reads on.
func compareAlone(t *testing.T, next func() (string, bool), refused func()) (history, differ []string) {
	t.Helper()
	c := pgtest.Platform(t, platform.OldDefaults)
	pgtest.Modelled(t, c)
	var replies []reply
	for sql, ok := next(); ok; sql, ok = next() {
		send := pgtest.Send
		if c.PgConn().TxStatus() == 'T' && !control.MatchString(sql) {
			send = pgtest.Try
		}
		state, message := send(t, c, sql)
		if state != "" {
			refused()
		}
		if c.PgConn().TxStatus() == 'E' {
			return history, nil // a shorter history may end its transactions wrongly
		}
		replies = append(replies, reply{sql, state, message})
		history = append(history, sql)
	}
	if c.PgConn().TxStatus() != 'I' {
		return history, nil
	}
	tx, err := c.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(context.Background()) //nolint:errcheck // nothing to keep
	return history, judge(t, c, replies)
}

// control matches statements of transaction control.
var control = regexp.MustCompile(`^(begin|start|commit|rollback|savepoint|release)`)

// judge compares what the static reader makes of a history with what the
// server said and has.
func judge(t *testing.T, c *pgx.Conn, replies []reply) []string {
	t.Helper()
	replies = slices.DeleteFunc(replies, func(r reply) bool { return content[r.state] })
	// The static reader says once that a relation is missing and takes it to
	// exist from then on: what follows is judged without the statements that
	// use it.
	if first := slices.IndexFunc(replies, func(r reply) bool { return r.state == "42P01" }); first >= 0 {
		if _, differ := replay(t, replies[:first+1]); differ != "" {
			return []string{differ}
		}
		replies = slices.DeleteFunc(replies, func(r reply) bool { return r.state == "42P01" })
	}
	read, differ := replay(t, replies)
	if differ != "" {
		return []string{differ}
	}
	running, err := live.Load(context.Background(), c, live.Options{Platform: "supabase"})
	if err != nil {
		t.Fatal(err)
	}
	return catalog.Diff(read, running)
}
