package expr_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/expr"
)

func parse(t testing.TB, text string) expr.Expr {
	t.Helper()
	e, err := expr.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return e
}

func TestClaims(t *testing.T) {
	type claim = expr.Claim
	role := []string{"user_role"}
	app := []string{"app_metadata", "user_role"}
	jwt := func(path []string, text, cached bool) []*claim {
		return []*claim{{Path: path, Text: text, Cached: cached, MissingOK: true, NullGuard: true}}
	}
	for _, test := range []struct {
		text string
		want []*claim
	}{
		{"auth.jwt()", jwt(nil, false, false)},
		{"auth.jwt() ->> 'user_role'", jwt(role, true, false)},
		{"auth.jwt() -> 'user_role'", jwt(role, false, false)},
		{"(auth.jwt() ->> 'user_role'::text) = 'agent'::text", jwt(role, true, false)},
		{"auth.jwt() -> 'app_metadata' ->> 'user_role'", jwt(app, true, false)},
		{"auth.jwt() #>> '{app_metadata,user_role}'", jwt(app, true, false)},
		{"auth.jwt() #>> '{app_metadata, \"user_role\"}'::text[]", jwt(app, true, false)},
		{"auth.jwt() #>> array['app_metadata', 'user_role']", jwt(app, true, false)},
		{"auth.jwt() #> '{app_metadata,user_role}'", jwt(app, false, false)},
		{"auth.jwt() #>> '{}'", jwt(nil, true, false)},
		{"(auth.jwt())['app_metadata']['user_role']", jwt(app, false, false)},
		{"(auth.jwt() -> 'app_metadata')['user_role']", jwt(app, false, false)},
		{"(auth.jwt())['app_metadata'] ->> 'user_role'", jwt(app, true, false)},
		{"auth.jwt()::jsonb ->> 'user_role'", jwt(role, true, false)},
		{"auth.jwt()::json ->> 'user_role'", jwt(role, true, false)},
		{"(auth.jwt() ->> 'user_role')::text", jwt(role, true, false)},
		{"((auth.jwt() ->> 'app_metadata')::jsonb ->> 'user_role')", jwt(app, true, false)},
		{"jsonb_extract_path_text(auth.jwt(), 'app_metadata', 'user_role')", jwt(app, true, false)},
		{"jsonb_extract_path(auth.jwt(), variadic array['app_metadata', 'user_role'])", jwt(app, false, false)},
		{"(select auth.jwt() ->> 'user_role')", jwt(role, true, true)},
		{"(select auth.jwt()) ->> 'user_role'", jwt(role, true, true)},
		{"( SELECT (auth.jwt() ->> 'user_role'::text) AS x)", jwt(role, true, true)},
		{"(select auth.jwt() -> 'app_metadata') ->> 'user_role'", jwt(app, true, true)},
		{"(select (select auth.jwt()) ->> 'user_role')", jwt(role, true, true)},
		{"(select auth.jwt() ->> 'user_role' = title)", []*claim{{Path: role, Text: true, Wrapped: true, MissingOK: true, NullGuard: true}}},
		{"exists (select 1 from t where t.a = auth.jwt() ->> 'user_role')", jwt(role, true, false)},
		{"exists (select 1 from t where t.a = (select auth.jwt() ->> 'user_role'))", jwt(role, true, true)},
		{"(select max(a) from t where t.a = auth.jwt() ->> 'user_role')", jwt(role, true, true)},
		{"(select max(a) from t where t.a = auth.jwt() ->> 'user_role' and t.b = tickets.b)", jwt(role, true, false)},
		{"auth.jwt() @> '{\"user_role\":\"agent\"}'", jwt(nil, false, false)},
		{"auth.uid()", []*claim{{Path: []string{"sub"}, Text: true, Via: expr.ViaUID, MissingOK: true, NullGuard: true}}},
		{"auth.uid()::uuid", []*claim{{Path: []string{"sub"}, Text: true, Via: expr.ViaUID, MissingOK: true, NullGuard: true}}},
		{"( SELECT auth.uid() AS uid)", []*claim{{Path: []string{"sub"}, Text: true, Via: expr.ViaUID, Cached: true, MissingOK: true, NullGuard: true}}},
		{"auth.role()", []*claim{{Path: []string{"role"}, Text: true, Via: expr.ViaRole, MissingOK: true, NullGuard: true}}},
		{"auth.email()", []*claim{{Path: []string{"email"}, Text: true, Via: expr.ViaEmail, MissingOK: true, NullGuard: true}}},
		{"current_setting('request.jwt.claims')", []*claim{{Text: true, Via: expr.ViaSetting}}},
		{"current_setting('request.jwt.claims', true)::json ->> 'user_role'", []*claim{{Path: role, Text: true, Via: expr.ViaSetting, MissingOK: true}}},
		{"cast(pg_catalog.current_setting('request.jwt.claims'::text, 't') as jsonb) -> 'user_role'", []*claim{{Path: role, Via: expr.ViaSetting, MissingOK: true}}},
		{"nullif(current_setting('request.jwt.claims', true), '')::jsonb #>> '{app_metadata,user_role}'", []*claim{{Path: app, Text: true, Via: expr.ViaSetting, MissingOK: true, NullGuard: true}}},
		{"nullif(current_setting('request.jwt.claims', true)::jsonb ->> 'user_role', '')", []*claim{{Path: role, Text: true, Via: expr.ViaSetting, MissingOK: true}}},
		{"current_setting('request.jwt.claim.user_role', true)", []*claim{{Path: role, Text: true, Via: expr.ViaLegacy, MissingOK: true}}},
		{"nullif(current_setting('request.jwt.claim.user_role'), '')", []*claim{{Path: role, Text: true, Via: expr.ViaLegacy, NullGuard: true}}},
		{"current_setting('request.jwt.claim.app_metadata', true)::json ->> 'user_role'", []*claim{{Path: app, Text: true, Via: expr.ViaLegacy, MissingOK: true}}},
		{"current_setting('app.tenant')", nil},
		{"jwt() ->> 'user_role'", nil},
		{"meta ->> 'user_role'", nil},
		{"(select auth.uid()) = a or auth.uid() = b", []*claim{
			{Path: []string{"sub"}, Text: true, Via: expr.ViaUID, Cached: true, MissingOK: true, NullGuard: true},
			{Path: []string{"sub"}, Text: true, Via: expr.ViaUID, MissingOK: true, NullGuard: true}}},
	} {
		t.Run(test.text, func(t *testing.T) {
			got := expr.Claims(parse(t, test.text))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPairs(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`auth.jwt() @> '{"user_role": "agent"}'`, "auth.jwt() ->> 'user_role' = 'agent'"},
		{`'{"user_role": "agent"}' <@ (select auth.jwt())`, "(select auth.jwt() ->> 'user_role') = 'agent'"},
		{`auth.jwt() -> 'app_metadata' @> '{"a": {"b": true}, "n": 5}'`,
			"auth.jwt() -> 'app_metadata' -> 'a' ->> 'b' = true and auth.jwt() -> 'app_metadata' ->> 'n' = 5"},
		{`auth.jwt() @> '{"roles": ["agent"]}'`, ""},
		{`auth.jwt() @> '[1]'`, ""},
		{`meta @> '{"a": 1}'`, ""},
		{`auth.jwt() ->> 'a' = '{"a": 1}'`, ""},
	} {
		t.Run(test.text, func(t *testing.T) {
			c, ok := parse(t, test.text).(*expr.Compare)
			if !ok {
				t.Fatal("no comparison")
			}
			claims, values, ok := c.Pairs()
			got := ""
			for i := range claims {
				if i > 0 {
					got += " and "
				}
				got += expr.String(&expr.Compare{Op: "=", L: claims[i], R: values[i]})
			}
			if ok != (test.want != "") || got != test.want {
				t.Errorf("got %q, %v, want %q", got, ok, test.want)
			}
		})
	}
}
