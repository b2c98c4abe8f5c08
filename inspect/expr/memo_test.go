package expr_test

import (
	"reflect"
	"testing"

	"policylint/inspect/expr"
)

// TestMemo holds that a function's memory changes nothing of what its calls
// come to, whatever was expanded before, and not what was returned before.
func TestMemo(t *testing.T) {
	texts := []string{
		"(select public.role()) = 'agent'", "public.role() = 'agent'", "public.has(public.role())", "public.is_agent() and public.has('a')",
		"org_id in (select public.my_orgs())", "exists (select 1 from public.my_orgs() m where m = org_id)", "(select public.first()) = title",
		"public.first() = public.first()", "public.double()", "public.double2() or (select public.double2())", "public.loop()", "public.ping() or public.role() is null",
	}
	memos := map[string]*expr.Memo{}
	remembering := func(name string, nargs int) (expr.Body, bool) {
		b, ok := lookup(name, nargs)
		if memos[name] == nil {
			memos[name] = &expr.Memo{}
		}
		b.Memo = memos[name]
		return b, ok
	}
	var out []expr.Expr
	var printed []string
	for range 2 {
		for _, text := range texts {
			e, err := expr.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			got, want := expr.Expand(e, remembering), expr.Expand(e, lookup)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %s, want %s", text, expr.String(got), expr.String(want))
			}
			out, printed = append(out, got), append(printed, expr.String(got))
		}
	}
	for i, e := range out {
		if s := expr.String(e); s != printed[i] {
			t.Errorf("%s was changed to %s", printed[i], s)
		}
	}
	a, b := out[0].(*expr.Compare), out[len(texts)].(*expr.Compare)
	if a.L.(*expr.Claim) != b.L.(*expr.Claim) {
		t.Error("a body without arguments is not shared")
	}
}
