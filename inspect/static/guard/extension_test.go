package guard_test

import (
	"testing"
	"testing/fstest"

	"policylint/inspect/static"
	"policylint/inspect/static/guard"
)

// TestExtensionTables holds that the tables of an extension, whose constraints
// are not known, do not put the names of a project's own in doubt.
func TestExtensionTables(t *testing.T) {
	const sql = "create extension pg_cron; create extension pg_net; create table public.t (id int constraint ours primary key);"
	c, err := static.Load(fstest.MapFS{"1_a.sql": {Data: []byte(sql)}}, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	env := &guard.Env{Cat: c, Path: []string{"pg_catalog", "public"}, User: "postgres", Login: "postgres"}
	for name, want := range map[string]string{"ours": "true", "chk_score": "false"} {
		for _, q := range []string{
			"exists (select 1 from pg_constraint where conname = '" + name + "')",
			"exists (select 1 from information_schema.table_constraints where constraint_name = '" + name + "')",
			"exists (select 1 from pg_indexes where indexname = '" + name + "')",
			"exists (select 1 from information_schema.key_column_usage where constraint_name = '" + name + "')",
		} {
			if got, ok := eval(t, env, q).String(); !ok || got != want {
				t.Errorf("%s: got %q, want %s", q, got, want)
			}
		}
	}
}
