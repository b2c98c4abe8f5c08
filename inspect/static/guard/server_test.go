package guard_test

import (
	"context"
	"testing"
	"testing/fstest"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/static"
	"policylint/inspect/static/guard"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// schema is the state that the guards are asked about.
const schema = `
create type public.user_role as enum ('client', 'agent', 'admin');
create table public.tickets (id uuid primary key default gen_random_uuid(), title text not null, role public.user_role, n integer unique, "Odd Name" text);
create table public.notes (id bigint generated always as identity primary key, ticket_id uuid references public.tickets (id), body text, check (body <> ''));
alter table public.tickets enable row level security;
alter table public.tickets replica identity full;
create index notes_body_idx on public.notes (body);
create policy "agents read" on public.tickets for select to authenticated using (true);
create policy p2 on public.tickets as restrictive for update using (true) with check (false);
create view public.open_tickets as select id, title from public.tickets;
create materialized view public.counts as select count(*) as n from public.tickets;
create function public.is_agent(uid uuid) returns boolean language sql stable security definer as 'select true';
create function public.touch() returns trigger language plpgsql as 'begin return new; end';
create trigger touch before insert or update on public.tickets for each row execute function public.touch();
alter publication supabase_realtime add table public.tickets;
create sequence public.numbers;
create schema app;
create table app.things (id integer);
create role helper nologin;
grant select on public.tickets to helper;
`

// questions are evaluated by both; known ones must not come out unknown.
var questions = []string{
	// publications
	`exists (select 1 from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'tickets')`,
	`exists (select 1 from pg_publication_tables where pubname = 'supabase_realtime' and tablename = 'notes')`,
	`not exists (select from pg_publication where pubname = 'supabase_realtime')`,
	`(select count(*) from pg_publication_tables where pubname = 'supabase_realtime') = 1`,
	`exists (select 1 from pg_publication_rel pr join pg_publication p on p.oid = pr.prpubid join pg_class c on c.oid = pr.prrelid join pg_namespace n on n.oid = c.relnamespace where p.pubname = 'supabase_realtime' and n.nspname = 'public' and c.relname = 'tickets')`,
	`exists (select 1 from pg_publication_rel where prrelid = 'public.notes'::regclass)`,
	`(select puballtables from pg_publication where pubname = 'supabase_realtime')`,
	`exists (select 1 from pg_publication p where pubname = 'supabase_realtime' and p.pubinsert and p.pubdelete)`,
	// tables and columns
	`exists (select 1 from information_schema.tables where table_schema = 'public' and table_name = 'tickets')`,
	`exists (select 1 from information_schema.tables where table_name = 'nothing')`,
	`exists (select 1 from pg_tables where schemaname = 'public' and tablename = 'notes' and rowsecurity)`,
	`exists (select 1 from information_schema.columns where table_schema = 'public' and table_name = 'tickets' and column_name = 'title' and is_nullable = 'NO')`,
	`exists (select 1 from information_schema.columns where table_name = 'tickets' and column_name = 'missing')`,
	`(select data_type from information_schema.columns where table_schema = 'public' and table_name = 'tickets' and column_name = 'title')`,
	`(select udt_name from information_schema.columns where table_schema = 'public' and table_name = 'tickets' and column_name = 'role')`,
	`(select data_type from information_schema.columns where table_schema = 'public' and table_name = 'notes' and column_name = 'id')`,
	`exists (select 1 from pg_attribute where attrelid = 'public.tickets'::regclass and attname = 'Odd Name' and not attisdropped)`,
	`exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relname = 'tickets' and c.relkind = 'r' and c.relrowsecurity)`,
	`(select relreplident::text from pg_class where oid = 'public.tickets'::regclass)`,
	`exists (select from pg_class where relname = 'notes_body_idx' and relkind = 'i')`,
	`exists (select 1 from pg_views where viewname = 'open_tickets')`,
	`exists (select 1 from pg_matviews where schemaname = 'public' and matviewname = 'counts')`,
	`exists (select 1 from information_schema.views where table_schema = 'public' and table_name = 'open_tickets')`,
	`exists (select 1 from information_schema.views where table_name = 'counts')`,
	`exists (select 1 from information_schema.columns where table_name = 'open_tickets' and column_name = 'id')`,
	`exists (select 1 from information_schema.columns where table_name = 'counts')`,
	`exists (select 1 from pg_attribute where attrelid = 'public.counts'::regclass and attname = 'count')`,
	`exists (select 1 from information_schema.sequences where sequence_name = 'numbers')`,
	`exists (select 1 from pg_class where relname = 'numbers' and relkind = 'S')`,
	`exists (select 1 from pg_sequences where schemaname = 'public' and sequencename = 'numbers')`,
	`(select string_agg(tablename, ',' order by tablename) from pg_tables where schemaname = 'public')`,
	`(select array_agg(table_name::text order by table_name) from information_schema.tables where table_schema = 'public')::text`,
	`(select count(*) from information_schema.columns where table_schema = 'public' and table_name = 'tickets') = 5`,
	// keys, indexes, triggers
	`exists (select 1 from pg_constraint where conname = 'tickets_pkey')`,
	`exists (select 1 from pg_constraint where conname = 'notes_ticket_id_fkey' and contype = 'f' and confrelid = 'public.tickets'::regclass)`,
	`exists (select 1 from pg_constraint where conname = 'nothing')`,
	`exists (select 1 from information_schema.table_constraints where constraint_name = 'tickets_n_key' and table_name = 'tickets' and constraint_type = 'UNIQUE')`,
	`exists (select 1 from information_schema.table_constraints tc join information_schema.key_column_usage k on k.constraint_name = tc.constraint_name where tc.table_name = 'notes' and tc.constraint_type = 'FOREIGN KEY' and k.column_name = 'ticket_id')`,
	`exists (select 1 from pg_indexes where schemaname = 'public' and indexname = 'notes_body_idx')`,
	`exists (select 1 from pg_indexes where tablename = 'notes' and indexname = 'other')`,
	`exists (select 1 from pg_trigger where tgname = 'touch')`,
	`exists (select 1 from pg_trigger where tgname = 'other' and tgrelid = 'public.tickets'::regclass)`,
	`exists (select 1 from information_schema.triggers where trigger_name = 'touch' and event_object_table = 'tickets')`,
	// policies
	`exists (select 1 from pg_policies where schemaname = 'public' and tablename = 'tickets' and policyname = 'agents read')`,
	`exists (select 1 from pg_policies where tablename = 'tickets' and policyname = 'x')`,
	`exists (select 1 from pg_policy where polrelid = 'public.tickets'::regclass and polname = 'p2')`,
	`(select cmd from pg_policies where policyname = 'p2')`,
	`(select permissive from pg_policies where policyname = 'p2')`,
	`(select roles::text from pg_policies where policyname = 'agents read')`,
	`(select count(*)::int from pg_policies where schemaname = 'public')`,
	// types, functions, roles, schemas, extensions
	`exists (select 1 from pg_type where typname = 'user_role')`,
	`exists (select 1 from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typname = 'other' and n.nspname = 'public')`,
	`exists (select 1 from pg_enum e join pg_type t on t.oid = e.enumtypid where t.typname = 'user_role' and e.enumlabel = 'agent')`,
	`exists (select 1 from pg_enum where enumlabel = 'boss' and enumtypid = 'public.user_role'::regtype)`,
	`(select array_agg(enumlabel::text order by enumsortorder) from pg_enum where enumtypid = 'user_role'::regtype)::text`,
	`exists (select 1 from pg_proc where proname = 'is_agent')`,
	`exists (select 1 from pg_proc p join pg_namespace n on p.pronamespace = n.oid where n.nspname = 'public' and p.proname = 'missing')`,
	`(select pg_get_function_identity_arguments(oid) from pg_proc where proname = 'is_agent')`,
	`(select oid::regprocedure::text from pg_proc where proname = 'is_agent')`,
	`exists (select 1 from information_schema.routines where routine_schema = 'public' and routine_name = 'touch')`,
	`exists (select 1 from pg_roles where rolname = 'helper')`,
	`exists (select from pg_catalog.pg_roles where rolname = 'nobody_here')`,
	`exists (select 1 from pg_namespace where nspname = 'app')`,
	`exists (select 1 from information_schema.schemata where schema_name = 'missing')`,
	`exists (select 1 from pg_extension where extname = 'pgcrypto')`,
	`exists (select 1 from pg_extension where extname = 'postgis')`,
	// names and privileges
	`to_regclass('public.tickets') is not null`,
	`to_regclass('tickets')::text`,
	`to_regclass('app.things')::text`,
	`to_regclass('public."Missing"') is null`,
	`to_regtype('public.user_role') is null`,
	`to_regnamespace('app') is not null`,
	`to_regrole('helper') is null`,
	`'public.tickets'::regclass = 'tickets'::regclass`,
	`to_regprocedure('public.is_agent(uuid)') is not null`,
	`to_regprocedure('public.is_agent(text)') is not null`,
	`has_table_privilege('helper', 'public.tickets', 'select')`,
	`has_table_privilege('helper', 'public.tickets', 'insert')`,
	`has_schema_privilege('anon', 'public', 'usage')`,
	`pg_has_role('postgres', 'anon', 'member')`,
	`current_user::text`, `session_user::text`, `current_schema()::text`,
	// dates
	`date '2026-05-01' + interval '1 month'`, `('2026-01-31'::date + interval '1 month')::date`, `date '2026-03-31' - interval '1 mon 1 day'`,
	`date '2026-02-27' + 3`, `2 + date '2026-12-31'`, `date '2026-05-01' - 1`, `date '2026-05-01' - date '2026-04-01'`,
	`timestamp '2026-01-31 22:30' + interval '1 month 1 day 2 hours'`, `date '2026-01-01' + 3 * interval '1 month'`, `date '2024-02-29' + interval '1 year'`,
	`to_char(date '2026-05-01', 'YYYY_MM')`, `to_char(date '2026-05-01', 'yyyymmdd"x"YY')`, `to_char(timestamp '2026-05-01 13:07:03', 'YYYY-MM-DD HH24:MI:SS HH12')`,
	`date '2026-05-01' < '2026-12-01'`, `date '2026-05-01' = timestamp '2026-05-01'`, `date '2026-05-02' >= timestamp '2026-05-01 10:00'`, `'2026-5-1' = date '2026-05-01'`,
	`extract(month from date '2026-05-01')`, `date_part('year', date '2026-05-01')`, `date_trunc('quarter', timestamp '2026-05-17 10:00')`,
	`make_date(2026, 5, 1) + make_interval(months => 1, days => 2)`, `format('%L %s', '2026-05-01'::date, date '2026-05-01' + interval '1 day')`, `'20260501'::date::timestamp`,
	`(array[date '2026-05-01'])[1] + 1`, `date '2026-05-01' between '2026-04-01' and '2026-06-01'`,
	// expressions
	`format('alter table %I.%I add %s', 'public', 'Odd Name', 'x')`, `format('%2$s %1$L', 'it''s', 'a')`, `format('%L', null)`, `format('100%%')`,
	`quote_ident('user')`, `quote_ident('plain')`, `quote_literal('a\b')`, `concat('a', null, 1)`, `concat_ws('-', 'a', null, 'b')`,
	`lower('ABC') || upper('d')`, `replace('abc', 'b', 'x')`, `split_part('a.b.c', '.', 2)`, `split_part('a.b.c', '.', -1)`,
	`substring('abcdef' from 2 for 3)`, `left('abc', -1)`, `right('abc', 2)`, `length('äöü')`, `position('c' in 'abc')`,
	`'abc' like 'a%'`, `'a_c' like 'a\_c'`, `'ABC' ilike 'abc'`, `'abc' not like '%b%'`, `'abc' ~ '^a.c$'`, `'ABC' ~* 'abc'`, `'abc' !~ 'x'`,
	`1 = any (array[1, 2])`, `'x' = any ('{a,b}'::text[])`, `3 <> all (array[1, 2])`, `null = any (array[1])`, `1 in (2, null)`, `1 not in (2, 3)`,
	`2 between 1 and 3`, `5 not between 1 and 3`, `null is null`, `null = null`, `null is distinct from 1`, `true and null`, `false and null`, `true or null`,
	`not null::boolean`, `coalesce(null, 'a')`, `nullif(1, 1)`, `case when 1 > 2 then 'a' else 'b' end`, `case 3 when 1 then 'x' when 3 then 'y' end`,
	`(array['a', 'b'])[2]`, `array_length(array[1, 2, 3], 1)`, `array_to_string(array['a', null, 'b'], ',', '*')`, `array['a'] || 'b'::text || array['c'] = array['a','b','c']`,
	`array[1, 2] @> array[2]`, `array[1] && array[2]`, `(select count(*) from unnest(array['a', 'b', 'c']) u)`, `(select sum from (values (1)) v(sum))`,
	`(select string_agg(x, '' order by x desc) from unnest(array['b', 'a', 'c']) x)`, `(select max(n) from generate_series(1, 5) n)`,
	`array(select tablename::text from pg_tables where schemaname = 'app')::text`, `exists (select 1 from (values ('a'), ('b')) v(x) where v.x = 'b')`,
	`(select x from (values (2, 'b'), (1, 'a')) v(n, x) order by n limit 1)`, `(select count(distinct x) from unnest(array[1, 1, 2]) x)`,
	`(select bool_and(x) from unnest(array[true, false]) x)`, `(with t as (select 'a' as x union all select 'b') select count(*) from t)`,
	`(select count(*) from (values (1), (2)) a(x) join (values (2), (3)) b(y) on a.x = b.y)`, `(select count(b.y) from (values (1), (2)) a(x) left join (values (2), (3)) b(y) on a.x = b.y)`,
	`(select y from (values (1, 'u'), (2, 'v')) a(x, y) join (values (2)) b(x) using (x))`, `regexp_replace('a1b2', '[0-9]', '', 'g')`, `'{"a"}'::text[] = array['a']`,
	`exists (select 1 from pg_tables t where t.schemaname = 'public' and not exists (select 1 from pg_policies p where p.tablename = t.tablename and p.schemaname = t.schemaname))`,
	`(select count(*) from (select relkind, count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where nspname = 'app' group by relkind) x)`,
}

// unknowable are questions that only a server can answer.
var unknowable = []string{
	`exists (select 1 from public.tickets)`, `(select count(*) from public.notes) = 0`, `now() > '2024-01-01'`, `random() < 0.5`,
	`exists (select 1 from cron.job where jobname = 'x')`, `current_setting('app.something', true) = 'x'`, `version() like '%15%'`,
	`exists (select 1 from pg_stat_activity)`, `md5('x') = 'y'`,
	`to_char(now(), 'YYYY')`, `to_char(date '2026-05-01', 'Mon')`, `to_char(date '2026-05-01', 'IYYY-IW')`, `current_date + 1`, `date '2026-05-01' + '1 month'`,
	`date_trunc('month', date '2026-05-17')`, `'2026-05-01'::timestamptz`, `interval '1.5 months' + date '2026-05-01'`,
}

func TestServerAgrees(t *testing.T) {
	conn := pgtest.Platform(t, platform.OldDefaults)
	ctx := context.Background()
	if _, err := conn.Exec(ctx, schema); err != nil {
		t.Fatal(err)
	}
	env := load(t)
	for _, q := range questions {
		t.Run(q, func(t *testing.T) {
			var want *string
			if err := conn.QueryRow(ctx, "select ("+q+")::text").Scan(&want); err != nil {
				t.Fatal(err)
			}
			v := eval(t, env, q)
			switch got, ok := v.String(); {
			case v.IsNull():
				if want != nil {
					t.Errorf("want %s, got null", *want)
				}
			case !ok:
				t.Errorf("unknown: %+v", v)
			case want == nil || *want != got:
				t.Errorf("want %v, got %q", want, got)
			}
		})
	}
}

func TestUnknowable(t *testing.T) {
	env := load(t)
	for _, q := range unknowable {
		if v := eval(t, env, q); v.Kind != guard.Unknown {
			t.Errorf("%s: %+v", q, v)
		}
	}
}

func load(t *testing.T) *guard.Env {
	t.Helper()
	c, err := static.Load(fstest.MapFS{"1_a.sql": {Data: []byte(schema)}}, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Failures {
		t.Errorf("%d: %s %s", f.Origin.Line, f.SQLState, f.Message)
	}
	return &guard.Env{Cat: c, Path: []string{"pg_catalog", "public", "extensions"}, User: "postgres", Login: "postgres"}
}

func eval(t *testing.T, env *guard.Env, q string) guard.Value {
	t.Helper()
	tree, err := pg.Parse("select " + q)
	if err != nil {
		t.Fatal(err)
	}
	v, err := env.Eval(tree.Stmts[0].Stmt.GetSelectStmt().TargetList[0].GetResTarget().Val)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
