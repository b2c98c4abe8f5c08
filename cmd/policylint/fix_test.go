package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
	"policylint/internal/report"
	fixtures "policylint/migrations-fixtures"
	"policylint/rules"
)

// fixtureFiles is a case of a rule as files.
func fixtureFiles(c fixtures.Case) (in *input, config *rules.Config, err error) {
	in = &input{}
	for _, f := range c.Files {
		in.files = append(in.files, "../../migrations-fixtures/"+f)
	}
	config = &rules.Config{}
	if c.Config != "" {
		config, err = readConfig("../../migrations-fixtures/"+c.Config, nil)
	}
	return in, config, err
}

// skipped and admin are what fixtures say to a server; see rules.
var (
	skipped = regexp.MustCompile(`(?m)^-- live: skip (.+)$`)
	admin   = regexp.MustCompile(`(?s)/\* live: admin\n(.*?)\*/`)
)

// TestFixOfEveryRule mends each bad fixture of each rule that suggests a fix,
// by all rules, and looks again: on the model, and on a server that ran the
// files and the migration, twice. What it was said to mend must be gone.
func TestFixOfEveryRule(t *testing.T) {
	conns := map[string]*pgx.Conn{"supabase": pgtest.Platform(t, platform.OldDefaults), "postgres": pgtest.Conn(t)}
	mended := map[string]bool{}
	for _, r := range rules.All() {
		for _, c := range fixtures.Cases(r.ID) {
			if !c.Bad() {
				continue
			}
			t.Run(r.ID+"/"+c.Name, func(t *testing.T) {
				in, config, err := fixtureFiles(c)
				if err != nil {
					t.Fatal(err)
				}
				x := &fixer{in: in, config: config, file: "zzz_fix.sql", selection: rules.Selection{Min: rules.Info}}
				m, err := x.plan()
				if err != nil {
					t.Fatal(err)
				}
				if len(m.Fixes) == 0 {
					return
				}
				text, _ := m.SQL()
				twice := []string{"zzz_fix.sql", "zzz_fix.sql"}
				cat, err := in.loadWith(&withFile{in, "zzz_fix.sql", []byte(text)}, append(append([]string{}, in.files...), twice...), config)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range cat.Failures {
					if f.Origin.File == "zzz_fix.sql" {
						t.Errorf("line %d of the migration is refused: %s\n%s", f.Origin.Line, f.Message, text)
					}
				}
				gone(t, m, text, rules.Run(cat, config, x.selection))
				for _, f := range m.Fixes {
					for _, y := range f.Findings {
						mended[y.Rule.ID] = true
					}
				}
				for _, f := range in.files {
					b, err := os.ReadFile(f)
					if err != nil {
						t.Fatal(err)
					}
					if s := skipped.FindSubmatch(b); s != nil {
						t.Skip(string(s[1]))
					}
				}
				gone(t, m, text, rules.Run(ran(t, conns[config.PlatformName()], in.files, text), config, x.selection))
			})
		}
	}
	// Every rule that suggests SQL at all was tried.
	for _, r := range rules.All() {
		if r.Needs&(rules.NeedsComparison|rules.NeedsDatabase) != 0 || mended[r.ID] {
			continue
		}
		if suggests(t, r) {
			t.Errorf("rule %s suggests fixes, and none of its fixtures is mended by them", r.ID)
		}
	}
}

// suggests reports whether a rule has a fix for one of its fixtures.
func suggests(t *testing.T, r *rules.Rule) bool {
	t.Helper()
	for _, c := range fixtures.Cases(r.ID) {
		in, config, err := fixtureFiles(c)
		if err != nil {
			t.Fatal(err)
		}
		cat, err := in.load(config)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range rules.Run(cat, config, rules.Selection{Only: []string{r.ID}}).Findings {
			if f.Fix != "" {
				return true
			}
		}
	}
	return false
}

// gone reports what a migration was said to mend and did not.
func gone(t *testing.T, m *report.Migration, text string, after *rules.Result) {
	t.Helper()
	left := identities(after.Findings)
	for _, f := range m.Fixes {
		for _, y := range f.Findings {
			if left[identity(y)] {
				t.Errorf("%s (%s) is still found in %s after\n%s", y.Message, y.Rule.ID, after.Source.Kind, text)
			}
		}
	}
}

// ran is the catalog of a server after the files and, twice, the migration.
func ran(t *testing.T, conn *pgx.Conn, files []string, sql string) *catalog.Catalog {
	t.Helper()
	ctx := context.Background()
	tx, err := conn.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	exec := func(name, sql string) {
		if _, err := conn.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
			pgtest.SkipOlder(t, conn, err)
			t.Fatalf("%s: %v\n%s", name, err, sql)
		}
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		// A fixture may have a statement that fails on purpose.
		exec("savepoint", "savepoint a")
		if _, err := conn.PgConn().Exec(ctx, string(text)).ReadAll(); err != nil {
			t.Skipf("the server refuses %s: %v", filepath.Base(f), err)
		}
		for _, m := range admin.FindAllStringSubmatch(string(text), -1) {
			exec(f, "reset session authorization;"+m[1]+"set session authorization postgres;")
		}
	}
	exec("fix", sql)
	exec("fix, for the second time", sql)
	cat, err := live.Load(ctx, tx, live.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

func TestFixFileName(t *testing.T) {
	now := time.Date(2025, 3, 4, 6, 6, 7, 0, time.FixedZone("", 3600))
	for _, test := range []struct {
		files []string
		name  string // or the beginning of the error
	}{
		{[]string{"supabase/migrations/20250101000000_a.sql"}, "supabase/migrations/20250304050607_policylint_fixes.sql"},
		{[]string{"m/0001_a.sql", "m/0002_b.sql"}, "m/20250304050607_policylint_fixes.sql"},
		{[]string{"m/20990101000000_a.sql"}, "m/20990101000001_policylint_fixes.sql"},
		{[]string{"m/20250304050607_a.sql"}, "m/20250304050608_policylint_fixes.sql"},
		{[]string{"m/3_a.sql"}, "m/4_policylint_fixes.sql"},
		{[]string{"m/9_a.sql"}, "no version comes after 9"},
		{[]string{"m/V1__a.sql"}, "m/V1__a.sql is not named as the Supabase CLI"},
		{[]string{"m/0001_a.up.sql"}, "m/0001_a.up.sql is not named as the Supabase CLI"},
		{[]string{"schema.sql"}, "schema.sql is not named as the Supabase CLI"},
		{[]string{"m/" + strings.Repeat("9", 30) + "_a.sql"}, "version 9"},
	} {
		got, err := fixFlags{name: nameOfFix}.file(&input{files: test.files}, now)
		if err != nil {
			got = fmt.Sprint(err)
		}
		if !strings.HasPrefix(got, test.name) {
			t.Errorf("after %q comes %s, want %s", test.files, got, test.name)
		}
	}
}
