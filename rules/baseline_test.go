package rules_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// about is a rule that reports a place of each of these objects.
func about(id string, s rules.Severity, objects ...string) *rules.Rule {
	return &rules.Rule{ID: id, Category: "rls", Severity: s, Check: func(p *rules.Pass) {
		for i, o := range objects {
			kind, name, _ := strings.Cut(o, " ")
			p.ReportRef(catalog.Ref{Kind: kind, Name: name}, at("1.sql", i+1), o+" is here")
		}
	}}
}

func baseline(t *testing.T, text string) *rules.Baseline {
	t.Helper()
	b, err := rules.ReadBaseline("known.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// judged is the run of rules over nothing, with a baseline; the rule about
// stale entries runs as well.
func judgedBy(b *rules.Baseline, s rules.Selection, kind catalog.SourceKind, all ...*rules.Rule) *rules.Result {
	stale, _ := rules.ByID("stale-baseline")
	c := catalog.New()
	c.Source.Kind = kind
	s.Baseline = b
	return rules.RunOf(append(all, stale), c, nil, s)
}

func TestBaseline(t *testing.T) {
	const two = "version: 1\nfindings:\n  rls-disabled:\n    - table public.a\n    - {object: table public.b, count: 2}\n"
	disabled := func(objects ...string) *rules.Rule { return about("rls-disabled", rules.Error, objects...) }
	for _, test := range []struct {
		name, text string
		selection  rules.Selection
		kind       catalog.SourceKind
		rules      []*rules.Rule
		new, stale []string
		known      int
	}{
		{name: "all known", text: two, rules: []*rules.Rule{disabled("table public.a", "table public.b", "table public.b")}, known: 3},
		{name: "another object", text: two, rules: []*rules.Rule{disabled("table public.a", "table public.b", "table public.b", "table public.c")}, known: 3,
			new: []string{"1.sql:4 error rls-disabled"}},
		{name: "one more than known: the last is new", text: two, rules: []*rules.Rule{disabled("table public.b", "table public.b", "table public.a", "table public.b")}, known: 3,
			new: []string{"1.sql:4 error rls-disabled"}},
		{name: "gone", text: two, rules: []*rules.Rule{disabled("table public.b", "table public.b")}, known: 2,
			stale: []string{"baseline has rls-disabled for table public.a, which is no longer found"}},
		{name: "one of two left", text: two, rules: []*rules.Rule{disabled("table public.a", "table public.b")}, known: 2,
			stale: []string{"baseline has rls-disabled for table public.b 2 times, of which 1 are left"}},
		{name: "rule that did not run", text: two, rules: []*rules.Rule{about("x", rules.Error)}},
		{name: "part of the project", text: two, selection: rules.Selection{Partial: true}, rules: []*rules.Rule{disabled()}},
		{name: "no rule of that name", text: "version: 1\nfindings: {rls-off: [table public.a]}", rules: []*rules.Rule{disabled()},
			stale: []string{"baseline has rls-off for table public.a, which is no longer found"}},
		{name: "too mild to be reported", text: "version: 1\nfindings: {rls-disabled: [table public.a]}", rules: []*rules.Rule{{
			ID: "rls-disabled", Severity: rules.Error, Check: func(p *rules.Pass) {
				p.ReportRef(catalog.Ref{Kind: "table", Name: "public.a"}, at("1.sql", 1), "m").Severity = rules.Info
			}}}},
		{name: "of a database, in migrations", text: "version: 1\nfindings: {rls-disabled: [{object: table public.a, source: database}]}", rules: []*rules.Rule{disabled()}},
		{name: "of migrations, in a database", text: two, kind: catalog.Database, rules: []*rules.Rule{disabled()}},
		{name: "of a database, gone there", text: "version: 1\nfindings: {rls-disabled: [{object: table public.a, source: database}]}", kind: catalog.Database, rules: []*rules.Rule{disabled()},
			stale: []string{"baseline has rls-disabled for table public.a, which is no longer found"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.kind == "" {
				test.kind = catalog.Migrations
			}
			res := judgedBy(baseline(t, test.text), test.selection, test.kind, test.rules...)
			var found, stale []string
			for _, f := range res.Findings {
				if f.Rule.ID == "stale-baseline" {
					stale = append(stale, f.Message)
					if f.Origin.File != "known.yaml" || f.Origin.Line < 2 {
						t.Errorf("stale entry at %+v", f.Origin)
					}
				} else {
					found = append(found, lines([]*rules.Finding{f})...)
				}
			}
			if d := cmp.Diff(test.new, found); d != "" {
				t.Errorf("new findings: %s", d)
			}
			if d := cmp.Diff(test.stale, stale); d != "" {
				t.Errorf("stale entries: %s", d)
			}
			if len(res.Baselined) != test.known {
				t.Errorf("%d are known, want %d", len(res.Baselined), test.known)
			}
		})
	}
}

func TestUpdateBaseline(t *testing.T) {
	old := baseline(t, `version: 1
findings:
  policy-recursion: [table public.kept]
  rls-disabled:
    - table public.gone
    - table public.a
    - {object: table public.live, source: database}
`)
	hostile := "table public.\"x: y\n# {z}\""
	res := judgedBy(old, rules.Selection{}, catalog.Migrations, about("rls-disabled", rules.Error, "table public.b", "table public.a", hostile, hostile))
	b := rules.UpdateBaseline(old, "known.yaml", nil, res)
	if b.Added != 2 || b.Removed != 1 {
		t.Errorf("%d are said to be added, %d taken out", b.Added, b.Removed)
	}
	text, err := b.Text()
	if err != nil {
		t.Fatal(err)
	}
	const want = `version: 1
findings:
  policy-recursion:
    - table public.kept
  rls-disabled:
    - {object: "table public.\"x: y\n# {z}\"", count: 2}
    - table public.a
    - table public.b
    - {object: table public.live, source: database}
`
	if _, body, _ := strings.Cut(string(text), "again.\n"); body != want {
		t.Errorf("the file is\n%s\nwant\n%s", text, want)
	}
	back := baseline(t, string(text))
	if d := cmp.Diff(b, back, cmpopts.IgnoreFields(rules.BaselineEntry{}, "Origin"), cmpopts.IgnoreFields(rules.Baseline{}, "Added", "Removed")); d != "" {
		t.Errorf("read back it differs: %s", d)
	}
	again := judgedBy(back, rules.Selection{}, catalog.Migrations, about("rls-disabled", rules.Error, "table public.b", "table public.a", hostile, hostile))
	if len(again.Findings) != 0 || len(again.Baselined) != 4 {
		t.Errorf("with it %d are new, %d known", len(again.Findings), len(again.Baselined))
	}

	// A part of the project, or another source, takes nothing out.
	part := judgedBy(old, rules.Selection{Partial: true}, catalog.Migrations, about("rls-disabled", rules.Error))
	live := judgedBy(old, rules.Selection{}, catalog.Database, about("rls-disabled", rules.Error, "table public.live"))
	for _, r := range []*rules.Result{part, live} {
		if n := len(rules.UpdateBaseline(old, "known.yaml", nil, r).Entries); n != 4 {
			t.Errorf("%d entries are left of 4", n)
		}
	}
	// Found in migrations as well, it is no longer the database's alone.
	both := judgedBy(old, rules.Selection{}, catalog.Migrations, about("rls-disabled", rules.Error, "table public.live"))
	for _, e := range rules.UpdateBaseline(old, "known.yaml", nil, both).Entries {
		if e.Database {
			t.Errorf("%+v", e)
		}
	}
	if text, err := (&rules.Baseline{}).Text(); err != nil || !strings.HasSuffix(string(text), "findings: {}\n") {
		t.Errorf("an empty one: %v\n%s", err, text)
	}
}

func TestReadBaselineFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "1:1: empty: it needs at least `version: 1`",
		"findings: {}":                      "1:1: no version: add `version: 1`",
		"version: 2":                        "1:10: version is not 1: write the baseline anew with `policylint lint --update-baseline`",
		"version: 1\nfindigns: {}":          `2:1: unknown key "findigns" in the baseline: did you mean "findings"?`,
		"version: 1\nfindings: []":          "2:11: findings is a list, not a mapping of keys to values",
		"version: 1\nfindings: {a: b}":      `2:15: findings of a is a text, not a list`,
		"version: 1\nfindings: {a: [t, t]}": "2:19: t is there twice: write it once, with `count: 2` if it is found twice",
		"version: 1\nfindings: {a: [{count: 2}]}":                     "2:16: entry without an object: add `object: table public.…`",
		"version: 1\nfindings: {a: [{object: t, count: 0}]}":          "2:35: count is not a number from 1 on",
		"version: 1\nfindings: {a: [{object: t, source: migration}]}": `2:36: unknown source "migration": use database`,
		"<<<<<<< HEAD\nversion: 1":                                    "2:1: invalid YAML",
	} {
		_, err := rules.ReadBaseline("b.yaml", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), "b.yaml:"+want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
