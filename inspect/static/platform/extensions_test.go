package platform_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

func TestExtensionNames(t *testing.T) {
	names := platform.ExtensionNames()
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Error("extensions are not sorted, or one is there twice")
	}
	for _, n := range names {
		e, ok := platform.FindExtension(n)
		if !ok {
			t.Errorf("%s is not found", n)
		}
		for _, r := range e.Requires {
			if _, ok := platform.FindExtension(r); !ok {
				t.Errorf("%s requires %s, which is not known", n, r)
			}
		}
	}
	var installed []platform.Extension
	for _, n := range names {
		if e, _ := platform.FindExtension(n); e.Installed {
			installed = append(installed, platform.Extension{Name: n, Schema: e.Schema, Installed: true})
		}
	}
	if diff := cmp.Diff(installed, platform.Installed()); diff != "" || len(installed) < 4 {
		t.Error(diff)
	}
	for _, n := range []string{"", "none", "vecto", "vector\n type vector"} {
		if _, ok := platform.FindExtension(n); ok {
			t.Errorf("%q is found", n)
		}
	}
}

// TestExtensionLines catches a misspelt keyword, which reading passes over.
func TestExtensionLines(t *testing.T) {
	text, err := os.ReadFile("extensions.txt")
	if err != nil {
		t.Fatal(err)
	}
	fact := regexp.MustCompile(`^( type [\w.]+(\(.+\))?| (schema|requires|creates|language|access method|wrapper|dictionary) [\w.]+| installed| opclass \w+ \w+` +
		`| (table|view) [\w.]+\(.+\)| function [\w.]+\(.*\) (setof )?[\w ."\[\]]+| operator .+ \S+ .+ .+| then .+|extension [\w-]+|#.*|)$`)
	for i, line := range strings.Split(string(text), "\n") {
		if !fact.MatchString(line) {
			t.Errorf("extensions.txt:%d: %s", i+1, line)
		}
	}
}

func TestFindExtension(t *testing.T) {
	net, _ := platform.FindExtension("pg_net")
	var post platform.ExtensionFunction
	for _, f := range net.Functions {
		if f.Name == "http_post" {
			post = f
		}
	}
	want := platform.ExtensionFunction{
		ExtensionName: platform.ExtensionName{Schema: "net", Name: "http_post"},
		Args: []platform.ExtensionArg{
			{Name: "url", Type: "text"}, {Name: "body", Type: "jsonb", Default: true}, {Name: "params", Type: "jsonb", Default: true},
			{Name: "headers", Type: "jsonb", Default: true}, {Name: "timeout_milliseconds", Type: "integer", Default: true},
		},
		Returns: "bigint",
	}
	if d := cmp.Diff(want, post); d != "" {
		t.Errorf("net.http_post (-want +got):\n%s", d)
	}
	gist, _ := platform.FindExtension("btree_gist")
	if o := (platform.ExtensionOperator{Left: "time without time zone", Name: "<->", Right: "time without time zone", Returns: "interval"}); !slices.Contains(gist.Operators, o) {
		t.Errorf("btree_gist has no %v", o)
	}
}

// TestContribExtensions asks the server about each extension that it has, so
// about those of PostgreSQL itself.
func TestContribExtensions(t *testing.T) {
	ctx := context.Background()
	admin := pgtest.Conn(t)
	asked := 0
	for _, name := range platform.ExtensionNames() {
		e, _ := platform.FindExtension(name)
		var there, loads bool
		if err := admin.QueryRow(ctx, "select exists (select from pg_available_extensions where name = $1)", name).Scan(&there); err != nil {
			t.Fatal(err)
		}
		if !there {
			continue
		}
		asked++
		state(t, admin, "begin")
		if got := state(t, admin, fmt.Sprintf("create extension if not exists %q cascade", name)); got != "" {
			t.Errorf("%s: %s", name, got)
		} else {
			loads = true
		}
		check := func(what, sql string, args ...any) {
			var ok bool
			if err := admin.QueryRow(ctx, "select exists ("+sql+")", args...).Scan(&ok); err != nil {
				t.Errorf("%s: %s: %v", name, what, err)
			} else if !ok {
				t.Errorf("%s: the server has no %s", name, what)
			}
		}
		if loads {
			for _, f := range e.Functions {
				if f.Name == "pg_stat_statements_reset" {
					continue // has grown with PostgreSQL 17, which the list follows
				}
				var types []string
				optional := 0
				for _, a := range f.Args {
					types = append(types, a.Type)
					if a.Default {
						optional++
					}
				}
				check(fmt.Sprintf("function %s%v %s", f.Name, types, f.Returns), `select from pg_proc where proname = $1 and pronargdefaults = $2 and proretset = $3
					and format_type(prorettype, null) = $4 and coalesce((select array_agg(format_type(a, null) order by i) from unnest(proargtypes) with ordinality u(a, i)), '{}') = $5`,
					f.Name, optional, f.SetOf, f.Returns, append([]string{}, types...))
			}
			for _, o := range e.Operators {
				check(fmt.Sprintf("operator %v", o), `select from pg_operator where oprname = $1 and format_type(oprleft, null) = $2
					and format_type(oprright, null) = $3 and format_type(oprresult, null) = $4`, o.Name, o.Left, o.Right, o.Returns)
			}
			for _, o := range e.OperatorClasses {
				check("operator class "+o.Name, "select from pg_opclass o join pg_am a on a.oid = opcmethod where opcname = $1 and amname = $2", o.Name, o.Method)
			}
			for _, n := range e.Types {
				check("type "+n.Name, "select from pg_type where typname = $1", n.Name)
				for _, f := range n.Fields {
					check("field "+n.Name+"."+f.Name, `select from pg_attribute where attrelid = to_regclass($1) and attname = $2
						and format_type(atttypid, atttypmod) = $3`, n.Name, f.Name, f.Type)
				}
			}
			for _, r := range e.Relations {
				for _, c := range r.Columns {
					check("column "+r.Name+"."+c.Name, `select from pg_attribute where attrelid = to_regclass($1) and attname = $2
						and format_type(atttypid, atttypmod) = $3`, r.Name, c.Name, c.Type)
				}
			}
		}
		state(t, admin, "rollback")
	}
	if asked < 25 {
		t.Errorf("the server has only %d of the extensions", asked)
	}
}
