package rules_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// at is a statement of one line.
func at(file string, line int) catalog.Origin {
	return catalog.Origin{File: file, Line: line, Column: 1, EndLine: line, EndColumn: 20}
}

// reports is a rule that reports these places, about table public.t.
func reports(id string, s rules.Severity, places ...catalog.Origin) *rules.Rule {
	return &rules.Rule{ID: id, Category: rules.CategorySecurity, Severity: s, Check: func(p *rules.Pass) {
		for _, at := range places {
			p.ReportRef(catalog.Ref{Kind: "table", Name: "public.t"}, at, "public.t is here")
		}
	}}
}

// lines is a run's findings, one line each.
func lines(findings []*rules.Finding) []string {
	out := []string{}
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%s:%d %s %s", f.Origin.File, f.Origin.Line, f.Severity, f.Rule.ID))
	}
	return out
}

func TestRunOrder(t *testing.T) {
	all := []*rules.Rule{
		reports("b", rules.Error, at("2.sql", 1), at("1.sql", 10), at("1.sql", 9), catalog.Origin{}),
		reports("a", rules.Warning, at("1.sql", 9)),
	}
	res := rules.RunOf(all, catalog.New(), nil, rules.Selection{})
	want := []string{"1.sql:9 warning a", "1.sql:9 error b", "1.sql:10 error b", "2.sql:1 error b", ":0 error b"}
	if d := cmp.Diff(want, lines(res.Findings)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(rules.Summary{Error: 4, Warning: 1}, res.Summary); d != "" {
		t.Error(d)
	}
}

func TestRunSelection(t *testing.T) {
	all := []*rules.Rule{
		reports("e", rules.Error, at("1.sql", 1)),
		reports("i", rules.Info, at("1.sql", 2)),
		reports("w", rules.Warning, at("1.sql", 3)),
	}
	given := func(id string, s rules.Severity) *rules.Config {
		return &rules.Config{Rules: map[string]rules.Setting{id: {Severity: s, Given: true}}}
	}
	for _, test := range []struct {
		name   string
		config *rules.Config
		s      rules.Selection
		want   []string
	}{
		{"default", nil, rules.Selection{}, []string{"1.sql:1 error e", "1.sql:3 warning w"}},
		{"info asked for", nil, rules.Selection{Min: rules.Info}, []string{"1.sql:1 error e", "1.sql:2 info i", "1.sql:3 warning w"}},
		{"info configured", given("i", rules.Info), rules.Selection{}, []string{"1.sql:1 error e", "1.sql:2 info i", "1.sql:3 warning w"}},
		{"info raised", given("i", rules.Error), rules.Selection{Min: rules.Error}, []string{"1.sql:1 error e", "1.sql:2 error i"}},
		{"only errors", nil, rules.Selection{Min: rules.Error}, []string{"1.sql:1 error e"}},
		{"one rule", nil, rules.Selection{Only: []string{"i"}}, []string{"1.sql:2 info i"}},
		{"one rule that is off", given("w", rules.Off), rules.Selection{Only: []string{"w"}}, []string{"1.sql:3 warning w"}},
		{"off", given("w", rules.Off), rules.Selection{}, []string{"1.sql:1 error e"}},
		{"all but one", nil, rules.Selection{Except: []string{"e"}}, []string{"1.sql:3 warning w"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if d := cmp.Diff(test.want, lines(rules.RunOf(all, catalog.New(), test.config, test.s).Findings)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestRunCrash(t *testing.T) {
	all := []*rules.Rule{
		{ID: "crashes", Severity: rules.Error, Check: func(p *rules.Pass) { var s []int; s[len(p.Failures)] = 1 }},
		reports("works", rules.Error, at("1.sql", 1)),
	}
	res := rules.RunOf(all, catalog.New(), nil, rules.Selection{})
	if d := cmp.Diff([]string{"1.sql:1 error works"}, lines(res.Findings)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"crashes"}, res.Crashed); d != "" {
		t.Error(d)
	}
	if len(res.Gaps) != 1 || res.Gaps[0].Object.String() != "rule crashes" {
		t.Errorf("no gap for the crash: %v", res.Gaps)
	}
}

func TestRunNeeds(t *testing.T) {
	all := []*rules.Rule{
		{ID: "database", Severity: rules.Error, Needs: rules.NeedsDatabase, Check: func(*rules.Pass) { t.Error("ran without a database") }},
		{ID: "gives-up", Severity: rules.Error, Check: func(p *rules.Pass) { p.Skip("nothing to go by") }},
		{ID: "notes", Severity: rules.Error, Check: func(p *rules.Pass) { p.Note("b"); p.Note("a"); p.Note("b") }},
	}
	c := catalog.New()
	c.Source.Kind = catalog.Migrations
	res := rules.RunOf(all, c, nil, rules.Selection{})
	var got []string
	for _, s := range res.Skipped {
		got = append(got, s.Rule.ID+": "+s.Reason)
	}
	if d := cmp.Diff([]string{"database: needs a running database", "gives-up: nothing to go by"}, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"a", "b"}, res.Notes); d != "" {
		t.Error(d)
	}
}

func TestRunOptions(t *testing.T) {
	type options struct{ Max int }
	var got any
	r := &rules.Rule{
		ID: "o", Severity: rules.Error, Options: func() any { return &options{Max: 3} },
		Check: func(p *rules.Pass) { got = p.Options },
	}
	rules.RunOf([]*rules.Rule{r}, catalog.New(), nil, rules.Selection{})
	if d := cmp.Diff(&options{3}, got); d != "" {
		t.Error(d)
	}
}
