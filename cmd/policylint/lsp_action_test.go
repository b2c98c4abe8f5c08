package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/internal/lsp/lsptest"
)

// offered is a code action.
type offered struct {
	Title, Kind string
	Diagnostics []lsptest.Diagnostic
	Edit        struct {
		Changes map[string][]struct {
			Range   lsptest.Range
			NewText string
		}
	}
}

func (e *editor) actions(name string, line, character int, only ...string) []offered {
	e.t.Helper()
	at := lsptest.Position{Line: line, Character: character}
	context := lsptest.Object{"diagnostics": []any{}}
	if only != nil {
		context["only"] = only
	}
	var out []offered
	e.Call("textDocument/codeAction", lsptest.Object{
		"textDocument": lsptest.Object{"uri": e.uri(name)}, "range": lsptest.Range{Start: at, End: at}, "context": context,
	}, &out)
	return out
}

// apply carries out the action of that title on a text of ASCII.
func (e *editor) apply(name, text, title string, actions []offered) string {
	e.t.Helper()
	i := slices.IndexFunc(actions, func(a offered) bool { return a.Title == title })
	if i < 0 {
		e.t.Fatalf("no action %q in %+v", title, actions)
	}
	edits := actions[i].Edit.Changes[e.uri(name)]
	if len(edits) != 1 || len(actions[i].Diagnostics) != 1 || actions[i].Kind != "quickfix" {
		e.t.Fatalf("action %+v", actions[i])
	}
	at := edits[0].Range.Start
	if at != edits[0].Range.End {
		e.t.Fatalf("the action replaces %+v", edits[0].Range)
	}
	lines := strings.SplitAfter(text, "\n")
	before := strings.Join(lines[:at.Line], "") + lines[at.Line][:at.Character]
	return before + edits[0].NewText + text[len(before):]
}

// TestLSPActions carries out what is offered, and demands that the finding is
// gone then.
func TestLSPActions(t *testing.T) {
	const ignore, fix = "Ignore rls-disabled here, with a reason", "Insert the fix for rls-disabled below"
	const comment, sql = "-- policylint:ignore rls-disabled: reason\n", "\n\nalter table public.notes enable row level security;"
	do := "do $$ begin\n  create table public.notes (id uuid primary key);\nend $$;\n"
	for _, x := range []struct {
		name, text, action, want string
		line, character          int
	}{
		{"above", table, ignore, comment + table, 0, 3},
		{"below", table, fix, strings.TrimSuffix(table, "\n") + sql + "\n", 0, 3},
		{"indented", "  " + table, ignore, "  " + strings.TrimSuffix(comment, "\n") + "\n  " + table, 0, 3},
		{"behind another", "select 1; " + table, ignore, "select 1; \n" + comment + table, 0, 20},
		{"before another", strings.TrimSuffix(table, "\n") + " select 1;", fix, strings.TrimSuffix(table, "\n") + sql + "\n select 1;", 0, 20},
		{"before a comment", strings.TrimSuffix(table, "\n") + " -- notes;\n", fix, strings.TrimSuffix(table, "\n") + " -- notes;" + sql + "\n", 0, 20},
		{"semicolon far off", "create table public.notes (id uuid primary key) -- ;\n /* ; /* */ */ ;\n", fix, "create table public.notes (id uuid primary key) -- ;\n /* ; /* */ */ ;" + sql + "\n", 0, 9},
		{"no semicolon", "create table public.notes (id uuid primary key)\n", fix, strings.TrimSuffix(table, "\n") + sql + "\n", 0, 9},
		{"in a block", do, ignore, comment + do, 1, 9},
		{"below a block", do, fix, strings.TrimSuffix(do, "\n") + sql + "\n", 1, 9},
		{"on a later line", "create table public.notes\n(id uuid primary key);\n", ignore, comment + "create table public.notes\n(id uuid primary key);\n", 1, 2},
	} {
		t.Run(x.name, func(t *testing.T) {
			for _, eol := range []string{"\n", "\r\n"} {
				text, want := strings.ReplaceAll(x.text, "\n", eol), strings.ReplaceAll(x.want, "\n", eol)
				if eol == "\r\n" && !strings.Contains(x.text, "\n") {
					continue // a text without line ends says nothing of them
				}
				e := openEditor(t, map[string]string{m1: ""})
				e.open(m1, text)
				got := e.apply(m1, text, x.action, e.actions(m1, x.line, x.character))
				if d := cmp.Diff(want, got); d != "" {
					t.Fatalf("(-want +got):\n%s", d)
				}
				e.change(m1, got)
				e.Settle()
				for _, d := range e.Of(e.uri(m1)).Diagnostics {
					if d.Code == "rls-disabled" || d.Severity == 1 {
						t.Errorf("after it, there is %+v", d)
					}
				}
			}
		})
	}
}

