// Package repo checks the shape of this repository: who imports what, how long
// files are, and that names agree.
package repo

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A ban says who alone may import a package, and why.
type ban struct {
	imported string   // a package and what is below it, or, with $ at the end, it alone
	only     []string // folders with what is below them; test files are free
	why      string
}

var bans = []ban{
	{"github.com/pganalyze/pg_query_go", []string{"inspect/expr", "inspect/plpgsql", "inspect/static"},
		"its nodes differ by version of PostgreSQL: the rest sees normalised expressions and the catalog"},
	{"github.com/jackc/pgx", []string{"inspect/live", "cmd", "internal/pgtest"},
		"only one place opens connections, so that only one place has to be read-only"},
	{"github.com/pelletier/go-toml", []string{"inspect/project/toml"}, "part of what is used may change with a version: one place follows it"},
	{"github.com/tdewolff", []string{"inspect/project/js"}, "the rest sees values with places, not tokens"},
	{"policylint/inspect/live", []string{"cmd", "inspect/difftest"}, "rules and reports judge a catalog, wherever it came from"},
	{"policylint/inspect/static$", []string{"cmd", "inspect/difftest", "internal/lsp"}, "rules and reports judge a catalog, wherever it came from"},
	{"policylint/inspect/static/source", []string{"cmd", "inspect/static", "internal/lsp"}, "files are the static reader's business"},
	{"policylint/internal/report", []string{"cmd", "internal/lsp"}, "what is found does not know how it is shown"},
	{"policylint/rules", []string{"cmd", "rules", "internal/report", "internal/lsp", "internal/doctor"}, "data flows from the sources through the rules to the reports, never back"},
	{"policylint/internal/pgtest", []string{"inspect/difftest"}, "it is for tests"},
	{"modernc.org/quickjs", []string{"internal/dagre"}, "one place runs JavaScript, and only to lay out"},
	{"policylint/internal/dagre", []string{"internal/report"}, "a picture is a way to show what was found"},
	{"github.com/spf13/", []string{"cmd"}, "flags are the command's business"},
	{"log", []string{"cmd"}, "nothing below cmd logs"},
	{"log/slog", []string{"cmd"}, "nothing below cmd logs"},
	{"os", []string{"cmd", "internal/pgtest", "inspect/live", "internal/lsp"}, "nothing below cmd reads the environment or files that were not passed in"},
}

// allowed has what few packages may import at all, within this module.
var allowed = map[string][]string{
	"policylint/inspect/catalog": {"policylint/inspect/expr"},
	"policylint/inspect/expr":    {},
	"policylint/inspect/plpgsql": {"policylint/inspect/expr", "policylint/inspect/expr/parse"},
}

// imports lists the packages of the module with what they import, tests aside.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-e", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "policylint/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		if f := strings.Fields(line); len(f) > 0 {
			all[f[0]] = f[1:]
		}
	}
	return all
}

func TestImports(t *testing.T) {
	for pkg, imported := range imports(t) {
		folder := strings.TrimPrefix(pkg, "policylint/")
		for _, i := range imported {
			for _, b := range bans {
				if under(i, b.imported) && !under(pkg, strings.TrimSuffix(b.imported, "/")) && !slices.ContainsFunc(b.only, func(f string) bool { return under(folder, f) }) {
					t.Errorf("%s may not import %s: %s", pkg, i, b.why)
				}
			}
			if list, few := allowed[pkg]; few && strings.HasPrefix(i, "policylint/") && !under(i, pkg) && !slices.Contains(list, i) {
				t.Errorf("%s may not import %s: it stands below it", pkg, i)
			}
		}
	}
}

// under reports whether a path is another one or below it.
func under(path, top string) bool {
	if alone, ok := strings.CutSuffix(top, "$"); ok {
		return path == alone
	}
	return path == top || strings.HasPrefix(path, strings.TrimSuffix(top, "/")+"/")
}
