package main

import (
	"context"
	"strings"
	"testing"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// TestProbeDisagrees has somebody put another auth.uid() in the place of
// Auth's, which no reading of policies sees.
func TestProbeDisagrees(t *testing.T) {
	ctx := context.Background()
	conn := pgtest.Platform(t, platform.OldDefaults)
	apply := func(list ...string) {
		t.Helper()
		for _, sql := range list {
			if _, err := conn.Exec(ctx, sql); err != nil {
				t.Fatalf("%s: %v", sql, err)
			}
		}
	}
	apply(
		`create table public.own (id bigint primary key)`,
		`insert into public.own values (1)`,
		`alter table public.own enable row level security`,
		`create policy own on public.own for select to authenticated using (auth.uid() = '00000000-0000-0000-0000-0000000000a1')`,
		`create table public.shut (id bigint primary key)`,
		`alter table public.shut enable row level security`,
		`create policy shut on public.shut for all to authenticated using ((select auth.uid()) is not null) with check (not exists (select 1 from public.shut))`,
	)
	dsn := pgtest.DSN(conn, platform.Admin)
	args := []string{"access", "--db", dsn, "--probe", "--config", "../../rules.yaml", "--subject", "agent", "--table", "public.own,public.shut"}
	if code, out := bare(t, args...); code != exitClean || !strings.Contains(out, "the server was asked about 8 fields: it agrees") {
		t.Errorf("access exits with %d:\n%s", code, out)
	}
	apply(`set session authorization default`, `create or replace function auth.uid() returns uuid language sql stable as 'select null::uuid'`)
	code, out := bare(t, args...)
	if code != exitFindings || strings.Count(out, "the server disagrees:") != 1 || !strings.Contains(out, "agent selects from public.own: always is expected, the server gives 0 of 1 row") {
		t.Errorf("access exits with %d:\n%s", code, out)
	}
}

// TestProbeStaysHere asks no other server for its rows, and goes on where a
// policy raises what a lost connection does.
func TestProbeStaysHere(t *testing.T) {
	ctx := context.Background()
	conn := pgtest.Platform(t, platform.OldDefaults)
	if _, err := conn.Exec(ctx, `
		set session authorization default;
		create foreign data wrapper nowhere; create server away foreign data wrapper nowhere;
		create table public.logs (id int, part text) partition by list (part);
		create foreign table public.logs_old partition of public.logs for values in ('old') server away;
		create view public.seen with (security_invoker = on) as select id from public.logs;
		create table public.odd (id int); insert into public.odd values (1);
		alter table public.odd enable row level security;
		create function public.lost() returns boolean language plpgsql as 'begin raise sqlstate ''08001''; end';
		create policy odd on public.odd for select using (public.lost());
		grant all on all tables in schema public to authenticated`); err != nil {
		pgtest.SkipOlder(t, conn, err)
		t.Fatal(err)
	}
	args := []string{"access", "--db", pgtest.DSN(conn, platform.Admin), "--probe", "--config", "../../rules.yaml", "--subject", "agent"}
	_, out := bare(t, append(args, "--table", "public.logs*,public.seen")...)
	if !strings.Contains(out, "the server was not asked about 3 relations with rows of another server") || !strings.Contains(out, "asked about 0 fields") {
		t.Errorf("access says:\n%s", out)
	}
	if _, out = bare(t, append(args, "--table", "public.odd")...); !strings.Contains(out, "asked about 4 fields: it agrees") {
		t.Errorf("access says:\n%s", out)
	}
}

func TestDisagreement(t *testing.T) {
	refused := &access.Raise{SQLState: "42501", Always: true}
	recursive := &access.Raise{SQLState: "42P17", Always: true, Policy: &catalog.Policy{}}
	cast := &access.Raise{SQLState: "22P02", Always: true, Policy: &catalog.Policy{}}
	for _, c := range []struct {
		name    string
		verdict access.Verdict
		raise   *access.Raise
		server  string
		want    string
	}{
		{"both refuse", access.Never, refused, "42501", ""},
		{"one refuses", access.Never, refused, "", "an error 42501 is expected, the server raises none"},
		{"the server refuses", access.Rows, nil, "42501", "rows is expected, the server ends with 42501: m"},
		{"never either way", access.Never, nil, "42501", ""},
		{"both recursive", access.Never, recursive, "42P17", ""},
		{"one recursive", access.Never, recursive, "", "an error 42P17 is expected, the server raises none"},
		{"an error that only rows bring", access.Never, cast, "", ""},
		{"another error", access.Never, cast, "42P17", "an error 22P02 is expected, the server ends with 42P17: m"},
		{"not known", access.Uncertain, nil, "42P17", ""},
		{"cannot be changed at all", access.Rows, nil, "55000", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			cell := access.Cell{Subject: access.Subject{Name: "s"}, Table: catalog.Name{Schema: "public", Name: "t"}, Command: catalog.ForUpdate, Verdict: c.verdict, Raise: c.raise}
			want := c.want
			if want != "" {
				want = "s updates public.t: " + want
			}
			if got := disagreement(cell, live.Probed{SQLState: c.server, Message: "m"}); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}
