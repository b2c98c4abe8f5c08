package expr_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/expr"
)

func TestComparisons(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"auth.jwt() ->> 'user_role' = 'agent'", "user_role agent"},
		{"(select auth.jwt() -> 'app_metadata' ->> 'user_role') in ('agent', 'admin')", "app_metadata.user_role agent, app_metadata.user_role admin"},
		{"'agent' <> (auth.jwt() ->> 'user_role')", "not user_role agent"},
		{"auth.jwt() ->> 'user_role' not in ('agent')", "not user_role agent"},
		{"auth.jwt() ->> 'user_role' is not distinct from 'agent'", "user_role agent"},
		{"auth.jwt() ->> 'user_role' is distinct from 'agent'", "not user_role agent"},
		{"coalesce(auth.jwt() ->> 'a', auth.jwt() ->> 'b') = 'x'", "a x, b x"},
		{`auth.jwt() @> '{"app_metadata": {"user_role": "agent"}}'`, "app_metadata.user_role agent"},
		{"client_id = auth.uid()", ""},
	} {
		e, err := expr.Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range expr.Comparisons(e) {
			s := fmt.Sprint(strings.Join(x.Claim.Path, "."), " ", x.Value)
			if x.Not {
				s = "not " + s
			}
			got = append(got, s)
		}
		if d := cmp.Diff(c.want, strings.Join(got, ", ")); d != "" {
			t.Errorf("%s: %s", c.text, d)
		}
	}
}
