package static_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/inspect/static"
)

func load(t *testing.T, sql string) *catalog.Catalog {
	t.Helper()
	c, err := static.Load(fstest.MapFS{"1_x.sql": {Data: []byte(sql)}}, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Failures {
		t.Errorf("line %d: %s %s", f.Origin.Line, f.SQLState, f.Message)
	}
	return c
}

// TestHistory holds what rules see of memberships, grants and policies that
// came and went.
func TestHistory(t *testing.T) {
	c := load(t, `create table public.tickets (id int);
alter publication supabase_realtime add table public.tickets;
grant select, insert on public.tickets to supabase_auth_admin;
revoke insert on public.tickets from supabase_auth_admin;
alter publication supabase_realtime set table public.tickets;
alter publication supabase_realtime drop table public.tickets;
create policy p on public.tickets;
`)
	var got []string
	for _, x := range c.Changes {
		switch x.What {
		case catalog.WhatPublished, catalog.WhatUnpublish, catalog.WhatGranted, catalog.WhatRevoked:
			got = append(got, strings.TrimSpace(fmt.Sprintf("%d %s %s %s %s%s", x.Origin.Line, x.Object, x.What, x.Detail, x.Before, x.After)))
		case catalog.WhatCreated:
			if x.Object.Kind == "policy" {
				got = append(got, fmt.Sprintf("%d %s %s", x.Origin.Line, x.Object, x.What))
			}
		}
	}
	want := []string{
		"2 table public.tickets published supabase_realtime",
		"3 table public.tickets granted supabase_auth_admin select, insert",
		"4 table public.tickets revoked supabase_auth_admin insert",
		"6 table public.tickets unpublished supabase_realtime alter publication … drop table",
		"7 policy public.tickets/p created",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("changes (-want +got):\n%s", d)
	}
}

// TestBodyAt holds where the body of a function begins, for findings inside.
func TestBodyAt(t *testing.T) {
	for name, c := range map[string]struct {
		sql          string
		line, column int
	}{
		"same line":      {"create function f() returns int language sql as $$select 1$$;", 1, 51},
		"after newlines": {"create function f() returns int\nlanguage sql as\n  $body$\nselect 1$body$;", 3, 9},
		"quoted":         {"create function f() returns int as 'select 1' language sql;", 1, 37},
		"comment":        {"create function f() returns int language sql as -- $$ '\n /* ' */ 'select 1';", 2, 11},
		"not ASCII":      {"/* ä */ create function f(ü int default 1) returns int language sql as $ü$select 1$ü$;", 1, 75},
		"standard":       {"create function f() returns int\nreturn 1;", 2, 1},
		"atomic":         {"create function f() returns int\n language sql begin atomic select 1; end;", 2, 15},
	} {
		t.Run(name, func(t *testing.T) {
			o, _ := load(t, c.sql).Functions.Get(catalog.Name{Schema: "public", Name: "f"})
			if at := o.Functions[0].BodyAt; at.Line != c.line || at.Column != c.column {
				t.Errorf("body at %d:%d, not %d:%d", at.Line, at.Column, c.line, c.column)
			}
		})
	}
}

// TestExtension holds what CREATE EXTENSION brings, which no plain server has.
func TestExtension(t *testing.T) {
	c := load(t, `create extension if not exists pg_net with schema extensions;
create extension if not exists vector with schema extensions;
create extension if not exists pg_graphql;
create extension if not exists moddatetime schema extensions;
create table public.docs (id int primary key, embedding extensions.vector(3), updated_at timestamptz);
create trigger touch before update on public.docs for each row execute function moddatetime(updated_at);
create function public.near(q vector(3)) returns setof public.docs language sql as $$ select * from public.docs order by embedding <=> q $$;
create extension something_new;
create function public.uses() returns int language sql as $$ select brought_along(1) $$;
select cron_job_of_something_new();
`)
	for _, n := range []catalog.Name{{Schema: "net", Name: "http_post"}, {Schema: "extensions", Name: "moddatetime"}} {
		if !c.Functions.Has(n) {
			t.Errorf("no function %s", n)
		}
	}
	if !c.Schemas.Has("net") || !c.Types.Has(catalog.Name{Schema: "extensions", Name: "vector"}) {
		t.Error("no schema net or no type vector")
	}
	gaps := 0
	for _, g := range c.Gaps {
		if g.Object == (catalog.Ref{Kind: "extension", Name: "something_new"}) {
			gaps++
		}
	}
	if gaps != 1 {
		t.Errorf("%d gaps about the unknown extension", gaps)
	}
}

// TestDumpAlone reads what a dump says in the place of the platform, and takes
// the roles that it names to exist.
func TestDumpAlone(t *testing.T) {
	c, err := static.Load(fstest.MapFS{"production.sql": {Data: []byte(`--
-- PostgreSQL database dump
--
CREATE TABLE public.jobs (id integer NOT NULL);
ALTER TABLE public.jobs OWNER TO robot;
CREATE POLICY jobs ON public.jobs TO robot USING (true);
CREATE PUBLICATION supabase_realtime WITH (publish = 'insert');
ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.jobs;
GRANT SELECT ON TABLE public.jobs TO helper;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT SELECT ON TABLES TO anon;
`)}}, static.Options{})
	if err != nil || len(c.Failures)+len(c.Gaps) > 0 {
		t.Fatal(err, c.Failures, c.Gaps)
	}
	jobs, _ := c.Tables.Get(catalog.Name{Schema: "public", Name: "jobs"})
	p, _ := c.Publications.Get("supabase_realtime")
	d, _ := c.Defaults.Get(catalog.DefaultKey{Role: "postgres", Schema: "public", Kind: catalog.OnTables})
	switch {
	case !jobs.Owner.Is("robot") || !c.Roles.Has("helper"):
		t.Errorf("the roles are not taken to exist: %+v", jobs.Owner)
	case p.Publish.Value != catalog.Actions{Insert: true} || len(p.Members) != 1:
		t.Errorf("the publication is %+v", p)
	case strings.Join(d.Grants.Grantees(catalog.Select), ",") != "anon":
		t.Errorf("the default privileges are %+v", d.Grants)
	}
}

// TestExtensionOfOldDumps holds that the first lines of a dump of an older
// project are taken: the platform had made the schema.
func TestExtensionOfOldDumps(t *testing.T) {
	c := load(t, `create extension if not exists "pgsodium" with schema "pgsodium";
create extension if not exists "hstore" with schema "pgsodium";
`)
	if s, ok := c.Schemas.Get("pgsodium"); !ok || !s.Platform {
		t.Error("no schema pgsodium of the platform's")
	}
}

// TestDefaultPrivileges holds whose statement a privilege is traced to: the
// project's ALTER DEFAULT PRIVILEGES, or else the CREATE.
func TestDefaultPrivileges(t *testing.T) {
	c := load(t, `create role reporting;
alter default privileges in schema public grant select on tables to reporting;
create table public.tickets (id int);
`)
	tickets, _ := c.Tables.Get(catalog.Name{Schema: "public", Name: "tickets"})
	for grantee, line := range map[string]int{"reporting": 2, "anon": 3, "postgres": 3} {
		g, ok := tickets.Grants.Find(grantee, catalog.Select)
		if !ok || g.Origin.Line != line || !g.Default {
			t.Errorf("%s: %+v", grantee, g)
		}
	}
}

// TestExtensionRows reads the rows that an extension's functions give by their
// fields. A field that is not listed may come with another version.
func TestExtensionRows(t *testing.T) {
	c := load(t, `create extension pgmq;
create extension http with schema extensions;
create function public.next_jobs(how_many integer) returns setof bigint language sql set search_path = '' as $$
  select job.msg_id from pgmq.read('jobs', 30, how_many) as job where job.read_ct < 5 and job.last_read_at is null
$$;
do $$
begin
  if not exists (select 1 from pgmq.list_queues() where queue_name = 'jobs') then
    create table public.queue_wanted (id int);
  end if;
end
$$;
create view public.pings as select status, r.content from extensions.http_get('https://example.com') r;
`)
	v, ok := c.Views.Get(catalog.Name{Schema: "public", Name: "pings"})
	if !ok || v.Columns[0].Type != "integer" || v.Columns[1].Type != "character varying" {
		t.Errorf("the view is %+v", v)
	}
}

// TestQueues makes the tables of queues where pgmq does.
func TestQueues(t *testing.T) {
	c := load(t, `create extension pgmq;
select pgmq.create('Jobs');
do $$ begin perform pgmq.create_unlogged('mail-out'); perform pgmq.create('old'); end $$;
select from pgmq.create(queue_name => 'jobs');
alter table pgmq.q_jobs enable row level security;
create policy "nobody" on pgmq.a_jobs using (false);
create trigger t before insert on pgmq."q_mail-out" for each row execute function suppress_redundant_updates_trigger();
select pgmq.drop_queue('old');
`)
	var got []string
	for x := range c.Tables.All() {
		if x.Name.Schema == "pgmq" && x.Name.Name != "meta" {
			got = append(got, fmt.Sprintf("%s %s %s", x.Name, x.Persistence.Value, x.Owner.Value))
		}
	}
	want := []string{"pgmq.a_jobs permanent postgres", "pgmq.a_mail-out permanent postgres", "pgmq.q_jobs permanent postgres", "pgmq.q_mail-out unlogged postgres"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("tables (-want +got):\n%s", d)
	}
}

// TestImportedTables knows the foreign tables that an import names.
func TestImportedTables(t *testing.T) {
	c := load(t, `create extension postgres_fdw with schema extensions;
create server legacy foreign data wrapper postgres_fdw options (host 'db.example.com');
import foreign schema public limit to (orders, "Items") from server legacy into public;
revoke all on public.orders from anon;
drop server legacy cascade;
import foreign schema public except (logs) from server legacy into public;
`)
	if c.Tables.Has(catalog.Name{Schema: "public", Name: "orders"}) || len(c.Gaps) != 1 || c.Gaps[0].Origin.Line != 6 {
		t.Errorf("the tables are still there, or the gaps are %+v", c.Gaps)
	}
}
