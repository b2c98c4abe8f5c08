package source_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/static/source"
)

// outline shows a file as one line for each statement: its place, its text,
// and what is wrong with it.
func outline(f *source.File) []string {
	var out []string
	for _, s := range f.Statements {
		o := s.Origin
		line := fmt.Sprintf("%d:%d-%d:%d %s", o.Line, o.Column, o.EndLine, o.EndColumn, strings.Join(strings.Fields(s.SQL), " "))
		if len(line) > 100 {
			line = line[:100]
		}
		switch {
		case s.Err != nil:
			line += fmt.Sprintf(" !! %s %s at %d:%d-%d:%d", s.Err.State, s.Err.Message, s.ErrAt.Line, s.ErrAt.Column, s.ErrAt.EndLine, s.ErrAt.EndColumn)
		case s.Data != nil:
			line = fmt.Sprintf("%d:%d data %s.%s %v x%d", o.Line, o.Column, s.Data.Schema, s.Data.Table, s.Data.Columns, 1+s.Data.Repeats)
		case s.Node == nil:
			line += " !! nothing"
		}
		out = append(out, line)
	}
	for _, g := range f.Gaps {
		out = append(out, fmt.Sprintf("gap %d:%d %s", g.Origin.Line, g.Origin.Column, g.Reason))
	}
	return out
}

