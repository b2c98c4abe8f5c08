package expr_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/expr"
)

func TestTruth(t *testing.T) {
	notNull := func(c *expr.Column) bool { return c.Name == "id" }
	for _, test := range []struct{ text, want string }{
		{"true", "true"}, {"not false", "true"}, {"1 = 1", "true"}, {"1 = 1.0", "true"}, {"'a' = 'a'", "true"},
		{"'t'::boolean", "true"}, {"true or x", "true"}, {"x or not false", "true"}, {"1 < 2", "true"},
		{"id = id", "true"}, {"id is not null", "true"}, {"coalesce(x, true) is not null", "true"},
		{"1 in (2, 1)", "true"}, {"null is null", "true"}, {"x is not distinct from x", "true"},
		{"case when true then true else x end", "true"}, {"coalesce(null, true)", "true"},
		{"exists (select 1)", "true"}, {"exists (select count(*) from t)", "true"}, {"(select true)", "true"},
		{"(x is null) is not null", "true"}, {"null is unknown", "true"},
		{"id is distinct from null", "true"}, {"array[1] is not null", "true"},
		{"false", "false"}, {"null", "false"}, {"null = 1", "false"}, {"x = null", "false"}, {"1 = 2", "false"}, {"'a' = 'b'", "false"},
		{"x and false", "false"}, {"x <> x", "false"}, {"id is null", "false"}, {"not true", "false"}, {"true and null", "false"},
		{"null or false", "false"}, {"not null", "false"}, {"1 in (2, 3)", "false"}, {"exists (select 1 from t where false)", "false"},
		{"case when x then false end", "false"}, {"auth.uid() is null and false", "false"},
		{"x = x", ""}, {"x or y", ""}, {"x is null", ""}, {"auth.uid() = id", ""}, {"auth.uid() = auth.uid()", ""}, {"f() = f()", ""},
		{"x or not x", ""}, {"'A'::citext = 'a'::citext", ""}, {"exists (select 1 from t)", ""}, {"'1.0'::jsonb = '1'::jsonb", ""},
		{"coalesce(x, true)", ""}, {"id", ""}, {"1", ""}, {"random() < 2", ""}, {"x in (1, null)", ""}, {"1 not in (2, null)", "false"},
		{"1 not in (2, 3)", "true"}, {"exists (select count(*) from t having false)", ""},
		{"exists (select 1 where x)", ""}, {"case x when 1 then true else true end", "true"}, {"'a' < 'b'", ""},
		{"0 > 1 or null is not null", "false"}, {"now() is not null", "true"}, {"x is not true or x", ""},
	} {
		t.Run(test.text, func(t *testing.T) {
			e := parse(t, test.text)
			got := ""
			switch {
			case expr.AlwaysTrue(e, notNull):
				got = "true"
			case expr.AlwaysFalse(e, notNull):
				got = "false"
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if expr.AlwaysTrue(parse(t, "id = id"), nil) {
		t.Error("id = id is true without knowing id")
	}
	if expr.AlwaysTrue(nil, nil) || expr.AlwaysFalse(nil, nil) {
		t.Error("no expression has a truth value")
	}
}

func TestRefs(t *testing.T) {
	scope := expr.Scope{
		Table:      "public.tickets",
		SearchPath: []string{"public"},
		Exists: func(kind expr.Kind, schema, name string, _ int) bool {
			return schema == "public" && name != "count" && name != "lower"
		},
		Columns: func(relation string) ([]expr.ColumnDef, bool) {
			switch relation {
			case "public.m":
				return []expr.ColumnDef{{Name: "user_id"}, {Name: "org_id"}}, true
			case "public.tickets":
				return []expr.ColumnDef{{Name: "org_id"}, {Name: "owner_id"}, {Name: "user_role"}}, true
			}
			return nil, false
		},
	}
	e, err := expr.ParseIn(`owner_id = auth.uid() and user_role = 'x'::kind and private.f(lower(a::other.t[])) and
		exists (with c as (select * from "Deep") select 1 from m, c, lateral (select user_id as u from m) s
		where user_id = owner_id and s.u = m.org_id and exists (select 1 from other.x where x.y = m.user_id and z = 1))`, scope)
	if err != nil {
		t.Fatal(err)
	}
	want := expr.Refs{
		Relations: []string{"other.x", `public."Deep"`, "public.m"},
		Columns: []expr.RefColumn{{"", "a"}, {"", "owner_id"}, {"", "user_role"}, {"other.x", "y"}, {"other.x", "z"},
			{`public."Deep"`, "*"}, {"public.m", "org_id"}, {"public.m", "user_id"}},
		Functions: []string{"auth.uid", "lower", "private.f"},
		Types:     []string{"other.t", "public.kind"},
	}
	if diff := cmp.Diff(want, expr.RefsOf(e)); diff != "" {
		t.Error(diff)
	}
}

func TestViews(t *testing.T) {
	for _, test := range []struct{ a, b string }{
		{"select a, b from t", " SELECT t.a,\n    t.b\n   FROM t;"},
		{"select x.a as z from t x where x.b = 'c'", "SELECT a AS z FROM t x WHERE b = 'c'::text"},
	} {
		a, err := expr.ParseQuery(test.a)
		if err != nil {
			t.Fatal(err)
		}
		b, err := expr.ParseQuery(test.b)
		if err != nil {
			t.Fatal(err)
		}
		if !expr.Equal(a, b) || expr.String(a) != expr.String(b) {
			t.Errorf("%s\n%s", expr.String(a), expr.String(b))
		}
	}
	for _, text := range []string{"delete from t", "select 1; select 2", "", "select"} {
		e, err := expr.ParseQuery(text)
		if err == nil && text != "select" {
			t.Errorf("%q gives %s", text, expr.String(e))
		}
	}
}
