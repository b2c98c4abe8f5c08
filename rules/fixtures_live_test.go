package rules_test

import (
	"context"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
	fixtures "policylint/migrations-fixtures"
	"policylint/rules"
)

// skipLive is how a fixture says that a server cannot run it in a transaction.
var skipLive = regexp.MustCompile(`(?m)^-- live: skip (.+)$`)

// asAdmin is what in a fixture only the platform itself does, and no migration:
// it runs on a server as superuser, and is a comment everywhere else.
var asAdmin = regexp.MustCompile(`(?s)/\* live: admin\n(.*?)\*/`)

// TestFixturesLive applies each case to a server, in a transaction that is
// rolled back, and judges the catalog read from it: the same findings but for
// their places. Fixes are applied in the same way, twice.
func TestFixturesLive(t *testing.T) {
	conns := map[platform.Variant]*pgx.Conn{
		platform.OldDefaults: pgtest.Platform(t, platform.OldDefaults), platform.NewDefaults: pgtest.Platform(t, platform.NewDefaults), platform.Postgres: pgtest.Conn(t),
	}
	eachCase(t, func(t *testing.T, r *rules.Rule, c fixtures.Case) {
		if r.Needs&rules.NeedsHistory != 0 && c.Bad() {
			return // a database has no history to find this in
		}
		for _, file := range c.Files {
			if m := skipLive.FindStringSubmatch(text(t, file)); m != nil {
				t.Skip(m[1])
			}
		}
		config := configure(t, c)
		conn := conns[variant(config)]
		res := judge(t, r, c, applied(t, conn, c, ""), config)
		var got []string
		for _, f := range res.Findings {
			if f.Rule.ID == "major-version-mismatch" && f.Rule != r && pgtest.Version(t, conn)/10_000 != 15 {
				continue // config.toml is of the version that the fixtures were written for
			}
			got = append(got, f.Object.String())
		}
		slices.Sort(got)
		if d := cmp.Diff(announced(wants(t, c), "live"), got); d != "" {
			t.Errorf("announced (-), found (+):\n%s\n%s", d, messages(res))
		}
		if !c.Bad() {
			return
		}
		for _, f := range res.Findings {
			if f.Fix != "" {
				stays(t, r, c, applied(t, conn, c, f.Fix), config, f)
			}
		}
	})
}

// applied is the catalog of a server after the files of a case, and after the
// fix, applied twice.
func applied(t *testing.T, conn *pgx.Conn, c fixtures.Case, fix string) *catalog.Catalog {
	t.Helper()
	ctx := context.Background()
	tx, err := conn.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	run := func(name, sql string) {
		if _, err := conn.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
			pgtest.SkipOlder(t, conn, err)
			t.Fatalf("%s: %v\n%s", name, err, sql)
		}
	}
	for _, file := range c.Files {
		run(file, text(t, file))
		for _, m := range asAdmin.FindAllStringSubmatch(text(t, file), -1) {
			run(file, "reset session authorization;"+m[1]+"set session authorization postgres;")
		}
	}
	if fix != "" {
		run("fix", fix)
		run("fix, for the second time", fix)
	}
	cat, err := live.Load(ctx, tx, live.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return cat
}
