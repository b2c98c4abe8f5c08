package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// TestBaselineOfBothSources holds that one file serves lint and inspect: what
// the migrations were known to have is known of the database they made, and
// neither takes out what only the other can find.
func TestBaselineOfBothSources(t *testing.T) {
	ctx := context.Background()
	const folder = helpDeskFolder + "/broken"
	conn := helpDeskServer(t, "broken")
	known := filepath.Join(t.TempDir(), "known.yaml")
	dsn := pgtest.DSN(conn, platform.Admin)
	lint := []string{"lint", folder, "--config", "../../rules.yaml", "--baseline", known, "--fail-on", "warning"}
	// The server of the tests is a newer project than config.toml says, and may be
	// another PostgreSQL.
	inspect := []string{"inspect", "--db", dsn, "--config", "../../rules.yaml", "--baseline", known, "--fail-on", "warning", "--exclude-rule", "auto-expose-differs,major-version-mismatch"}
	must := func(args []string, want int, parts ...string) {
		t.Helper()
		code, out := bare(t, args...)
		if code != want {
			t.Errorf("%s exits with %d\n%s", args[0], code, out)
		}
		for _, p := range parts {
			if !strings.Contains(out, p) {
				t.Errorf("%s does not say %q:\n%s", args[0], p, out)
			}
		}
	}
	must(append(lint, "--update-baseline"), exitClean, "No problems")
	must(inspect, exitClean, "No problems", "known to the baseline")

	// Something that only the database has joins it, and is not stale to lint.
	if _, err := conn.Exec(ctx, "create table public.dashboard (id bigint primary key); grant all on public.dashboard to anon"); err != nil {
		t.Fatal(err)
	}
	must(inspect, exitFindings, "public.dashboard")
	before, _ := os.ReadFile(known)
	must(append(inspect, "--update-baseline"), exitClean, "1 added, 0 taken out")
	text, err := os.ReadFile(known)
	if err != nil || !strings.Contains(string(text), "{object: table public.dashboard, source: database}") {
		t.Errorf("%v\n%s", err, text)
	}
	must(lint, exitClean, "No problems")
	must(append(lint, "--update-baseline"), exitClean, "0 added, 0 taken out")
	// Gone from the database, only an inspection takes it out.
	if _, err := conn.Exec(ctx, "drop table public.dashboard"); err != nil {
		t.Fatal(err)
	}
	must(inspect, exitFindings, "stale-baseline", "table public.dashboard")
	must(append(inspect, "--update-baseline"), exitClean, "0 added, 1 taken out")
	if after, _ := os.ReadFile(known); string(after) != string(before) {
		t.Errorf("the baseline is not what it was:\n%s\nwas\n%s", after, before)
	}

	// A fleet: the union is known, and one that is gone leaves the file alone.
	fleet := filepath.Join(t.TempDir(), "fleet.yaml")
	t.Setenv("POLICYLINT_TEST_ONE", dsn)
	write := func(text string) {
		if err := os.WriteFile(fleet, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"inspect", "--fleet", fleet, "--config", "../../rules.yaml", "--baseline", known, "--fail-on", "warning"}
	write("databases: [{name: one, env: POLICYLINT_TEST_ONE}]")
	must(args, exitClean, "no problems")
	must(append(args, "--update-baseline"), exitClean, "0 added, 0 taken out")
	write("databases: [{name: one, env: POLICYLINT_TEST_ONE}, {name: two, env: POLICYLINT_TEST_NONE}]")
	must(append(args, "--update-baseline"), exitFailure, "the baseline is left as it is")
}
