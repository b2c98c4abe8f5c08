package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// TestAdoption plays the first day of a stranger's project: 300 migrations, 200
// and more findings, switched on without mending anything. The next pull request
// that adds a fault fails at its line, one that adds none passes, and one that
// mends something is told so.
func TestAdoption(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GITHUB_BASE_REF", "")
	t.Setenv("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "")
	git := func(args ...string) {
		t.Helper()
		args = append([]string{"-c", "user.name=x", "-c", "user.email=x@example.com"}, args...)
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	write := func(n int, sql string) string {
		t.Helper()
		name := fmt.Sprintf("supabase/migrations/20250101%06d_step.sql", n)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(sql), 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for n := range 300 {
		table := fmt.Sprintf("public.t%d", n/3)
		switch n % 3 {
		case 0:
			write(n, fmt.Sprintf("create table %s (id bigint primary key, owner uuid);\n", table))
		case 1:
			write(n, fmt.Sprintf("alter publication supabase_realtime add table %s;\n", table))
		case 2:
			write(n, fmt.Sprintf("-- later\ncreate policy \"own rows\" on %s for select using (owner = auth.uid());\n", table))
		}
	}
	git("init", "-q", "-b", "main")
	git("add", "-A")
	git("commit", "-qm", "a project")

	lint := func(want int, args ...string) string {
		t.Helper()
		code, out := bare(t, append([]string{"lint"}, args...)...)
		if code != want {
			t.Errorf("lint %q exits with %d, want %d\n%.3000s", args, code, want, out)
		}
		return out
	}
	said := func(out string, parts ...string) {
		t.Helper()
		for _, p := range parts {
			if !strings.Contains(out, p) {
				t.Errorf("no %q in\n%.3000s", p, out)
			}
		}
	}
	lint(exitFindings)
	// One command switches it on.
	code, out := bare(t, "init", "--yes", "--baseline")
	if code != exitClean {
		t.Fatalf("init exits with %d\n%s", code, out)
	}
	known := 0
	if _, rest, ok := strings.Cut(out, "statements; "); !ok {
		t.Fatalf("init does not say what is known:\n%s", out)
	} else if _, err := fmt.Sscanf(rest, "%d known", &known); err != nil || known < 200 {
		t.Errorf("%d findings are known, %v: the project is not what it should be\n%s", known, err, out)
	}
	said(lint(exitClean, "--fail-on", "info"), "No problems in 300 files")
	git("add", "-A")
	git("commit", "-qm", "switch policylint on")

	// A pull request without a fault, and one with.
	git("checkout", "-qb", "harmless")
	write(300, "create schema private;\n\ncreate table private.jobs (id bigint primary key);\n")
	lint(exitClean, "--fail-on", "info")
	git("checkout", "-qb", "faulty")
	bad := write(301, "create schema more;\n\n-- a comment\ncreate table public.invoices (id bigint primary key);\n")
	for _, args := range [][]string{nil, {"--new-only"}} {
		out := lint(exitFindings, args...)
		said(out, bad+":4:1", "rule: rls-disabled ", "1 error in 302 files")
		if strings.Count(out, "  rule: ") != 1 {
			t.Errorf("with %q more than the fault is reported\n%.3000s", args, out)
		}
	}
	said(lint(exitFindings, "--format", "github"), "::error file="+bad+",line=4,")
	said(lint(exitFindings, "--format", "gitlab"), `"path": "`+bad+`"`, `"begin": 4`)
	said(lint(exitFindings, "--format", "junit"), `failures="1"`, bad+":4:1")
	said(lint(exitFindings, "--format", "markdown", "--new-only"), "`"+bad+":4:1`", "1 error")
	said(lint(exitFindings, "--format", "sarif"), `"baselineState": "new"`, `"baselineState": "unchanged"`)
	// Mended, it passes; and what it mends besides is said, with the entry that
	// the baseline no longer needs.
	write(302, "alter table public.invoices enable row level security;\ncreate policy p on public.invoices for select to authenticated using (id > 0);\nalter table public.t7 enable row level security;\n")
	said(lint(exitClean, "--new-only"), "3 changed files since main, fixes ", "baseline has rls-disabled for table public.t7, which is no longer found", "policylint-baseline.yaml:")
	lint(exitClean, "--update-baseline")
	said(lint(exitClean), "No problems in 303 files")
}

func TestInitAsks(t *testing.T) {
	for answer, want := range map[string]bool{"y\n": true, "YES\n": true, "\n": false, "n\n": false, "": false, "yes please\n": false} {
		var out bytes.Buffer
		err := ask(streams{strings.NewReader(answer), &out, &out}, "rules.yaml")
		if (err == nil) != want || !strings.Contains(out.String(), "rules.yaml is there already. Replace it? [y/N]") {
			t.Errorf("%q: %v\n%s", answer, err, out.String())
		}
	}
}

// TestInitFromDatabase looks at the help desk on a server: what it writes is
// what it writes from the migrations, but for their folder.
func TestInitFromDatabase(t *testing.T) {
	const folder = helpDeskFolder + "/fixed"
	conn := helpDeskServer(t, "fixed")
	dir := t.TempDir()
	read := func(args ...string) string {
		t.Helper()
		file := filepath.Join(dir, "rules.yaml")
		if code, out := bare(t, append([]string{"init", "--yes", "--output", file}, args...)...); code != exitClean {
			t.Fatalf("init %q exits with %d\n%s", args, code, out)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		config, err := readConfig(file, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(config.Realtime.Tables) != 3 || len(config.Claims) != 1 || len(config.Subjects) < 3 || config.Hook.Function.Name != "custom_access_token_hook" {
			t.Errorf("read back it is %+v", config)
		}
		head, _, _ := strings.Cut(string(text), "# The folder of migrations")
		_, tail, found := strings.Cut(string(text), "# The tables")
		if !found {
			t.Fatalf("no tables in\n%s", text)
		}
		head, _, _ = strings.Cut(head, "# The tables")
		return head + tail
	}
	if a, b := read(folder), read("--db", pgtest.DSN(conn, platform.Admin)); a != b {
		t.Errorf("from the migrations\n%s\nfrom the database\n%s", a, b)
	}
}
