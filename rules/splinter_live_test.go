package rules_test

import (
	"context"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/live"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
	"policylint/rules"
)

// faults has each fault that the platform's advisors look for, once.
const faults = `
create table public.tickets (id bigint primary key, owner_id uuid, org_id bigint, day date);
alter table public.tickets enable row level security;
create table public.comments (id bigint primary key, ticket_id bigint references public.tickets (id));
alter table public.comments enable row level security;
create view public.user_list as select id, email from auth.users;
create view public.ticket_list as select * from public.tickets;
create policy bare on public.tickets for select to authenticated using (owner_id = auth.uid());
create table public.visits (day date);
alter table public.visits enable row level security;
create policy late on public.visits for select to authenticated using (day is not null);
alter table public.visits disable row level security;
create index one on public.tickets (day);
create index two on public.tickets (day);
create table public.open_notes (id bigint primary key, ssn text, passport text);
create extension if not exists citext with schema public;
create policy metadata on public.tickets for update to authenticated using ((select auth.jwt() -> 'user_metadata' ->> 'role') = 'agent');
create materialized view public.stats as select count(*) from public.tickets;
create foreign data wrapper nowhere;
create server elsewhere foreign data wrapper nowhere;
create foreign table public.remote (id int) server elsewhere;
grant select on public.remote to authenticated;
create table public.configs (id bigint primary key, c regconfig);
alter table public.configs enable row level security;
create table public.profiles (id bigint primary key, phone text references auth.users (phone));
alter table public.profiles enable row level security;
create policy anything on public.comments for delete to authenticated using (true);
insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true);
create policy listing on storage.objects for select to anon using (bucket_id = 'avatars');
create function public.all_tickets() returns bigint language sql security definer as $$ select count(*) from public.tickets $$;
create policy nobody on public.comments for update using ((select auth.uid()) is null or id > 0);
create schema internal;
create table internal.parts (id bigint primary key, day date) partition by range (id);
create table internal.parts_1 partition of internal.parts for values from (1) to (9);
create index parts_day_idx on only internal.parts (day);
create policy bare_too on public.tickets for select to authenticated using (org_id = 1);
`

