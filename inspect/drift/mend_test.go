package drift_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/drift"
	"policylint/inspect/live"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
	fixtures "policylint/migrations-fixtures"
)

const project = `
create role staff;
grant usage on schema public to staff;
create schema private;
create table public.notes (id bigint primary key, owner_id uuid, title text, key text not null);
create unique index notes_key on public.notes (key);
alter table public.notes enable row level security, replica identity using index notes_key;
create table public."Odd" (id bigint primary key);
create function private.is_staff() returns boolean language sql stable security definer set search_path = '' as 'select true';
create policy owned on public.notes for select to authenticated using (owner_id = (select auth.uid()) or private.is_staff());
create function private.org() returns uuid language sql stable
begin atomic select nullif(auth.jwt() -> 'app_metadata' ->> 'org_id', '')::uuid; end;
create function private.known(a uuid) returns boolean language sql stable return a is not null and exists (select 1 from public.notes n where n.owner_id = a and id > 1);
create policy "of the org" on public.notes as restrictive using (owner_id = private.org() or private.known(owner_id));
create sequence public.numbers;
create function public.totals() returns bigint language sql security definer set search_path = '' as 'select count(*) from public.notes';
create policy written on public.notes for insert to authenticated with check (owner_id = auth.uid() and (auth.jwt() ->> 'user_role') in ('agent', 'admin'));
create policy "avatars" on storage.objects for select using (bucket_id = 'avatars');
create view public.titles with (security_invoker = on) as select id, title from public.notes;
alter publication supabase_realtime add table public.notes, public."Odd" (id);
revoke all on public."Odd" from anon;
grant select (id) on public."Odd" to anon;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable set search_path = public, pg_temp
as $$ begin return event; end $$;
revoke execute on function public.custom_access_token_hook(jsonb) from public, anon, authenticated;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
`

var options = drift.Options{Publication: "supabase_realtime", Hook: catalog.Name{Schema: "public", Name: "custom_access_token_hook"}}

