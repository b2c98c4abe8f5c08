package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	pg "github.com/pganalyze/pg_query_go/v5"
)

// TestScan holds the tokens against those of pg_query.Scan.
func TestScan(t *testing.T) {
	for _, text := range []string{
		"", "select", "-- only this", "begin\n  perform f($1, 'it''s', E'\\n', U&'x', \"T\".c, 1.5e3) /* c */; end",
		"raise notice '%', a || $x$ $$ $x$; -- end", "a := b::int[]; c <> d; x != y; z <<= 1", "äöü \"日本\" '😀' u&\"d\\0061\"",
	} {
		want, err := pg.Scan(text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Scan(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		var tokens []Token
		for _, w := range want.Tokens {
			tokens = append(tokens, Token{w.Token, w.KeywordKind != pg.KeywordKind_NO_KEYWORD, int(w.Start), int(w.End)})
		}
		if diff := cmp.Diff(tokens, append([]Token(nil), got...)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
	for _, text := range []string{"select 'open", "/* open"} {
		_, want := pg.Scan(text)
		_, got := Scan(text)
		if want == nil || got == nil || got.Error() != want.Error() {
			t.Errorf("%q: want error %v, got %v", text, want, got)
		}
	}
}
