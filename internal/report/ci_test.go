package report_test

import (
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/joshdk/go-junit"

	"policylint/inspect/catalog"
	"policylint/internal/report"
	"policylint/rules"
)

// fleet is one database with findings, one without, and one that is not there.
func fleet(res *rules.Result) []report.Member {
	db := *res
	db.Source = catalog.Source{Kind: catalog.Database, Database: "helpdesk"}
	db.Findings = nil
	for _, f := range res.Findings {
		g := *f
		g.Origin, g.Related = catalog.Origin{}, nil
		db.Findings = append(db.Findings, &g)
	}
	return []report.Member{
		{Name: "production", Result: &db},
		{Name: "a`b|<c>@team", Result: &rules.Result{Source: catalog.Source{Kind: catalog.Database, Database: "x"}}},
		{Name: "gone", Err: "connect: no such host #12"},
	}
}

func TestGitLab(t *testing.T) {
	for name, write := range map[string]func(io.Writer) error{
		"report.gitlab.json":  func(w io.Writer) error { return report.GitLab(w, sample()) },
		"hostile.gitlab.json": func(w io.Writer) error { return report.GitLab(w, hostile()) },
		"fleet.gitlab.json":   func(w io.Writer) error { return report.FleetGitLab(w, fleet(sample())) },
	} {
		out := golden(t, name, write)
		// GitLab stops reading at the first entry that its schema
		// (app/validators/json_schemas/codeclimate.json) does not take.
		validate(t, schema(t, filepath.Join("testdata", "gitlab.schema.json")), out)
		var issues []struct {
			Fingerprint, Severity string
			Location              struct{ Path string }
		}
		if err := json.Unmarshal(out, &issues); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, i := range issues {
			if seen[i.Fingerprint] {
				t.Errorf("%s: fingerprint %s is there twice: GitLab would show one of them", name, i.Fingerprint)
			}
			seen[i.Fingerprint] = true
			if strings.HasPrefix(i.Location.Path, "./") || filepath.IsAbs(i.Location.Path) {
				t.Errorf("%s: path %s is not relative to the repository", name, i.Location.Path)
			}
		}
		if len(issues) == 0 {
			t.Errorf("%s has no issues", name)
		}
	}
	if out := golden(t, "empty.gitlab.json", func(w io.Writer) error { return report.GitLab(w, &rules.Result{}) }); string(out) != "[]\n" {
		t.Errorf("nothing found is %q, not an empty list", out)
	}
}

func TestJUnit(t *testing.T) {
	sample := func() *rules.Result {
		r := sample()
		r.Ran = append(r.Ran, &rules.Rule{ID: "quiet", Category: "rls", Title: "Rule that found nothing"})
		r.Crashed = []string{"broken"}
		return r
	}
	for _, test := range []struct {
		name                          string
		write                         func(io.Writer) error
		failed, passed, skipped, errs int
	}{
		{"report.junit.xml", func(w io.Writer) error { return report.JUnit(w, sample(), rules.Error) }, 2, 3, 1, 1},
		{"warning.junit.xml", func(w io.Writer) error { return report.JUnit(w, sample(), rules.Warning) }, 3, 2, 1, 1},
		{"hostile.junit.xml", func(w io.Writer) error { return report.JUnit(w, hostile(), rules.Error) }, 1, 0, 1, 0},
		{"fleet.junit.xml", func(w io.Writer) error { return report.FleetJUnit(w, fleet(sample()), rules.Error) }, 2, 3, 1, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := golden(t, test.name, test.write)
			suites, err := junit.Ingest(out)
			if err != nil {
				t.Fatal(err)
			}
			var got [4]int
			names := map[string]bool{}
			for _, s := range suites {
				for i, n := range []int{s.Totals.Failed, s.Totals.Passed, s.Totals.Skipped, s.Totals.Error} {
					got[i] += n
				}
				for _, c := range s.Tests {
					if id := s.Name + c.Classname + c.Name; names[id] {
						t.Errorf("two cases are called %q", id)
					} else {
						names[id] = true
					}
				}
			}
			if want := [4]int{test.failed, test.passed, test.skipped, test.errs}; got != want {
				t.Errorf("failed, passed, skipped, errors: %v, want %v", got, want)
			}
		})
	}
}
