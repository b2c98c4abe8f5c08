package platform_test

import (
	"context"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

var variants = []platform.Variant{platform.OldDefaults, platform.NewDefaults}

// state runs a text of statements and gives the SQLSTATE of its error.
func state(t *testing.T, c *pgx.Conn, sql string) string {
	t.Helper()
	_, err := c.PgConn().Exec(context.Background(), sql).ReadAll()
	var refused *pgconn.PgError
	switch {
	case errors.As(err, &refused):
		return refused.Code + " " + refused.Message
	case err != nil:
		t.Fatal(err)
	}
	return ""
}

// TestMigratorRights holds what role postgres can and cannot do against what
// it can on the platform. Each case has the start state for itself.
func TestMigratorRights(t *testing.T) {
	for _, v := range variants {
		c := pgtest.Platform(t, v)
		for _, test := range []struct{ name, sql, want string }{
			{name: "table in public", sql: "create table public.t (id int primary key); alter table t enable row level security"},
			{name: "function in public", sql: "create function public.f() returns uuid language sql as 'select auth.uid()'"},
			{name: "schema", sql: "create schema app; create table app.t (id uuid default uuid_generate_v4())"},
			{name: "foreign key to auth.users", sql: "create table t (id uuid references auth.users on delete cascade)"},
			{name: "view of auth.users", sql: "create view v as select id, email from auth.users; select * from v"},
			{name: "grant of auth.users", sql: "grant select on auth.users to authenticated"},
			{name: "write to auth.users", sql: "insert into auth.users (id) values (gen_random_uuid()); update auth.users set role = 'x'"},
			{name: "trigger on auth.users", sql: `create function f() returns trigger language plpgsql security definer as 'begin return new; end';
				create trigger on_auth_user_created after insert on auth.users for each row execute function f();
				drop trigger on_auth_user_created on auth.users; drop trigger if exists no on auth.users`},
			{name: "policy on storage.objects", sql: `create policy p on storage.objects for select to authenticated using (bucket_id = 'a' and (storage.foldername(name))[1] = auth.uid()::text);
				alter policy p on storage.objects rename to q; alter policy q on storage.objects to anon; drop policy q on storage.objects; drop policy if exists q on storage.objects`},
			{name: "policy on realtime.messages", sql: "create policy p on realtime.messages for insert to authenticated with check (realtime.topic() = 'a')"},
			{name: "policy on auth.users", sql: "create policy p on auth.users using (id = auth.uid())"},
			{name: "policy in a DO block that fails and goes on", sql: `do $$ begin
				begin create policy p on storage.objects using (true); create policy p on storage.objects using (true); exception when duplicate_object then null; end;
				create policy q on storage.objects using (true); end $$`},
			{name: "bucket", sql: "insert into storage.buckets (id, name, public) values ('a', 'a', true) on conflict (id) do nothing"},
			{name: "publication member", sql: "create table t (id int primary key); alter publication supabase_realtime add table t, auth.users", want: "42501 must be owner of table users"},
			{name: "own publication member", sql: "create table t (id int primary key); alter publication supabase_realtime add table t; alter publication supabase_realtime set (publish = 'insert')"},
			{name: "publication again", sql: "drop publication if exists supabase_realtime; create publication supabase_realtime"},
			{name: "role", sql: "create role agent; grant agent to authenticator; grant select on all tables in schema public to agent"},
			{name: "API role", sql: "set role anon; set role authenticated; set role service_role"},
			{name: "vault", sql: "select vault.create_secret('s', 'n'); select decrypted_secret from vault.decrypted_secrets"},
			{name: "webhook", sql: "create table t (); create trigger w after insert on t for each row execute function supabase_functions.http_request('http://a', 'POST', '{}', '{}', '1000')"},
			{name: "broadcast", sql: "select realtime.send('{}'::jsonb, 'e', 't'); create table t (id int); create function f() returns trigger language plpgsql as $$begin perform realtime.broadcast_changes('a', tg_op, tg_op, tg_table_name, tg_table_schema, new, old); return null; end$$; create trigger b after insert on t for each row execute function f(); insert into t values (1)"},
			{name: "migration history", sql: "insert into supabase_migrations.schema_migrations values ('1', '{}', 'a')"},
			{name: "default privileges", sql: "alter default privileges in schema public revoke all on tables from anon; alter default privileges revoke execute on functions from public"},

			{name: "column of auth.users", sql: "alter table auth.users add column x int", want: "42501 must be owner of table users"},
			{name: "RLS on storage.objects", sql: "alter table storage.objects enable row level security", want: "42501 must be owner of table objects"},
			{name: "table in auth", sql: "create table auth.t ()", want: "42501 permission denied for schema auth"},
			{name: "function in auth", sql: "create function auth.f() returns int language sql as 'select 1'", want: "42501 permission denied for schema auth"},
			{name: "auth.uid", sql: "create or replace function auth.uid() returns uuid language sql as 'select null::uuid'", want: "42501 permission denied for schema auth"},
			{name: "table in storage", sql: "create table storage.t ()", want: "42501 permission denied for schema storage"},
			{name: "table in realtime", sql: "create table realtime.t ()", want: "42501 permission denied for schema realtime"},
			{name: "superuser", sql: "create role boss superuser", want: "42501 "},
			{name: "publication for all tables", sql: "create publication p for all tables", want: "42501 must be superuser to create FOR ALL TABLES publication"},
			{name: "role of the platform", sql: "set role supabase_auth_admin", want: `42501 permission denied to set role "supabase_auth_admin"`},
			{name: "delete from storage", sql: "delete from storage.objects", want: "42501 Direct deletion from storage tables is not allowed. Use the Storage API instead."},
		} {
			t.Run(v.String()+"/"+test.name, func(t *testing.T) {
				defer state(t, c, "rollback")
				got := state(t, c, "begin;"+test.sql)
				if (test.want == "") != (got == "") || !strings.HasPrefix(got, test.want) {
					t.Errorf("got %q, want %q", got, test.want)
				}
			})
		}
	}
}

// TestDefaultPrivileges compares what a new table, function and sequence in
// public is granted by itself.
func TestDefaultPrivileges(t *testing.T) {
	type granted struct{ Table, Function, Sequence string }
	want := map[platform.Variant]granted{
		platform.OldDefaults: {"DELETE INSERT REFERENCES SELECT TRIGGER TRUNCATE UPDATE", "EXECUTE", "SELECT UPDATE USAGE"},
		platform.NewDefaults: {"REFERENCES TRIGGER TRUNCATE", "", "UPDATE"},
	}
	for _, v := range variants {
		c := pgtest.Platform(t, v)
		if got := state(t, c, "create table t (id serial); create function f() returns int language sql as 'select 1'"); got != "" {
			t.Fatal(got)
		}
		for _, role := range []string{"anon", "authenticated", "service_role"} {
			got := granted{acl(t, c, "pg_class", "relacl", "relname = 't'", role), acl(t, c, "pg_proc", "proacl", "proname = 'f'", role), acl(t, c, "pg_class", "relacl", "relname = 't_id_seq'", role)}
			if d := cmp.Diff(want[v], got); d != "" {
				t.Errorf("%s, %s (-want +got):\n%s", v, role, d)
			}
		}
	}
}

// acl lists the privileges of a role; MAINTAIN is there since PostgreSQL 17.
func acl(t *testing.T, c *pgx.Conn, catalog, column, where, role string) string {
	t.Helper()
	var got string
	err := c.QueryRow(context.Background(), `select coalesce(string_agg(a.privilege_type, ' ' order by a.privilege_type), '')
		from pg_catalog.`+catalog+` o, aclexplode(o.`+column+`) a where `+where+` and a.privilege_type <> 'MAINTAIN' and a.grantee = $1::regrole`, role).Scan(&got)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestOneTransaction runs the whole text as a live test may: in a transaction
// that is rolled back, on a server that has none of it.
func TestOneTransaction(t *testing.T) {
	if os.Getenv("POLICYLINT_TEST_DSN") != "" {
		t.Skip("the server in POLICYLINT_TEST_DSN has the platform's roles already")
	}
	c := pgtest.Conn(t)
	migrator := regexp.MustCompile(`\bpostgres\b`) // on a bare server that is the superuser
	for _, v := range variants {
		text := migrator.ReplaceAllString(platform.SQL(v), "migrator")
		if got := state(t, c, "begin; create role supabase_admin superuser; set session authorization supabase_admin;\n"+text); got != "" {
			t.Errorf("%s: %s", v, got)
		}
		state(t, c, "rollback")
	}
}

func TestLists(t *testing.T) {
	c := pgtest.Platform(t, platform.NewDefaults)
	var schemas []string
	err := c.QueryRow(context.Background(), "select array_agg(nspname::text order by nspname) from pg_namespace where nspname !~ '^pg_(catalog|toast|temp)|^information_schema$|^public$'").Scan(&schemas)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(schemas, platform.Schemas); d != "" {
		t.Errorf("Schemas (-server +list):\n%s", d)
	}
	for _, table := range platform.PolicyTables {
		state(t, c, "begin")
		got := state(t, c, "create policy p on "+table+" using (true)")
		if got != "" && !strings.HasPrefix(got, "42P01") { // not every one is modelled
			t.Errorf("%s: %s", table, got)
		}
		state(t, c, "rollback")
	}
}

func TestSize(t *testing.T) {
	for _, v := range variants {
		if n := len(platform.SQL(v)); n > 28<<10 {
			t.Errorf("%s has %d bytes; every run of the linter parses them", v, n)
		}
	}
}
