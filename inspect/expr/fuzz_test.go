package expr_test

import (
	"strings"
	"testing"

	"policylint/inspect/expr"
)

// FuzzParse holds that no text makes the package panic, and that what it
// prints can be walked, expanded and judged.
func FuzzParse(f *testing.F) {
	for _, file := range []string{"testdata/expressions.txt", "testdata/differs.txt", "testdata/odd.txt"} {
		for _, text := range lines(f, file) {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if e, err := expr.ParseQuery(text); err == nil {
			exercise(t, e)
		}
		e, err := expr.Parse(text)
		if err != nil {
			return
		}
		exercise(t, e)
	})
}

func exercise(t *testing.T, e expr.Expr) {
	if !expr.Equal(e, e) {
		t.Errorf("%s is not itself", expr.String(e))
	}
	if again, err := expr.Parse(expr.String(e)); err == nil {
		expr.Equal(e, again)
	}
	expr.AlwaysTrue(e, func(*expr.Column) bool { return true })
	expr.AlwaysFalse(e, nil)
	expr.RefsOf(e)
	expr.Expand(e, func(string, int) (expr.Body, bool) {
		return expr.Body{Language: "sql", Source: "select " + expr.String(e)}, true
	})
}

func TestDeep(t *testing.T) {
	for name, text := range map[string]string{
		"parentheses": strings.Repeat("(", 3000) + "a" + strings.Repeat(")", 3000),
		"not":         strings.Repeat("not ", 3000) + "a",
		"and":         strings.Repeat("a and ", 20000) + "a",
		"concat":      strings.Repeat("a || ", 6000) + "a",
		"case":        strings.Repeat("case when a then ", 1000) + "b" + strings.Repeat(" end", 1000),
		"select":      strings.Repeat("(select ", 1000) + "a" + strings.Repeat(")", 1000),
		"exists":      strings.Repeat("exists (select 1 from t where ", 500) + "a" + strings.Repeat(")", 500),
		"in":          "a in (" + strings.Repeat("1, ", 50000) + "2)",
		"json":        "a = '" + strings.Repeat("[", 50000) + "'",
	} {
		t.Run(name, func(t *testing.T) {
			e, err := expr.Parse(text)
			if err != nil {
				t.Log(err)
				return
			}
			exercise(t, e)
		})
	}
}

func BenchmarkParse(b *testing.B) {
	texts := lines(b, "testdata/expressions.txt")
	for b.Loop() {
		for _, text := range texts {
			if _, err := expr.Parse(text); err != nil {
				b.Fatal(err)
			}
		}
	}
}
