package snapshot_test

import (
	"context"
	"testing"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/internal/pgtest"
	"policylint/internal/snapshot"
)

// TestIdentityArguments asks the server how it prints the arguments of
// functions with every mode.
func TestIdentityArguments(t *testing.T) {
	ctx := context.Background()
	conn := pgtest.Conn(t)
	for _, sql := range []string{
		`create type public.mood as enum ('a')`,
		`create function public.plain(event jsonb, "Odd Name" integer, "select" text default 'x') returns jsonb language sql as 'select $1'`,
		`create function public.unnamed(integer, text[]) returns integer language sql as 'select 1'`,
		`create function public.outs(a integer, out b integer, inout c text) language sql as 'select 1, $2'`,
		`create function public.rest(a public.mood, variadic b integer[]) returns integer language sql as 'select 1'`,
		`create function public.rows(a numeric(10, 2)) returns table (x integer, y text) language sql as $$select 1, 'a'$$`,
		`create procedure public.proc(a integer, inout b text, out c integer) language sql as $$select 'a', 1$$`,
		`create function public.none() returns void language sql as ''`,
		`create aggregate public.total(integer) (sfunc = int4pl, stype = integer)`,
		`create aggregate public.named(x integer) (sfunc = int4pl, stype = integer)`,
		`set search_path = ''`,
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	cat, err := live.Load(ctx, conn, live.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := conn.Query(ctx, `select p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)
		from pg_catalog.pg_proc p where p.pronamespace = 'public'::pg_catalog.regnamespace order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	var name, want string
	for rows.Next() {
		if err := rows.Scan(&name, &want); err != nil {
			t.Fatal(err)
		}
		o, ok := cat.Functions.Get(catalog.Name{Schema: "public", Name: name})
		if !ok {
			t.Errorf("%s was not read", name)
			continue
		}
		if got := snapshot.IdentityArguments(o.Functions[0]); got != want {
			t.Errorf("%s: %q, the server prints %q", name, got, want)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