// advisors are the conditions of splinter's lints, in words of our own: each
// lists what it would report, in the words of a finding's object.
var advisors = []struct{ rule, sql string }{
	{"unindexed-foreign-key", `select 'table ' || k.conrelid::regclass::text from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace
		and not exists (select from pg_index i where i.indrelid = k.conrelid and i.indisvalid and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] = k.conkey)`},
	{"auth-users-exposed", `select distinct 'view ' || c.oid::regclass::text from pg_class c join pg_rewrite r on r.ev_class = c.oid
		join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refobjid = 'auth.users'::regclass
		where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace and has_table_privilege('anon', c.oid, 'select')`},
	{"uncached-auth-call", `select 'policy ' || schemaname || '.' || tablename || '/' || policyname from pg_policies
		where schemaname = 'public' and qual ~ 'auth\.uid\(\)' and qual !~* 'select auth\.uid\(\)'`},
	{"table-without-primary-key", `select 'table ' || c.oid::regclass::text from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
		and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`},
	{"multiple-permissive-policies", `select distinct 'table ' || schemaname || '.' || tablename from pg_policies where schemaname = 'public' and permissive = 'PERMISSIVE'
		group by schemaname, tablename, cmd, roles having count(*) > 1`},
	{"policies-without-rls", `select 'table ' || c.oid::regclass::text from pg_class c where not c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid)`},
	{"rls-without-policies", `select 'table ' || c.oid::regclass::text from pg_class c where c.relrowsecurity and c.relnamespace = 'public'::regnamespace
		and not exists (select from pg_policy p where p.polrelid = c.oid)`},
	{"duplicate-index", `select distinct 'table ' || tablename::regclass::text from (select schemaname || '.' || tablename as tablename, regexp_replace(indexdef, 'INDEX \S+ ON', '') as def
		from pg_indexes where schemaname = 'public') x group by tablename, def having count(*) > 1`},
	// auth-users-exposed speaks of the other view.
	{"view-bypasses-rls", `select 'view ' || c.oid::regclass::text from pg_class c where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace
		and has_table_privilege('anon', c.oid, 'select') and c.reloptions is null and c.relname <> 'user_list'`},
	{"rls-disabled", `select 'table ' || c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
		and not c.relrowsecurity and has_table_privilege('anon', c.oid, 'select')`},
	{"extension-in-public", `select 'extension ' || extname from pg_extension where extnamespace = 'public'::regnamespace and extname <> 'plpgsql'`},
	{"user-metadata-trusted", `select 'policy ' || schemaname || '.' || tablename || '/' || policyname from pg_policies where qual like '%auth.jwt()%user_metadata%'`},
	{"materialized-view-exposed", `select 'materialized view ' || c.oid::regclass::text from pg_class c where c.relkind = 'm' and c.relnamespace = 'public'::regnamespace and has_table_privilege('anon', c.oid, 'select')`},
	{"foreign-table-exposed", `select 'table ' || c.oid::regclass::text from pg_class c where c.relkind = 'f' and c.relnamespace = 'public'::regnamespace and has_table_privilege('authenticated', c.oid, 'select')`},
	{"unsupported-reg-type", `select 'table ' || a.attrelid::regclass::text from pg_attribute a join pg_class c on c.oid = a.attrelid
		where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.atttypid = 'regconfig'::regtype`},
	{"foreign-key-to-auth-unique", `select 'table ' || k.conrelid::regclass::text from pg_constraint k join pg_index i on i.indexrelid = k.conindid
		where k.contype = 'f' and k.confrelid::regclass::text like 'auth.%' and not i.indisprimary and k.connamespace = 'public'::regnamespace`},
	{"sensitive-column-exposed", `select distinct 'table ' || c.oid::regclass::text from pg_class c join pg_attribute a on a.attrelid = c.oid
		where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity and a.attname in ('ssn', 'passport')`},
	{"write-always-allowed", `select 'policy ' || schemaname || '.' || tablename || '/' || policyname from pg_policies where cmd <> 'SELECT' and qual = 'true'`},
	{"public-bucket-allows-listing", `select 'policy storage.objects/' || p.policyname from pg_policies p, storage.buckets b
		where p.tablename = 'objects' and p.cmd = 'SELECT' and b.public and p.qual = format('(bucket_id = %L::text)', b.id)`},
	{"definer-in-exposed-schema", `select 'function ' || p.pronamespace::regnamespace || '.' || p.proname || '()' from pg_proc p
		where p.prosecdef and p.pronamespace = 'public'::regnamespace and has_function_privilege('anon', p.oid, 'execute')`},
	{"invalid-index", `select 'table ' || i.indrelid::regclass::text from pg_index i where not i.indisvalid and i.indisready`},
	{"missing-session-allowed", `select 'policy ' || schemaname || '.' || tablename || '/' || policyname from pg_policies
		where schemaname = 'public' and permissive = 'PERMISSIVE' and qual ~ 'IS NULL\) OR ' and qual like '%auth.uid()%'`},
}

// TestWhatSplinterFindsLive holds that whatever the platform's own advisors
// would report of a database with every fault, the rules report as well.
func TestWhatSplinterFindsLive(t *testing.T) {
	c := pgtest.Platform(t, platform.OldDefaults)
	admin := pgtest.Admin(t, c)
	ctx := context.Background()
	for _, sql := range []string{"create unique index users_phone_peers on auth.users (phone)", faults} {
		if _, err := admin.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	tx, err := admin.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	cat, err := live.Load(ctx, tx, live.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(ctx, "set local search_path = ''"); err != nil {
		t.Fatal(err)
	}
	for _, a := range advisors {
		rows, err := tx.Query(ctx, a.sql)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(a.rule, err)
		}
		if len(theirs) == 0 {
			t.Errorf("%s: the faults have none of it", a.rule)
		}
		var ours []string
		for _, f := range rules.Run(cat, &rules.Config{}, rules.Selection{Only: []string{a.rule}}).Findings {
			ours = append(ours, f.Object.String())
		}
		for _, o := range theirs {
			if !slices.Contains(ours, o) {
				t.Errorf("%s is not found of %s, only of %q", a.rule, o, ours)
			}
		}
	}
}