// TestMend edits a database by hand in every way that counts. The comparison
// must name exactly that, and the SQL that it offers, run as the migrator or as
// the superuser where only that may, must bring the database back.
func TestMend(t *testing.T) {
	want, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(project)}}, static.Options{Platform: platform.OldDefaults})
	if err != nil || len(want.Failures) > 0 || len(want.Gaps) > 0 {
		t.Fatal(err, want.Failures, want.Gaps)
	}
	c := pgtest.Platform(t, platform.OldDefaults)
	begin(t, c)
	if _, err := c.PgConn().Exec(context.Background(), project).ReadAll(); err != nil {
		pgtest.SkipOlder(t, c, err)
		t.Fatal(err)
	}
	if left := drift.Compare(want, read(t, c), options); len(left) > 0 {
		t.Fatalf("the database is as the migrations made it, and yet %v", left)
	}
	const hook = "function public.custom_access_token_hook(jsonb)"
	for _, test := range []struct {
		edit string
		want []string
	}{
		{"alter publication supabase_realtime drop table public.notes", []string{"publication table public.notes"}},
		{`alter publication supabase_realtime set table public.notes, public."Odd"`, []string{"publication table public.Odd"}},
		{`alter publication supabase_realtime set table public.notes where (id > 1), public."Odd" (id)`, []string{"publication table public.notes"}},
		{"alter publication supabase_realtime set (publish = 'insert', publish_via_partition_root = on)", []string{"publication publication supabase_realtime", "publication publication supabase_realtime"}},
		{"drop publication supabase_realtime", []string{"publication publication supabase_realtime"}},
		{"/* admin */ drop publication supabase_realtime; create publication supabase_realtime for all tables", []string{"publication publication supabase_realtime"}},
		{"/* admin */ drop publication supabase_realtime; create publication supabase_realtime for table public.notes, tables in schema private", []string{"publication publication supabase_realtime", "publication table public.Odd"}},
		{"alter table public.notes replica identity default", []string{"replica identity table public.notes"}},
		{`alter table public."Odd" replica identity full`, []string{"replica identity table public.Odd"}},
		{"alter table public.notes disable row level security", []string{"row level security table public.notes"}},
		{"alter table public.notes force row level security", []string{"row level security table public.notes"}},
		{"alter view public.titles reset (security_invoker)", []string{"row level security view public.titles"}},
		{"alter policy owned on public.notes using (true)", []string{"policies policy public.notes/owned"}},
		{"alter policy written on public.notes with check (true)", []string{"policies policy public.notes/written"}},
		{"alter policy owned on public.notes to public", []string{"policies policy public.notes/owned"}},
		{"alter policy owned on public.notes rename to mine", []string{"policies policy public.notes/mine", "policies policy public.notes/owned"}},
		{`/* admin */ drop policy avatars on storage.objects; create policy "all" on storage.objects using (true)`, []string{"policies policy storage.objects/all", "policies policy storage.objects/avatars"}},
		{"create or replace function private.is_staff() returns boolean language sql stable security definer set search_path = '' as 'select false'", []string{"policies function private.is_staff()"}},
		{"alter function private.is_staff() security invoker", []string{"policies function private.is_staff()"}},
		{"create or replace function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql strict as $$ begin return null; end $$", []string{"hook " + hook, "hook " + hook, "hook " + hook, "hook " + hook}},
		{"alter function public.custom_access_token_hook(jsonb) set search_path = ''", []string{"hook " + hook}},
		{"alter function public.custom_access_token_hook(jsonb) set statement_timeout = '1s'", []string{"hook " + hook}},
		{"drop function public.custom_access_token_hook(jsonb)", []string{"hook " + hook}},
		{"drop function public.custom_access_token_hook(jsonb); create function public.custom_access_token_hook(event jsonb) returns json language sql as 'select null::json'", []string{"grants " + hook, "grants " + hook, "hook " + hook}},
		{"grant execute on function public.custom_access_token_hook(jsonb) to public", []string{"grants " + hook, "grants " + hook}},
		{"revoke all on function public.custom_access_token_hook(jsonb) from supabase_auth_admin", []string{"grants " + hook}},
		{"revoke all on function private.is_staff() from public; grant execute on function private.is_staff() to authenticated", []string{"grants function private.is_staff()", "grants function private.is_staff()", "grants function private.is_staff()"}},
		{"revoke select, delete on public.notes from anon", []string{"grants table public.notes"}},
		{`grant select on public."Odd" to anon`, []string{"grants table public.Odd"}},
		{`grant select on public."Odd" to public`, []string{"grants table public.Odd", "grants table public.Odd"}},
		{`grant update (id) on public."Odd" to anon; revoke select (id) on public."Odd" from anon`, []string{"grants table public.Odd", "grants table public.Odd"}},
		{`grant select on public."Odd" to staff; grant staff to anon`, []string{"grants table public.Odd"}},
		{"revoke select on public.titles from authenticated", []string{"grants view public.titles"}},
		{"grant usage on schema private to authenticated", []string{"grants schema private"}},
		{"grant truncate on public.notes to anon", nil},
		{"revoke truncate on public.notes from anon", []string{"grants table public.notes"}},
		{"revoke all on public.numbers from anon", []string{"grants sequence public.numbers"}},
		{"grant authenticated to anon", []string{"grants table public.Odd"}},
		{`grant update (id) on public."Odd" to staff; grant staff to anon`, []string{"grants table public.Odd"}},
		{`grant select (id) on public."Odd" to public`, []string{"grants table public.Odd"}}, // Auth's own role
		{"alter default privileges in schema public revoke select, insert on tables from anon", []string{"grants schema public"}},
		{"alter default privileges in schema private grant execute on functions to anon; alter default privileges in schema private grant all on tables to service_role", []string{"grants schema private", "grants schema private"}},
		{"alter default privileges in schema public grant references on tables to staff", nil},
		{"alter publication supabase_realtime set (publish = '')", []string{"publication publication supabase_realtime"}},
		{"/* admin */ alter role anon bypassrls", []string{"grants role anon"}},
		{"create or replace function private.org() returns uuid language sql stable begin atomic select null::uuid; end", []string{"policies function private.org()"}},
		{"create or replace function private.known(a uuid) returns boolean language sql stable return true", []string{"policies function private.known(uuid)"}},
		{"create or replace function private.known(a uuid) returns boolean language sql stable return a is not null and exists (select from (select * from public.notes) x where x.owner_id = a and x.id > 2)", []string{"policies function private.known(uuid)"}},
		{"create or replace function public.totals() returns bigint language sql security definer set search_path = '' as 'select 1'", []string{"policies function public.totals()"}},
		{"alter function public.totals() security invoker", []string{"policies function public.totals()"}},
		{"drop function public.totals()", []string{"policies function public.totals()"}},
		{"create function public.back() returns setof public.notes language sql security definer as 'select * from public.notes'", []string{"policies function public.back()"}},
		{"create function public.harmless() returns int language sql as 'select 1'", nil},
		{"create function public.fired() returns trigger language plpgsql security definer as 'begin return new; end'", nil},
		{"drop index public.notes_key", []string{"replica identity table public.notes"}},
		{"/* admin */ alter publication supabase_realtime set table public.notes; alter publication supabase_realtime add tables in schema private", []string{"publication publication supabase_realtime", "publication table public.Odd"}},
		{"/* admin */ alter publication supabase_realtime drop table public.notes, public.\"Odd\"; alter publication supabase_realtime add tables in schema public", []string{"publication publication supabase_realtime", "publication table public.Odd", "publication table public.notes"}},
		{"create table public.rogue (id int primary key); alter publication supabase_realtime add table public.rogue", []string{"publication table public.rogue", "tables table public.rogue"}},
		{"drop view public.titles", []string{"tables view public.titles"}},
	} {
		t.Run(test.edit, func(t *testing.T) {
			begin(t, c)
			run(t, c, test.edit)
			found := drift.Compare(want, read(t, c), options)
			var got, fixes []string
			for _, d := range found {
				got = append(got, string(d.Kind)+" "+d.Object.String())
				fixes = append(fixes, d.Fix)
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			fix := strings.Join(fixes, "\n")
			run(t, c, "/* admin */ "+fix)
			for _, d := range drift.Compare(want, read(t, c), options) {
				if d.Kind != drift.Tables {
					t.Errorf("after\n%s\nthere is still %+v", fix, d)
				}
			}
		})
	}
}