func TestText(t *testing.T) {
	for _, test := range []struct {
		name string
		text string
		want []string
	}{
		{name: "empty", text: ""},
		{name: "only blanks and comments", text: "\n -- nothing\n/* at /* all */ */\n;;\n"},
		{
			name: "places begin at the first token", text: "-- one\nselect 1;\n\n  /* two */ select\n 2 -- end\n;\nselect 3",
			want: []string{"2:1-2:9 select 1", "4:13-5:3 select 2", "7:1-7:9 select 3"},
		},
		{
			name: "columns count characters", text: "select 'äöü😀'; select 2;",
			want: []string{"1:1-1:14 select 'äöü😀'", "1:16-1:24 select 2"},
		},
		{
			name: "carriage returns", text: "select 1;\r\nselect 2;\r\n",
			want: []string{"1:1-1:9 select 1", "2:1-2:9 select 2"},
		},
		{
			name: "byte order mark", text: "\uFEFFselect 1;",
			want: []string{"1:2-1:10 select 1"},
		},
		{
			name: "quotes of every kind",
			text: `select 'a;''b', E'c\';d', $$e;f$$, $x$ $$;$$ $x$, "g;""h", U&'i;j', b'0'; select a$b$c from t; select $1;`,
			want: []string{
				`1:1-1:73 select 'a;''b', E'c\';d', $$e;f$$, $x$ $$;$$ $x$, "g;""h", U&'i;j', b'0'`,
				"1:75-1:94 select a$b$c from t", "1:96-1:105 select $1",
			},
		},
		{
			name: "standard body",
			text: "create function f() returns int begin atomic select case when true then 1 else 2 end; select 2; end; select 3;",
			want: []string{
				"1:1-1:100 create function f() returns int begin atomic select case when true then 1 else 2 end; select 2; e"[:100],
				"1:102-1:110 select 3",
			},
		},
		{
			name: "rule with several commands",
			text: "create rule r as on insert to t do also (select 1; select 2); select 3;",
			want: []string{"1:1-1:61 create rule r as on insert to t do also (select 1; select 2)", "1:63-1:71 select 3"},
		},
		{
			name: "syntax error loses one statement",
			text: "select 1;\ncreate tabel t (id int);\nselect 3;",
			want: []string{
				"1:1-1:9 select 1",
				`2:1-2:24 create tabel t (id int) !! 42601 syntax error at or near "tabel" at 2:8-2:13`,
				"3:1-3:9 select 3",
			},
		},
		{
			name: "syntax error behind other alphabets",
			text: "select 'ß';\nselect '日本' frm t x;",
			want: []string{
				"1:1-1:11 select 'ß'",
				`2:1-2:20 select '日本' frm t x !! 42601 syntax error at or near "t" at 2:17-2:18`,
			},
		},
		{
			name: "parenthesis never closed",
			text: "create table a (id int;\nselect 2;\nselect 3;",
			want: []string{
				`1:1-1:23 create table a (id int !! 42601 syntax error at end of input at 1:23-1:23`,
				"2:1-2:9 select 2", "3:1-3:9 select 3",
			},
		},
		{
			name: "error within balanced parentheses",
			text: "create table a (id int, check (id >));\nselect 2;",
			want: []string{
				`1:1-1:38 create table a (id int, check (id >)) !! 42601 syntax error at or near ")" at 1:36-1:37`,
				"2:1-2:9 select 2",
			},
		},
		{
			name: "string never closed",
			text: "select 1;\nselect 'it;\nselect 3;",
			want: []string{
				"1:1-1:9 select 1",
				`2:1-3:10 select 'it; select 3; !! 42601 unterminated quoted string at or near "'it;` + "\n" + `select 3;" at 2:8-2:9`,
			},
		},
		{
			name: "comment never closed",
			text: "select 1; /* and so on",
			want: []string{"1:1-1:9 select 1", `1:11-1:23 /* and so on !! 42601 unterminated /* comment at or near "/* and so on" at 1:11-1:12`},
		},
		{
			name: "psql commands",
			text: "\\restrict abc\n\\connect x\nselect 1;\n\\i other.sql\nselect 'alter table t' \\gexec\nselect 2;\n\\unrestrict abc",
			want: []string{
				"3:1-3:9 select 1", "5:1-5:23 select 'alter table t'", "6:1-6:9 select 2",
				`gap 4:1 the file that \i includes is not followed`,
				`gap 5:24 the statements that \gexec runs are not followed`,
			},
		},
		{
			name: "rows behind copy",
			text: "copy public.t (a, b) from stdin;\n1\tit's; x\n2\t$$\n\\.\n\nselect 1;",
			want: []string{"1:1-1:32 copy public.t (a, b) from stdin", "6:1-6:9 select 1"},
		},
		{
			name: "copy from elsewhere",
			text: "copy t from program 'x';\nselect 1;\ncopy (select 1 from stdin) to stdout;\nselect 2;",
			want: []string{
				"1:1-1:24 copy t from program 'x'", "2:1-2:9 select 1",
				"3:1-3:37 copy (select 1 from stdin) to stdout", "4:1-4:9 select 2",
			},
		},
		{
			name: "not UTF-8",
			text: "select 1;\nselect 'caf\xe9 x';\nselect 3;",
			want: []string{
				"1:1-1:9 select 1",
				"2:1-2:16 select 'caf\xe9 x' !! 22021 invalid byte sequence for encoding \"UTF8\": 0xe9 0x20 0x78 at 2:12-2:13",
				"3:1-3:9 select 3",
			},
		},
		{
			name: "zero byte",
			text: "select 1;\nselect 'a\x00b';",
			want: []string{
				"1:1-1:9 select 1",
				"2:1-2:13 select 'a\x00b' !! 22021 invalid byte sequence for encoding \"UTF8\": 0x00 at 2:10-2:11",
			},
		},
		{
			name: "UTF-16",
			text: "\xff\xfes\x00e\x00l\x00e\x00c\x00t\x00 \x001\x00",
			want: []string{
				"1:1-1:1  !! 22021 invalid byte sequence for encoding \"UTF8\": 0xff at 1:1-1:1",
				"1:1-1:9 select 1",
			},
		},
		{
			name: "dbmate",
			text: "-- migrate:up\nselect 1;\n-- migrate:down transaction:false\nselect 2;\n",
			want: []string{"2:1-2:9 select 1", "gap 3:1 the part of the file that goes back is not replayed"},
		},
		{
			name: "goose",
			text: "-- +goose Up\n-- +goose StatementBegin\nselect 1;\n-- +goose StatementEnd\n-- +goose Down\nselect 2;\n",
			want: []string{"3:1-3:9 select 1", "gap 5:1 the part of the file that goes back is not replayed"},
		},
		{
			name: "long insert",
			text: "select 1;\ninsert into public.\"T\" (a, \"B\") values " + strings.Repeat("(1, 'x;y'), ", 1000) + "(2, 'z') on conflict do nothing;\nselect 2;",
			want: []string{"1:1-1:9 select 1", "2:1 data public.T [a B] x1", "3:1-3:9 select 2"},
		},
		{
			name: "long insert with a call",
			text: "insert into t values " + strings.Repeat("(1, f()), ", 1000) + "(2, 3);",
			want: []string{("1:1-1:10028 insert into t values" + strings.Repeat(" (1, f()),", 9))[:100]},
		},
		{
			name: "long insert with an error",
			text: "insert into t values\n" + strings.Repeat("(1, 'x', null),\n", 30000) + "(2, 'y' 3);\nselect 2;",
			want: []string{
				("1:1-30002:11 insert into t values" + strings.Repeat(" (1, 'x', null),", 9))[:100] +
					` !! 42601 syntax error at or near "3" at 30002:9-30002:10`,
				"30003:1-30003:9 select 2",
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := outline(source.Text("a.sql", test.text))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

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
