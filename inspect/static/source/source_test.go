package source_test

import (
	"fmt"
	"strings"
	"testing"

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