// TestMendPolicies changes each policy of each fixture on a server, and holds
// that the SQL offered makes it mean the same again.
func TestMendPolicies(t *testing.T) {
	c := pgtest.Platform(t, platform.OldDefaults)
	entries, err := fixtures.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var all []fixtures.Case
	for _, e := range entries {
		all = append(all, fixtures.Cases(e.Name())...)
	}
	tried := 0
	for _, f := range all {
		want, err := static.Load(fixtures.FS, static.Options{Files: f.Files, Platform: platform.OldDefaults})
		if err != nil {
			t.Fatal(err)
		}
		if len(want.Failures) > 0 {
			continue
		}
		edits := ""
		for tab := range want.Tables.All() {
			for p := range tab.Policies() {
				if p.Platform || tab.Platform || p.Unsure != 0 {
					continue
				}
				edits += "drop policy " + catalog.Quote(p.Name) + " on " + tab.Name.SQL() + ";"
				tried++
			}
		}
		if edits == "" {
			continue
		}
		t.Run(strings.Join(f.Files, " "), func(t *testing.T) {
			begin(t, c)
			for _, file := range f.Files {
				text, err := fixtures.FS.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if _, message := pgtest.Try(t, c, string(text)); message != "" {
					t.Skip(message) // another platform's
				}
			}
			run(t, c, edits)
			fix := ""
			for _, d := range drift.Compare(want, read(t, c), options) {
				fix += d.Fix + "\n"
			}
			run(t, c, "/* admin */ "+fix)
			for _, d := range drift.Compare(want, read(t, c), options) {
				if d.Kind == drift.Policies {
					t.Errorf("after\n%s\nthere is still %+v", fix, d)
				}
			}
		})
	}
	if tried < 100 {
		t.Errorf("only %d policies", tried)
	}
}

// begin opens a transaction, or a savepoint within one, for the test.
func begin(t *testing.T, c *pgx.Conn) {
	t.Helper()
	if c.PgConn().TxStatus() == 'I' {
		tx, err := c.Begin(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = tx.Rollback(context.Background()) })
		return
	}
	run(t, c, "savepoint edit")
	t.Cleanup(func() { run(t, c, "rollback to edit; release edit") })
}

// run sends statements, those after a mark as the superuser.
func run(t *testing.T, c *pgx.Conn, sql string) {
	t.Helper()
	if strings.HasPrefix(sql, "/* admin */") {
		sql = "reset session authorization;" + sql + ";set session authorization postgres"
	}
	if _, message := pgtest.Send(t, c, sql); message != "" {
		t.Fatalf("%s\n%s", sql, message)
	}
}

func read(t *testing.T, c *pgx.Conn) *catalog.Catalog {
	t.Helper()
	got, err := live.Load(context.Background(), c, live.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return got
}
