package source_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/static/source"
)

func TestFiles(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string
		want  []string
		gaps  int
	}{
		{name: "none"},
		{
			name:  "supabase, by name",
			files: []string{"20240102000000_b.sql", "20240101000000_a.sql", "README.md", "9_c.sql", "10_d.sql"},
			want:  []string{"10_d.sql", "20240101000000_a.sql", "20240102000000_b.sql", "9_c.sql"},
		},
		{
			name:  "supabase leaves out other names",
			files: []string{"20240101000000_a.sql", "20240102_b.down.sql", "seed.sql", "old/20230101000000_x.sql"},
			want:  []string{"20240101000000_a.sql"}, gaps: 3,
		},
		{
			name:  "supabase leaves out an old first init",
			files: []string{"20211208235959_init.sql", "20211209000000_init.sql"},
			want:  []string{"20211209000000_init.sql"}, gaps: 1,
		},
		{name: "others by name", files: []string{"b.sql", "a.sql", "c/d.sql"}, want: []string{"a.sql", "b.sql", "c/d.sql"}},
		{
			name:  "prisma",
			files: []string{"20240102_b/migration.sql", "20240101_a/migration.sql", "migration_lock.toml"},
			want:  []string{"20240101_a/migration.sql", "20240102_b/migration.sql"},
		},
		{
			name:  "flyway",
			files: []string{"V10__x.sql", "V2__y.sql", "V2.1__z.sql", "R__views.sql", "U2__y.sql"},
			want:  []string{"V2__y.sql", "V2.1__z.sql", "V10__x.sql", "R__views.sql"}, gaps: 1,
		},
		{
			name:  "golang-migrate",
			files: []string{"10_b.up.sql", "10_b.down.sql", "9_a.up.sql", "9_a.down.sql"},
			want:  []string{"9_a.up.sql", "10_b.up.sql"}, gaps: 2,
		},
		{
			name:  "diesel",
			files: []string{"2024_a/up.sql", "2024_a/down.sql"},
			want:  []string{"2024_a/up.sql"}, gaps: 1,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for _, f := range test.files {
				fsys[f] = &fstest.MapFile{}
			}
			got, gaps, err := source.Files(fsys)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if len(gaps) != test.gaps {
				t.Errorf("gaps: want %d, got %v", test.gaps, gaps)
			}
		})
	}
}

// A file of many inserts is checked without being decoded, and a run of them
// is one statement that says how many it stands for.
func TestLargeSeed(t *testing.T) {
	const rows = 20_000
	text := "select 1;\n" + strings.Repeat("insert into public.t (a, b) values (1, 'some text that makes the line longer');\n", rows) +
		"insert into public.t (a, b) values (1 2);\ninsert into public.u values (1);\nselect 2;"
	got := outline(source.Text("seed.sql", text))
	want := []string{
		"1:1-1:9 select 1",
		"2:1 data public.t [a b] x20000",
		`20002:1-20002:41 insert into public.t (a, b) values (1 2) !! 42601 syntax error at or near "2" at 20002:39-20002:40`,
		"20003:1 data public.u [] x1",
		"20004:1-20004:9 select 2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRead(t *testing.T) {
	fsys := fstest.MapFS{}
	var names []string
	for i := range 300 {
		name := fmt.Sprintf("%03d_x.sql", i)
		names = append(names, name)
		fsys[name] = &fstest.MapFile{Data: []byte(strings.Repeat("select 1;\n", i))}
	}
	next := 0
	for f, err := range source.Read(fsys, names) {
		if err != nil {
			t.Fatal(err)
		}
		if f.Name != names[next] || len(f.Statements) != next {
			t.Fatalf("file %d is %s with %d statements", next, f.Name, len(f.Statements))
		}
		if next++; next == 200 {
			break
		}
	}
	var failed error
	for _, err := range source.Read(fsys, []string{"000_x.sql", "missing.sql", "001_x.sql"}) {
		failed = err
	}
	if failed == nil || !strings.Contains(failed.Error(), "missing.sql") {
		t.Errorf("error of a missing file: %v", failed)
	}
}

func TestDirectives(t *testing.T) {
	f := source.Text("a.sql", `-- policylint:ignore-file rule-z: generated
-- policylint:ignore rule-a, rule-b: known, see the wiki: page 7
create table t (id int);
select 1; -- an ordinary comment
select -- policylint:ignore rule-c: inside
  2;
-- policylint:ignore rule-d
-- policylint:ingore rule-e: typo
-- policylint:ignore : no rule
select 3;
do $$ begin -- policylint:ignore rule-x: not a comment of the file
end $$;
-- policylint:ignore rule-f: nothing follows
`)
	var got []string
	for _, d := range f.Directives {
		got = append(got, fmt.Sprintf("%d:%d %v %q file=%t target=%d %s", d.Origin.Line, d.Origin.Column, d.Rules, d.Reason, d.WholeFile, d.Target.Line, d.Malformed))
	}
	want := []string{
		`1:1 [rule-z] "generated" file=true target=0 `,
		`2:1 [rule-a rule-b] "known, see the wiki: page 7" file=false target=3 `,
		`5:8 [rule-c] "inside" file=false target=5 `,
		`7:1 [rule-d] "" file=false target=10 no reason is given`,
		`8:1 [] "" file=false target=10 unknown directive policylint:ingore`,
		`9:1 [] "no rule" file=false target=10 no rule is named`,
		`13:1 [rule-f] "nothing follows" file=false target=0 `,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