func TestLSPActionsNone(t *testing.T) {
	e := openEditor(t, map[string]string{m1: table})
	if got := e.actions(m1, 0, 3); len(got) != 0 {
		t.Errorf("for a file that is not open: %+v", got)
	}
	e.open(m1, table+"select 1;\nselec")
	for _, got := range [][]offered{e.actions(m1, 1, 3), e.actions(m1, 0, 3, "refactor"), e.actions("none.sql", 0, 0)} {
		if len(got) != 0 {
			t.Errorf("got %+v", got)
		}
	}
	if got := e.actions(m1, 0, 3, "quickfix"); len(got) != 2 {
		t.Errorf("for quick fixes only: %+v", got)
	}
	got := e.actions(m1, 2, 1)
	if len(got) != 1 || got[0].Title != "Ignore syntax-error here, with a reason" {
		t.Errorf("for a statement without a fix: %+v", got)
	}
}

// TestLSPConfigTOML puts findings at config.toml, and comments of its kind.
func TestLSPConfigTOML(t *testing.T) {
	const toml = "supabase/config.toml"
	text := "[auth]\nsite_url = \"https://help.example.com\"\nadditional_redirect_urls = [\n  \"https://*.vercel.app/**\",\n]\n"
	e := openEditor(t, map[string]string{m1: "", toml: text})
	e.open(toml, text)
	e.want(toml, "3:2-3:27 redirect-wildcard")
	got := e.apply(toml, text, "Ignore redirect-wildcard here, with a reason", e.actions(toml, 3, 5))
	e.write(toml, got)
	e.change(toml, got)
	e.tell("didSave", toml)
	e.want(toml)
}

func TestLSPHover(t *testing.T) {
	e := openEditor(t, map[string]string{m1: table + "select 1;\n-- policylint:ignore policy-recursion: no\nselect 2;\n-- policy-recursion\n", "rules.yaml": "version: 1\nrules: {policy-recursion: off}\n"})
	e.open("rules.yaml", "version: 1\nrules: {policy-recursion: off}\n")
	hover := func(name string, line, character int) (kind, value string) {
		var h *struct {
			Contents struct{ Kind, Value string }
			Range    *lsptest.Range
		}
		e.Call("textDocument/hover", lsptest.Object{"textDocument": lsptest.Object{"uri": e.uri(name)}, "position": lsptest.Position{Line: line, Character: character}}, &h)
		if h == nil {
			return "", ""
		}
		if h.Range == nil || h.Range.Start.Line != line {
			t.Errorf("hover at line %d has the range %+v", line, h.Range)
		}
		return h.Contents.Kind, h.Contents.Value
	}
	kind, page := hover(m1, 0, 5)
	for _, part := range []string{"### rls-disabled\n", "**Fix**", "enable row level security", "<https://"} {
		if !strings.Contains(page, part) || kind != "markdown" {
			t.Errorf("the page has no %q:\n%s", part, page)
		}
	}
	for _, at := range [][2]int{{1, 3}, {4, 8}} {
		if _, page := hover(m1, at[0], at[1]); page != "" {
			t.Errorf("hover at %v: %s", at, page)
		}
	}
	if _, page := hover(m1, 2, 30); !strings.HasPrefix(page, "### policy-recursion\n") {
		t.Errorf("hover on the rule of a comment: %s", page)
	}
	if _, page := hover("rules.yaml", 1, 12); !strings.HasPrefix(page, "### policy-recursion\n") {
		t.Errorf("hover on a rule of rules.yaml: %s", page)
	}
}
