package rules_test

import (
	"slices"
	"testing"

	"policylint/inspect/static/platform"
	"policylint/rules"
)

// TestCoveredForPgrls holds what docs/coming-from-pgrls.md says is covered by a
// rule that was there before, with the case that the other tool's rule is for.
func TestCoveredForPgrls(t *testing.T) {
	const notes = "create table public.notes (id bigint primary key, owner_id uuid);\nalter table public.notes enable row level security;\n"
	for _, test := range []struct{ theirs, sql, rule, object string }{
		{"SEC001", `create table public.notes (id bigint primary key)`, "rls-disabled", "table public.notes"},
		{"SEC003", notes + `create policy p on public.notes using (owner_id = (select auth.uid()))`, "policy-for-public", "policy public.notes/p"},
		{"SEC008", notes + `create policy p on public.notes to authenticated using (true)`, "write-always-allowed", "policy public.notes/p"},
		{"SEC009", notes, "rls-without-policies", "table public.notes"},
		{"SEC011", notes + `create policy p on public.notes for update to authenticated using (owner_id = (select auth.uid()) or true)`, "write-always-allowed", "policy public.notes/p"},
		{"SEC019", notes + `create policy p on public.notes to authenticated using (owner_id::text = current_setting('request.jwt.claims')::json ->> 'sub')`,
			"unsafe-claims-setting", "policy public.notes/p"},
		{"SEC019 published", notes + `create policy p on public.notes for select to authenticated using (owner_id::text = current_setting('app.user'));
			alter publication supabase_realtime add table public.notes`, "raising-policy-on-published-table", "policy public.notes/p"},
		{"SEC020", notes + `create policy p on public.notes for insert to authenticated with check (true)`, "write-always-allowed", "policy public.notes/p"},
		{"SEC032", notes + `create policy p on public.notes to authenticated using (id > 0); alter table public.notes disable row level security`,
			"policies-without-rls", "table public.notes"},
		{"SEC033", notes + `create policy p on public.notes to authenticated using ((select auth.jwt() #>> '{user_metadata,role}') = 'x')`,
			"user-metadata-trusted", "policy public.notes/p"},
		{"SEC037", notes + `create policy p on public.notes using ((select auth.role()) = 'manager')`, "auth-role-as-app-role", "policy public.notes/p"},
		{"SEC040", notes + `create policy p on public.notes to authenticated using (owner_id = (select auth.uid())) with check (true)`,
			"write-always-allowed", "policy public.notes/p"},
		{"SEC041", `create table public.logs (id bigint, day date) partition by range (day); alter table public.logs enable row level security;
			create table public.logs_1 partition of public.logs for values from ('2025-01-01') to ('2026-01-01')`, "rls-disabled", "table public.logs_1"},
		{"SEC043", notes + `create table public.old_notes () inherits (public.notes)`, "rls-disabled", "table public.old_notes"},
		{"SEC051", `create table public.notes (id bigint primary key); alter publication supabase_realtime add table public.notes`,
			"published-rls-disabled", "table public.notes"},
		{"SEC052", `create view public.people as select id, email from auth.users`, "auth-users-exposed", "view public.people"},
		{"SEC054", `create materialized view public.people as select 1 as n`, "materialized-view-exposed", "materialized view public.people"},
		{"PERF001", notes + `create policy p on public.notes to authenticated using (owner_id = auth.uid())`, "uncached-auth-call", "policy public.notes/p"},
	} {
		t.Run(test.theirs, func(t *testing.T) {
			got := judged(t, test.sql, platform.OldDefaults, &rules.Config{}, test.rule)
			if want := []string{test.rule + " " + test.object}; !slices.Equal(got, want) {
				t.Errorf("found %q, want %q", got, want)
			}
		})
	}
}

// TestImmutableAndSettings holds that a setting of the whole database is not
// taken for one of the session.
func TestImmutableAndSettings(t *testing.T) {
	const region = `create function public.region() returns text language sql immutable as $$ select current_setting('app.region') $$;`
	config := &rules.Config{Platform: "postgres"}
	if got := judged(t, region, platform.Postgres, config, "immutable-reads-session"); len(got) != 1 {
		t.Errorf("found %q of a setting of the session", got)
	}
	if got := judged(t, "alter database postgres set app.region = 'eu';"+region, platform.Postgres, config, "immutable-reads-session"); len(got) != 0 {
		t.Errorf("found %q of a setting of the database", got)
	}
}

// TestTableBesideTheOneThatDecides holds that a policy is taken to decide by
// the table that has the caller's rows, not by one that is only joined.
func TestTableBesideTheOneThatDecides(t *testing.T) {
	const tables = `create table public.members (team bigint, user_id uuid, primary key (team, user_id));
		alter table public.members enable row level security;
		create policy "own" on public.members for select to authenticated using (user_id = (select auth.uid()));
		create table public.teams (id bigint primary key);
		alter table public.teams enable row level security;
		create policy "found" on public.teams for insert to authenticated with check (true);
		create table public.plans (id bigint primary key, team bigint);
		alter table public.plans enable row level security;
		create policy "team" on public.plans for select to authenticated using (exists (
			select 1 from public.members m join public.teams t on t.id = m.team where m.user_id = (select auth.uid()) and t.id = plans.team));`
	if got := judged(t, tables, platform.OldDefaults, &rules.Config{}, "policy-trusts-writable-table"); len(got) != 0 {
		t.Errorf("found %q of a table that is only joined", got)
	}
	join := `create policy "join" on public.members for insert to authenticated with check (true);`
	if got := judged(t, tables+join, platform.OldDefaults, &rules.Config{}, "policy-trusts-writable-table"); len(got) != 1 {
		t.Errorf("found %q of a table into which everyone may write", got)
	}
}
