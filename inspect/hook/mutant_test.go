package hook_test

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"policylint/inspect/hook"
	"policylint/inspect/static"
)

// TestMutants interprets every hook with one line of it left out, from
// migrations: whatever comes of it, nothing panics, and it ends.
func TestMutants(t *testing.T) {
	setup := read(t, "testdata/setup.sql")
	files, err := filepath.Glob("testdata/hooks/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		lines := strings.Split(read(t, file), "\n")
		for i := range lines {
			without := strings.Join(append(append([]string{}, lines[:i]...), lines[i+1:]...), "\n")
			interpretText(t, setup+without)
		}
	}
}

func interpretText(t *testing.T, sql string) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("panic: %v\n%s", r, sql)
		}
	}()
	cat, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(sql)}}, static.Options{Files: []string{"1.sql"}})
	if err != nil {
		t.Fatal(err)
	}
	for o := range cat.Functions.All() {
		for _, f := range o.Functions {
			if !f.Platform && strings.HasPrefix(f.Name.Name, "custom_access_token_hook") {
				hook.Interpret(cat, f, hook.Options{})
				hook.Interpret(cat, f, hook.Meant)
			}
		}
	}
}
