package rules_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// directive is a comment in a line before the statement in the next.
func directive(line int, reason string, ids ...string) catalog.Directive {
	return catalog.Directive{Rules: ids, Reason: reason, Origin: at("1.sql", line), Target: at("1.sql", line+1)}
}

func TestIgnores(t *testing.T) {
	everywhere := catalog.Directive{Rules: []string{"rls-disabled"}, Reason: "legacy", WholeFile: true, Origin: at("2.sql", 7)}
	malformed := catalog.Directive{Malformed: "no rule", Origin: at("1.sql", 30)}
	for _, test := range []struct {
		name       string
		directives []catalog.Directive
		ignores    []rules.Ignore
		selection  rules.Selection
		kept       int
		idle       []string
	}{
		{name: "none", kept: 3},
		{name: "next statement", directives: []catalog.Directive{directive(9, "why", "rls-disabled")}, kept: 2},
		{name: "whole file", directives: []catalog.Directive{everywhere}, kept: 2},
		{name: "other statement", directives: []catalog.Directive{directive(15, "why", "rls-disabled")}, kept: 3,
			idle: []string{"ignore of rls-disabled covers no finding of that rule"}},
		{name: "no reason", directives: []catalog.Directive{{Rules: []string{"rls-disabled"}, Malformed: "no reason is given", Origin: at("1.sql", 9), Target: at("1.sql", 10)}},
			kept: 3, idle: []string{"ignore of rls-disabled covers nothing: no reason is given"}},
		{name: "no such rule", directives: []catalog.Directive{directive(9, "why", "rls-disable")}, kept: 3,
			idle: []string{`ignore names an unknown rule "rls-disable": did you mean "rls-disabled"?`}},
		{name: "one of two rules unused", directives: []catalog.Directive{directive(9, "why", "rls-disabled", "syntax-error")}, kept: 2,
			idle: []string{"ignore of syntax-error covers no finding of that rule"}},
		{name: "rule that did not run", directives: []catalog.Directive{directive(15, "why", "policy-recursion")}, kept: 3},
		{name: "malformed", directives: []catalog.Directive{malformed}, kept: 3, idle: []string{"policylint comment is not understood: no rule"}},
		{name: "by object", ignores: []rules.Ignore{{Rule: "rls-disabled", Object: "table public.t", Reason: "x"}}},
		{name: "by wildcard", ignores: []rules.Ignore{{Rule: "rls-disabled", Object: "table pub*", Reason: "x"}}},
		{name: "by file", ignores: []rules.Ignore{{Rule: "rls-disabled", File: "2.*", Reason: "x"}}, kept: 2},
		{name: "by folder and file", ignores: []rules.Ignore{{Rule: "rls-disabled", File: "db/**", Reason: "x"}}, kept: 3,
			idle: []string{"ignore of rls-disabled for db/** covers no finding"}},
		{name: "unused entry", ignores: []rules.Ignore{{Rule: "rls-disabled", Object: "table public.u", Reason: "x"}}, kept: 3,
			idle: []string{"ignore of rls-disabled for table public.u covers no finding"}},
		{name: "unused entry of another part", ignores: []rules.Ignore{{Rule: "rls-disabled", Object: "table public.u", Reason: "x"}},
			selection: rules.Selection{Partial: true}, kept: 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := catalog.New()
			c.Directives = test.directives
			var idle []string
			last := &rules.Rule{ID: "unused-ignore", Severity: rules.Warning, Last: true, Check: func(p *rules.Pass) {
				for _, i := range p.IdleIgnores() {
					idle = append(idle, i.Message)
				}
			}}
			all := []*rules.Rule{
				last, reports("rls-disabled", rules.Error, at("1.sql", 10), at("1.sql", 20), at("2.sql", 1)), reports("syntax-error", rules.Error),
			}
			res := rules.RunOf(all, c, &rules.Config{Ignores: test.ignores}, test.selection)
			if len(res.Findings) != test.kept || len(res.Findings)+len(res.Suppressed) != 3 {
				t.Errorf("kept %v, suppressed %v", lines(res.Findings), lines(res.Suppressed))
			}
			if d := cmp.Diff(test.idle, idle); d != "" {
				t.Error(d)
			}
			for _, f := range res.Suppressed {
				if f.Suppressed == nil || f.Suppressed.InSource != (test.directives != nil) {
					t.Errorf("suppression is %v", f.Suppressed)
				}
			}
		})
	}
}

func TestSuggest(t *testing.T) {
	known := []string{"rls-disabled", "policy-recursion"}
	for word, want := range map[string]string{
		"rls_disabled": "rls-disabled", "RLS-Disabled": "rls-disabled", "policy-recurion": "policy-recursion",
		"": "", "something-else-entirely": "",
	} {
		if got := rules.Suggest(word, known); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", word, got, want)
		}
	}
	if m := (*rules.Config)(nil).UnknownRule("a\x1b[31m" + strings.Repeat("x", 100)); strings.Contains(m, "\x1b") || len(m) > 160 {
		t.Errorf("message shows what it should not: %q", m)
	}
}
