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

// TestFleet inspects a sound database, one with a fault, one that is not there
// and one whose variable is not set: each is told apart, and none is lost.
func TestFleet(t *testing.T) {
	ctx := context.Background()
	good, bad := pgtest.Platform(t, platform.OldDefaults), pgtest.Platform(t, platform.OldDefaults)
	if _, err := bad.Exec(ctx, "create table public.notes (id bigint primary key)"); err != nil {
		t.Fatal(err)
	}
	t.Setenv("POLICYLINT_TEST_GOOD", pgtest.DSN(good, platform.Admin))
	file := filepath.Join(t.TempDir(), "fleet.yaml")
	text := "databases:\n- {name: sound, env: POLICYLINT_TEST_GOOD}\n- {name: faulty, db: \"" + strings.ReplaceAll(pgtest.DSN(bad, platform.Admin), `"`, `\"`) + "\"}\n" +
		"- {name: gone, db: \"postgres://someone:hunter2@127.0.0.1:1/none?connect_timeout=2\"}\n- {name: unset, env: POLICYLINT_TEST_UNSET}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(config, []byte("version: 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out := bare(t, "inspect", "--fleet", file, "--parallel", "2", "--config", config)
	for _, want := range []string{"== sound", "== faulty", "rule: rls-disabled", "== gone", "not read: ", "POLICYLINT_TEST_UNSET is not set", "\nsound   no problems\n", "\nfaulty  1 error\n", "\ngone    not read\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if code != exitFailure || strings.Contains(out, "hunter2") {
		t.Errorf("exit %d\n%s", code, out)
	}
	for _, format := range []string{"json", "sarif", "github", "html"} {
		code, out := bare(t, "inspect", "--fleet", file, "--format", format, "--config", config)
		if code != exitFailure || !strings.Contains(out, "rls-disabled") || !strings.Contains(out, "gone") || strings.Contains(out, "hunter2") {
			t.Errorf("%s: exit %d\n%s", format, code, out)
		}
	}
	for text, want := range map[string]string{
		"":                                      "no databases",
		"databases: [{env: A}]":                 "entry 1 has no name",
		"databases: [{name: a}]":                `database "a" needs either env or db`,
		"databases: [{name: a, env: A, db: b}]": `database "a" needs either env or db`,
		"databases: [{name: a, env: A}, {name: a, env: B}]":     "two databases are called",
		"databases: [{name: a, url: postgres://x:hunter2@y/z}]": "it is not a list",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out := bare(t, "inspect", "--fleet", file); code != exitUsage || !strings.Contains(out, want) || strings.Contains(out, "hunter2") {
			t.Errorf("%q: exit %d: %s", text, code, out)
		}
	}
	if code, _ := bare(t, "inspect", "--fleet", filepath.Join(t.TempDir(), "none.yaml")); code != exitUsage {
		t.Errorf("a missing file: exit %d", code)
	}
}
