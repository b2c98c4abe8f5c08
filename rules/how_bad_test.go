package rules_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/rules"
)

// TestHowBad holds what makes a finding milder than its rule says.
func TestHowBad(t *testing.T) {
	purge := func(body string) string {
		return `create table public.staff (user_id uuid primary key);
create function public.is_admin() returns boolean language plpgsql stable security definer set search_path = '' as $$ begin return exists (select 1 from public.staff where user_id = auth.uid()); end $$;
create function public.guard() returns void language plpgsql as $$ begin if not is_admin() then raise exception 'no'; end if; end $$;
create function public.purge() returns void language plpgsql security definer set search_path = '' as $$ begin ` + body + ` delete from public.staff; end $$;`
	}
	join := func(teams string) string {
		return `create table public.teams (id bigint primary key);
create table public.members (team bigint references public.teams (id), user_id uuid, primary key (team, user_id));
create table public.notes (id bigint primary key, team bigint);
alter table public.teams enable row level security;
alter table public.members enable row level security;
alter table public.notes enable row level security;
create policy "join" on public.members for insert to authenticated with check (user_id = auth.uid());
create policy "team" on public.notes for select to authenticated using (team in (select m.team from public.members m where m.user_id = auth.uid()));
create policy "teams" on public.teams for select to authenticated using (` + teams + `);`
	}
	const published = "alter publication supabase_realtime add table public.notes;"
	cast := func(claim, more string) string {
		return "create table public.notes (id bigint primary key, org uuid);\n" + more + "alter table public.notes enable row level security;\n" +
			`create policy "org" on public.notes for select to authenticated using (org = (` + claim + `)::uuid);`
	}
	agent := func(grant string) string {
		return "create role agent nologin; create table public.notes (id bigint primary key);\n" + grant + "alter table public.notes enable row level security;\n" +
			`create policy "agents" on public.notes for select to agent using (true);`
	}
	for _, test := range []struct{ name, rule, sql, want string }{
		{"asks nobody", "definer-in-exposed-schema", purge(""), "4 warning"},
		{"asks itself", "definer-in-exposed-schema", purge("if auth.uid() is null then return; end if;"), "4 info"},
		{"leaves it to a helper", "definer-in-exposed-schema", purge("if not public.is_admin() then return; end if;"), "4 info"},
		{"leaves it to a helper's helper", "definer-in-exposed-schema", purge("perform guard();"), "4 info"},
		{"calls itself", "definer-in-exposed-schema", purge("if false then perform public.purge(); end if;"), "4 warning"},
		{"a helper's helper", "definer-in-exposed-schema", purge("") + `
create function public.open() returns boolean language sql stable security definer set search_path = '' as $$ select public.purge() is not null $$;
create table public.notes (id bigint primary key);
alter table public.notes enable row level security;
create policy "while it is open" on public.notes for select to authenticated using (public.open());`, "4 info,5 info"},
		{"the server's claim", "unguarded-claim-cast", cast("auth.jwt() -> 'app_metadata' ->> 'org'", ""), "3 info"},
		{"the server's claim, published", "unguarded-claim-cast", cast("auth.jwt() -> 'app_metadata' ->> 'org'", published), "3 warning"},
		{"the user's claim", "unguarded-claim-cast", cast("auth.jwt() -> 'user_metadata' ->> 'org'", ""), "3 warning"},
		{"the user's claim, published", "unguarded-claim-cast", cast("auth.jwt() -> 'user_metadata' ->> 'org'", published), "3 error"},
		{"a role without privileges", "policy-for-unusable-role", agent(""), "3 error"},
		{"a role that may be given a login", "policy-for-unusable-role", agent("grant select on public.notes to agent;"), "3 warning"},
		{"a role with other privileges", "policy-for-unusable-role", agent("grant insert on public.notes to agent;"), "3 error"},
		{"joins what nobody else sees", "self-granted-access", join("id = 0"), "7 warning"},
		{"joins what everybody sees", "self-granted-access", join("auth.uid() is not null"), "7 info"},
	} {
		t.Run(test.name, func(t *testing.T) {
			cat, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(test.sql)}}, static.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, line := range lines(rules.Run(cat, nil, rules.Selection{Only: []string{test.rule}}).Findings) {
				line = strings.TrimSuffix(strings.TrimPrefix(line, "1.sql:"), " "+test.rule)
				if !strings.HasPrefix(line, "2 ") { // is_admin() itself
					got = append(got, line)
				}
			}
			if d := cmp.Diff(test.want, strings.Join(got, ",")); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestExtensionWithoutAPI holds that an extension in public is nothing to tell
// where nothing says that an API serves public.
func TestExtensionWithoutAPI(t *testing.T) {
	cat, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte("create extension citext;")}}, static.Options{Platform: platform.Postgres})
	if err != nil {
		t.Fatal(err)
	}
	only := rules.Selection{Only: []string{"extension-in-public"}}
	if got := lines(rules.Run(cat, &rules.Config{Platform: "postgres"}, only).Findings); len(got) > 0 {
		t.Errorf("without exposed_schemas: %v", got)
	}
	served := &rules.Config{Platform: "postgres", ExposedSchemas: []string{"public"}}
	if d := cmp.Diff([]string{"1.sql:1 warning extension-in-public"}, lines(rules.Run(cat, served, only).Findings)); d != "" {
		t.Error(d)
	}
}
