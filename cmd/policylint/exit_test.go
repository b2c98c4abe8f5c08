package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExitCodes holds the contract with scripts: which code, and where the
// message goes.
func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range map[string]string{
		".git/x": "", "bad.sql": "create table public.notes (id bigint primary key);", "good.sql": "create schema private;",
		"syntax.sql": "create tabel x;", "bad.yaml": "version: 3", "empty/x.txt": "",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		args string
		code int
	}{
		{"lint good.sql", exitClean},
		{"lint --fail-on never bad.sql", exitClean},
		{"catalog bad.sql", exitClean},
		{"catalog syntax.sql", exitClean},
		{"version", exitClean},
		{"", exitClean},
		{"lint bad.sql", exitFindings},
		{"lint syntax.sql", exitFindings},
		{"lint --output report.txt bad.sql", exitFindings},
		{"lnt", exitUsage},
		{"lint --nonsense", exitUsage},
		{"lint --format xml good.sql", exitUsage},
		{"lint --rule nonsense good.sql", exitUsage},
		{"lint --config bad.yaml good.sql", exitUsage},
		{"lint --config nowhere.yaml good.sql", exitUsage},
		{"lint --output nowhere/report.txt good.sql", exitUsage},
		{"explain nonsense", exitUsage},
		{"lint", exitFailure},
		{"lint nowhere.sql", exitFailure},
		{"lint empty", exitFailure},
		{"catalog nowhere.sql", exitFailure},
	} {
		t.Run(test.args, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			code := run(strings.Fields(test.args), strings.NewReader(""), &stdout, &stderr)
			if code != test.code {
				t.Errorf("exit code %d, want %d\n%s%s", code, test.code, stdout.String(), stderr.String())
			}
			if told := stderr.Len() > 0; told != (code >= exitUsage) {
				t.Errorf("with code %d standard error has %q", code, stderr.String())
			}
			for line := range strings.Lines(stderr.String()) {
				if !strings.HasPrefix(line, "policylint: ") {
					t.Errorf("line on standard error does not say who speaks: %q", line)
				}
			}
		})
	}
}
