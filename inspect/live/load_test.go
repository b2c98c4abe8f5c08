package live_test

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

var update = flag.Bool("update", false, "rewrite golden files")

// script runs a file of statements as one transaction.
func script(t *testing.T, c *pgx.Conn, sql string) {
	t.Helper()
	if _, err := c.PgConn().Exec(context.Background(), sql).ReadAll(); err != nil {
		pgtest.SkipOlder(t, c, err)
		t.Fatal(err)
	}
}

// load reads the database of c in a transaction.
func load(t *testing.T, c *pgx.Conn) *catalog.Catalog {
	t.Helper()
	ctx := context.Background()
	tx, err := c.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(ctx) //nolint:errcheck // nothing to keep
	got, err := live.Load(ctx, tx, live.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// loadAs reads by a connection of its own, as whoever the string names.
func loadAs(t *testing.T, dsn string) *catalog.Catalog {
	t.Helper()
	s, err := live.Connect(context.Background(), live.ConnOptions{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	got, err := s.Load(context.Background(), live.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func version(t testing.TB, c *pgx.Conn) (v int) {
	t.Helper()
	if err := c.QueryRow(context.Background(), "select current_setting('server_version_num')::int4").Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLoadEverything(t *testing.T) {
	for _, name := range []string{"everything", "since15"} {
		t.Run(name, func(t *testing.T) {
			c := pgtest.Conn(t)
			if name == "since15" && version(t, c) < 150000 {
				t.Skip("the file needs PostgreSQL 15")
			}
			sql, err := os.ReadFile("testdata/" + name + ".sql")
			if err != nil {
				t.Fatal(err)
			}
			script(t, c, string(sql))
			got := load(t, c)
			text := strings.Join(catalog.Describe(got), "\n") + "\n"
			for _, g := range got.Gaps {
				text += "gap " + g.Object.String() + ": " + g.Reason + "\n"
			}
			golden := "testdata/" + name + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), text); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// TestLoadPlatform reads a new Supabase project: all of it is the platform's.
func TestLoadPlatform(t *testing.T) {
	c := load(t, pgtest.Platform(t, platform.NewDefaults))
	if c.Source.Platform != "supabase" {
		t.Errorf("platform %q, want supabase", c.Source.Platform)
	}
	for tab := range c.Tables.All() {
		if !tab.Platform {
			t.Errorf("%s is not the platform's", tab.Ref())
		}
	}
}

// TestLoadKeepsSearchPath checks that the transaction is given back as it was.
func TestLoadKeepsSearchPath(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	tx, err := c.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(ctx) //nolint:errcheck // nothing to keep
	if _, err := tx.Exec(ctx, `set local search_path = "a b", public`); err != nil {
		t.Fatal(err)
	}
	if _, err := live.Load(ctx, tx, live.Options{}); err != nil {
		t.Fatal(err)
	}
	var path string
	if err := tx.QueryRow(ctx, "show search_path").Scan(&path); err != nil {
		t.Fatal(err)
	}
	if path != `"a b", public` {
		t.Errorf("search_path is %s", path)
	}
}

// TestRewriteRules holds that a rule, which is not modelled, is told as it is
// of migrations.
func TestRewriteRules(t *testing.T) {
	c := pgtest.Conn(t)
	script(t, c, `create table t (id int); create view "V" as select id from t; create rule "no ""x" as on delete to t do instead nothing;
		create rule "into" as on insert to "V" do instead insert into t values (new.id)`)
	var got []string
	for _, g := range load(t, c).Gaps {
		if strings.Contains(g.Reason, "rule") {
			got = append(got, g.Object.String()+": "+g.Reason)
		}
	}
	if d := cmp.Diff([]string{`view public.V: rule "into" is not modelled`, `table public.t: rule "no \"x" is not modelled`}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
