package repo

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The most lines that a file may have.
const (
	maxRule = 120 // one rule
	maxFile = 300 // any other
)

const root = "../.."

// each runs f for every file of the repository that people write.
func each(t *testing.T, f func(name string, text []byte)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata" || name == "docs/rules"):
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if err == nil {
			f(name, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

func TestFileSizes(t *testing.T) {
	each(t, func(name string, text []byte) {
		if !strings.HasSuffix(name, ".go") || generated.Match(text) {
			return
		}
		most := maxFile
		if strings.HasPrefix(name, "rules/") && isRule(text) {
			most = maxRule
		}
		if n := strings.Count(string(text), "\n"); n > most {
			t.Errorf("%s has %d lines, at most %d may be: split it by what it is about", name, n, most)
		}
	})
}

func isRule(text []byte) bool { return strings.Contains(string(text), "= rules.Register(&rules.Rule{") }

var ruleID = regexp.MustCompile(`(?m)^\tID:\s+"([a-z0-9-]+)",$`)

// TestRuleFiles holds that a rule's file is named by its ID, and that it has
// its fixtures and its page.
func TestRuleFiles(t *testing.T) {
	each(t, func(name string, text []byte) {
		if !strings.HasPrefix(name, "rules/") || !isRule(text) {
			return
		}
		ids := ruleID.FindAllStringSubmatch(string(text), -1)
		if len(ids) != 1 {
			t.Errorf("%s declares %d rules: one rule, one file", name, len(ids))
			return
		}
		id := ids[0][1]
		if want := strings.ReplaceAll(id, "-", "_") + ".go"; path.Base(name) != want {
			t.Errorf("%s declares rule %s: call it %s", name, id, want)
		}
		for _, file := range []string{"migrations-fixtures/" + id, "docs/rules/" + id + ".md"} {
			own := strings.HasPrefix(name, "rules/drift/") || id == "logical-decoding-unavailable" || id == "stale-baseline" || id == "unused-index" || id == "unused-replication-slot"
			if own && strings.HasPrefix(file, "migrations-fixtures/") {
				continue // two catalogs, a server's settings and counters and a baseline cannot be shown by one history
			}
			if _, err := os.Stat(filepath.Join(root, file)); err != nil {
				t.Errorf("rule %s has no %s", id, file)
			}
		}
	})
}

// TestCategories holds that every folder of rules is imported by rules/all.
func TestCategories(t *testing.T) {
	all, err := os.ReadFile(filepath.Join(root, "rules/all/all.go"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(root, "rules"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && e.Name() != "all" && e.Name() != "testdata" && !strings.Contains(string(all), `"policylint/rules/`+e.Name()+`"`) {
			t.Errorf("rules/all does not import rules/%s", e.Name())
		}
	}
}

// TestNothingLeftOpen finds marks of work that was not finished.
func TestNothingLeftOpen(t *testing.T) {
	marks := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|X` + `XX)\b`)
	each(t, func(name string, text []byte) {
		if m := marks.Find(text); m != nil && !strings.HasSuffix(name, ".sum") {
			t.Errorf("%s has %s: finish it, or file it", name, m)
		}
	})
}

// TestPackageComments holds that a package's comment stands in one file: the
// one named like the package, or doc.go.
func TestPackageComments(t *testing.T) {
	comment := regexp.MustCompile(`(?m)^// (?:Package|Command) `)
	docs := map[string][]string{}
	each(t, func(name string, text []byte) {
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			head, _, _ := strings.Cut(string(text), "\npackage ")
			folder := path.Dir(name)
			docs[folder] = append(docs[folder], "")
			if comment.MatchString(head) {
				docs[folder][0] += path.Base(name) + " "
			}
		}
	})
	for folder, files := range docs {
		if n := len(strings.Fields(files[0])); n != 1 {
			t.Errorf("package %s has its comment in %d files: %s", folder, n, files[0])
		}
	}
}

func TestChangelog(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`(?m)^## (\[?Unreleased|\[?v?[0-9]+\.[0-9]+\.[0-9]+)`).Match(text) {
		t.Error("CHANGELOG.md has no section: add ## Unreleased")
	}
	for _, name := range []string{"LICENSE", "README.md", "rules.yaml", "Makefile", ".ci/run"} {
		if _, err := os.Stat(filepath.Join(root, name)); err != nil {
			t.Errorf("%s is missing", name)
		}
	}
}
