package rules_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"policylint/inspect/catalog"
	"policylint/inspect/static"
	fixtures "policylint/migrations-fixtures"
	"policylint/rules"
)

// TestFixesStatic applies each suggested fix after the migrations, twice: the
// finding must be gone, and the server must not refuse the fix either time.
func TestFixesStatic(t *testing.T) {
	eachCase(t, func(t *testing.T, r *rules.Rule, c fixtures.Case) {
		if !c.Bad() {
			return
		}
		config := configure(t, c)
		before, err := static.Load(fixtures.FS, static.Options{Files: c.Files, Platform: variant(config)})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range judge(t, r, c, before, config).Findings {
			if f.Fix == "" {
				continue
			}
			fsys, files := fstest.MapFS{}, []string{}
			for _, file := range c.Files {
				fsys[file] = &fstest.MapFile{Data: []byte(text(t, file))}
				files = append(files, file)
			}
			for i := range 2 {
				name := fmt.Sprintf("fix%d.sql", i+1)
				fsys[name] = &fstest.MapFile{Data: []byte(f.Fix)}
				files = append(files, name)
			}
			after, err := static.Load(fsys, static.Options{Files: files, Platform: variant(config)})
			if err != nil {
				t.Fatal(err)
			}
			for _, fail := range after.Failures[len(before.Failures):] {
				t.Errorf("%s: the fix is refused in %s:%d: %s (%s)\n%s", f.Object, fail.Origin.File, fail.Origin.Line, fail.Message, fail.SQLState, f.Fix)
			}
			stays(t, r, c, after, config, f)
		}
	})
}

// stays reports a finding that is still there after its fix.
func stays(t *testing.T, r *rules.Rule, c fixtures.Case, after *catalog.Catalog, config *rules.Config, f *rules.Finding) {
	t.Helper()
	for _, g := range judge(t, r, c, after, config).Findings {
		if g.Fingerprint() == f.Fingerprint() && g.Message == f.Message {
			t.Errorf("%s: %s\nis still found after its fix:\n%s", f.Object, f.Message, f.Fix)
		}
	}
}
