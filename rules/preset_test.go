package rules_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// TestCategories holds that each rule is in a category: those of a new folder
// name one, or category.go gives the folder its own.
func TestCategories(t *testing.T) {
	for _, r := range rules.All() {
		if !slices.Contains(rules.Categories(), r.Category) || r.Category == rules.CategoryCustom {
			t.Errorf("%s of folder %s has category %q: name one in the rule or give the folder its own in category.go", r.ID, r.Folder, r.Category)
		}
	}
}

func TestPresets(t *testing.T) {
	habit := reports("habit", rules.Warning, at("1.sql", 2))
	habit.From = rules.Strict
	review := reports("review", rules.Info, at("1.sql", 4))
	review.From = rules.Audit
	soft := &rules.Rule{ID: "soft", Severity: rules.Error, Check: func(p *rules.Pass) {
		f := p.ReportRef(catalog.Ref{Kind: "table", Name: "public.t"}, at("1.sql", 5), "public.t may be here")
		p.Soften(f, rules.Info)
	}}
	all := []*rules.Rule{reports("fault", rules.Error, at("1.sql", 1)), habit, reports("advice", rules.Info, at("1.sql", 3)), review, soft}
	recommended := []string{"1.sql:1 error fault"}
	strict := append(slices.Clone(recommended), "1.sql:2 warning habit", "1.sql:3 info advice", "1.sql:5 info soft")
	audit := slices.Insert(slices.Clone(strict), 3, "1.sql:4 info review")
	for _, test := range []struct {
		name   string
		config *rules.Config
		s      rules.Selection
		want   []string
	}{
		{"default", nil, rules.Selection{}, recommended},
		{"recommended", nil, rules.Selection{Preset: rules.Recommended}, recommended},
		{"strict", nil, rules.Selection{Preset: rules.Strict}, strict},
		{"audit", nil, rules.Selection{Preset: rules.Audit}, audit},
		{"configured", &rules.Config{Preset: rules.Strict}, rules.Selection{}, strict},
		{"the flag is stronger", &rules.Config{Preset: rules.Audit}, rules.Selection{Preset: rules.Recommended}, recommended},
		{"info is strict", nil, rules.Selection{Min: rules.Info}, strict},
		{"info is less than audit", &rules.Config{Preset: rules.Audit}, rules.Selection{Min: rules.Info}, audit},
		{"a preset milder than what is reported", nil, rules.Selection{Preset: rules.Audit, Min: rules.Error}, recommended},
		{
			"a severity is stronger than the preset",
			&rules.Config{Rules: map[string]rules.Setting{"review": {Severity: rules.Info, Given: true}, "fault": {Severity: rules.Off, Given: true}}},
			rules.Selection{}, []string{"1.sql:4 info review"},
		},
		{"one rule of another preset", nil, rules.Selection{Only: []string{"habit"}}, []string{"1.sql:2 warning habit"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if d := cmp.Diff(test.want, lines(rules.RunOf(all, catalog.New(), test.config, test.s).Findings)); d != "" {
				t.Error(d)
			}
		})
	}
}
