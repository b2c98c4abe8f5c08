package plpgsql_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"policylint/inspect/plpgsql"
)

func typeName(v any) string { return fmt.Sprintf("%T", v) }

// FuzzParse wants an answer for any text: statements that stand where they
// say, or an *Error with a place in the body.
func FuzzParse(f *testing.F) {
	for _, e := range corpus(f) {
		src := source(f, e.sql)
		f.Add(src.Body, src.Returns, src.SetOf)
	}
	f.Fuzz(func(t *testing.T, body, returns string, set bool) {
		src := plpgsql.Source{Name: "f", Body: body, Returns: returns, SetOf: set,
			Args: []plpgsql.Arg{{Name: "event", Type: "jsonb"}, {Type: "int"}}}
		if returns == "" {
			src.Kind = plpgsql.Do
		}
		fn, err := plpgsql.Parse(src)
		if err != nil {
			var e *plpgsql.Error
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(body) || e.Line < 1 || e.Column < 1 {
				t.Fatalf("%#v", err)
			}
			return
		}
		checkPlaces(t, "fuzz", fn)
	})
}

// TestBounds wants an error, not a crash, for what is too large or too deep,
// and an answer for what only looks so.
func TestBounds(t *testing.T) {
	nest := func(n int, open, end string) string {
		return "begin " + strings.Repeat(open, n) + "null;" + strings.Repeat(end, n) + " end"
	}
	for _, c := range []struct{ name, body, want string }{
		{"too long", "begin " + strings.Repeat(" ", plpgsql.MaxBody) + "end", "longer than"},
		{"zero byte", "begin null\x00; end", "zero byte"},
		{"not utf-8", "begin null; -- \xff\nend", "not UTF-8"},
		{"blocks", nest(50_000, "begin ", "end; "), "nested deeper"},
		{"ifs", nest(10_000, "if true then ", "end if; "), "nested deeper"},
		{"loops", nest(10_000, "loop ", "end loop; "), "nested deeper"},
		{"cases", nest(10_000, "case when true then ", "end case; "), "nested deeper"},
		{"parentheses", "begin perform " + strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000) + "; end", "memory exhausted"},
		{"open parentheses", "begin perform " + strings.Repeat("(", 100_000) + "; end", "mismatched parentheses"},
		{"deep enough", nest(plpgsql.MaxDepth-1, "begin ", "end; "), ""},
		{"many statements", nest(20_000, "", "null;"), ""},
		{"long sum", "begin perform 1" + strings.Repeat("+1", 50_000) + "; end", ""},
		{"many elsifs", "begin if true then null; " + strings.Repeat("elsif true then null; ", 5_000) + "end if; end", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := plpgsql.Parse(plpgsql.Source{Kind: plpgsql.Do, Body: c.body})
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%.200v, want %q", err, c.want)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"publication_guard", "access_token_hook", "cursors"} {
		for _, e := range corpus(b) {
			if e.name != name {
				continue
			}
			src := source(b, e.sql)
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if _, err := plpgsql.Parse(src); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
