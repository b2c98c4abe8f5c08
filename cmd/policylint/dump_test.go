package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// TestDriftOfDump compares the help desk's migrations with a dump that pg_dump
// made of its database after some edits by hand: drift names those, and
// nothing else.
func TestDriftOfDump(t *testing.T) {
	ctx := context.Background()
	const folder = helpDeskFolder + "/broken"
	conn := helpDeskServer(t, "broken")
	dump := func() []string {
		t.Helper()
		file := filepath.Join(t.TempDir(), "production.sql")
		args := []string{"--schema-only", "--file", file}
		for _, s := range []string{"auth", "storage", "realtime", "extensions", "supabase_migrations", "vault", "graphql*", "pgbouncer"} {
			args = append(args, "--exclude-schema", s)
		}
		program := pgtest.Program(t, "pg_dump")
		if out, err := exec.Command(program, append(args, pgtest.DSN(conn, platform.Admin))...).CombinedOutput(); err != nil {
			t.Fatalf("pg_dump: %v\n%s", err, out)
		}
		saved := filepath.Join(t.TempDir(), "production.json")
		if code, out := bare(t, "catalog", file, "--format", "json", "-o", saved); code != exitClean {
			t.Fatalf("catalog of the dump exits with %d:\n%s", code, out)
		}
		code, out := bare(t, "drift", folder, "--snapshot", saved, "--no-color")
		var rules []string
		for line := range strings.Lines(out) {
			if rule, ok := strings.CutPrefix(strings.TrimSpace(line), "rule: "); ok {
				rules = append(rules, strings.Fields(rule)[0])
			}
		}
		if code != exitClean && code != exitFindings {
			t.Errorf("drift exits with %d:\n%s", code, out)
		}
		if len(rules) > 0 && (!strings.Contains(out, "snapshot production.json") || strings.Contains(out, "second database")) {
			t.Errorf("the dump is not named:\n%s", out)
		}
		slices.Sort(rules)
		return rules
	}
	if got := dump(); len(got) > 0 {
		t.Errorf("the dump of what was just applied differs in %q", got)
	}
	for _, sql := range []string{
		`alter publication supabase_realtime drop table public.tickets`,
		`alter table public.profiles replica identity full`,
		`alter policy "activities are read by the ticket's client and by staff" on public.ticket_activities using (true)`,
		`alter table public.attachments disable row level security`,
		`grant insert on public.ticket_activities to anon`,
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"drift-grants", "drift-policies", "drift-publication", "drift-replica-identity", "drift-rls-flags"}
	if got := dump(); !slices.Equal(got, want) {
		t.Errorf("drift reports %q, want %q", got, want)
	}
}
