package rules_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/rules"
)

func TestNarrow(t *testing.T) {
	ref := func(name string, at catalog.Origin) func(*rules.Pass) {
		return func(p *rules.Pass) { p.ReportRef(catalog.Ref{Kind: "table", Name: name}, at, name) }
	}
	run := func(checks ...func(*rules.Pass)) *rules.Result {
		return rules.RunOf([]*rules.Rule{{ID: "r", Severity: rules.Error, Check: func(p *rules.Pass) {
			for _, c := range checks {
				c(p)
			}
		}}}, catalog.New(), nil, rules.Selection{})
	}
	base := run(ref("old", at("1.sql", 1)), ref("mended", at("1.sql", 2)), ref("edited", at("2.sql", 1)), ref("nowhere", catalog.Origin{}), ref("twice", at("1.sql", 3)))
	res := run(ref("old", at("1.sql", 1)), ref("edited", at("2.sql", 1)), ref("nowhere", catalog.Origin{}), ref("twice", at("1.sql", 3)),
		ref("twice", at("1.sql", 4)), ref("new", at("3.sql", 1)), ref("caused elsewhere", at("1.sql", 9)), ref("new nowhere", catalog.Origin{}))
	res.Narrow(&rules.Since{Ref: "main"}, base, func(f string) bool { return f == "2.sql" || f == "3.sql" })
	names := func(findings []*rules.Finding) (out []string) {
		for _, f := range findings {
			out = append(out, f.Message)
		}
		return out
	}
	for what, x := range map[string][2][]string{
		"reported":  {{"twice", "caused elsewhere", "edited", "new", "new nowhere"}, names(res.Findings)},
		"elsewhere": {{"old", "twice", "nowhere"}, names(res.Since.Elsewhere)},
		"fixed":     {{"mended"}, names(res.Since.Fixed)},
	} {
		if d := cmp.Diff(x[0], x[1]); d != "" {
			t.Errorf("%s: %s", what, d)
		}
	}
	if res.Summary.Error != 5 {
		t.Errorf("%d errors are counted", res.Summary.Error)
	}
}
