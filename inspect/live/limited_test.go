package live_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// realtime and history in the shape of the platform, whatever the start state
// of the tests has of them.
const evidence = `
	set session authorization default;
	drop table if exists realtime.subscription;
	create table realtime.subscription (id int, entity regclass, claims jsonb, claims_role regrole);
	create schema if not exists supabase_migrations;
	drop table if exists supabase_migrations.schema_migrations;
	create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
	create table public.tickets (id int primary key);
	insert into realtime.subscription values
	  (1, 'public.tickets', '{"role": "authenticated", "sub": "1", "app_metadata": {"user_role": "agent"}}', 'authenticated'),
	  (2, 'public.tickets', '{"role": "authenticated", "sub": "2", "app_metadata": null}', 'authenticated'),
	  (3, 'public.tickets', '{"role": "anon"}', 'anon'),
	  (4, 'public.tickets', 'null', 'anon');
	insert into supabase_migrations.schema_migrations values
	  ('20260102', array['select 1', E'select ''a''\n'], 'second'), ('20260101', null, null);`

// TestLoadRuntime reads who is subscribed and what was applied.
func TestLoadRuntime(t *testing.T) {
	c := pgtest.Platform(t, platform.OldDefaults)
	script(t, c, evidence)
	got := load(t, c)
	tickets := catalog.Name{Schema: "public", Name: "tickets"}
	count := func(n int, path ...string) catalog.ClaimCount { return catalog.ClaimCount{Path: path, Count: n} }
	want := &catalog.Runtime{
		Building: map[catalog.Name]bool{}, Slots: []catalog.Slot{},
		Subscriptions: &catalog.Subscriptions{Tables: []catalog.Subscribed{
			{Table: tickets, Role: "anon", Count: 2, Claims: []catalog.ClaimCount{count(1, "role")}},
			{Table: tickets, Role: "authenticated", Count: 2, Claims: []catalog.ClaimCount{
				count(2, "app_metadata"), count(1, "app_metadata", "user_role"), count(2, "role"), count(2, "sub"),
			}},
		}},
		History: &catalog.History{Applied: []catalog.Applied{
			{Version: "20260101"},
			{Version: "20260102", Name: "second", Digest: catalog.Digest("select 1; select 'a';")},
		}},
	}
	if s := got.Runtime.Statistics[tickets]; s == nil || s.Indexes["tickets_pkey"] != 0 {
		t.Errorf("statistics of tickets: %v", s)
	}
	got.Runtime.Statistics = nil // counted by the server: see TestStatistics
	if d := cmp.Diff(want, got.Runtime); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if n := want.Subscriptions.Tables[1].Carrying("app_metadata", "user_role"); n != 1 {
		t.Errorf("%d carry the role", n)
	}
}

// TestLoadWithFewRights reads as a role that was granted nothing: the catalogs
// as everybody, and a gap for each relation that it may not read.
func TestLoadWithFewRights(t *testing.T) {
	c := pgtest.Platform(t, platform.OldDefaults)
	script(t, c, evidence+`create role few login;
		alter table public.tickets enable row level security; create policy p on public.tickets using (id > 0);
		revoke all on schema public from public;`)
	got := loadAs(t, pgtest.DSN(c, "few"))
	var gaps []string
	for _, g := range got.Gaps {
		gaps = append(gaps, g.Object.String()+": "+g.Reason)
	}
	want := []string{
		"table realtime.subscription: role few may not read it",
		"table storage.buckets: role few may not read it",
		"table supabase_migrations.schema_migrations: role few may not read it",
	}
	if d := cmp.Diff(want, gaps); d != "" {
		t.Errorf("gaps (-want +got):\n%s", d)
	}
	if d := catalog.Diff(load(t, c), got); len(d) > 0 {
		t.Errorf("the superuser sees otherwise: %q", d)
	}
	if got.Runtime.Subscriptions != nil || got.Runtime.History != nil {
		t.Error("read what it may not read")
	}
}
