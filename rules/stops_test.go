package rules_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/rules"
)

// TestMissingGrantIsToldOnce holds that a privilege that a policy lacks is one
// finding: of the rule that says what it costs, where the table is published.
func TestMissingGrantIsToldOnce(t *testing.T) {
	const tickets = `create table public.members (user_id uuid primary key); revoke all on public.members from anon, authenticated;
		create schema private; create function private.f() returns boolean language sql stable as 'select true'; revoke execute on function private.f() from public;
		create table public.tickets (id bigint primary key); alter table public.tickets enable row level security;
		create policy p on public.tickets for select to authenticated using (`
	const publish = `alter publication supabase_realtime add table public.tickets;`
	const table, function, stop = "policy-reads-ungranted-table", "policy-calls-ungranted-function", "raising-policy-on-published-table"
	for _, test := range []struct{ name, sql, want string }{
		{"table", tickets + `exists (select 1 from public.members m where m.user_id = (select auth.uid())));`, table},
		{"table, published", tickets + `exists (select 1 from public.members m where m.user_id = (select auth.uid())));` + publish, stop},
		{"function", tickets + `private.f());`, function},
		{"function, published", tickets + `private.f());` + publish, stop},
		{"published, but not asked there", tickets + `true); create policy q on public.tickets for delete to authenticated using (exists (select 1 from public.members));` + publish, table},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := judged(t, test.sql, platform.OldDefaults, &rules.Config{}, table, function, stop)
			object := " policy public.tickets/p"
			if test.name == "published, but not asked there" {
				object = " policy public.tickets/q"
			}
			if want := []string{test.want + object}; !slices.Equal(got, want) {
				t.Errorf("found %q, want %q", got, want)
			}
			if test.want != stop {
				return
			}
			if got := judged(t, test.sql, platform.OldDefaults, &rules.Config{}, table, function); len(got) != 1 {
				t.Errorf("without %s, found %q: the missing privilege is told by nobody", stop, got)
			}
		})
	}
}

// TestCircleIsToldOnce holds that a published policy which needs itself to be
// decided is one finding, which says that the table is published.
func TestCircleIsToldOnce(t *testing.T) {
	const sql = `create table public.members (team uuid, user_id uuid); alter table public.members enable row level security;
		create policy p on public.members for select to authenticated using (team in (select m.team from public.members m));
		alter publication supabase_realtime add table public.members;`
	const circle, stop = "policy-recursion", "raising-policy-on-published-table"
	for _, ids := range [][]string{{circle, stop}, {circle}, {stop}} {
		if got, want := judged(t, sql, platform.OldDefaults, &rules.Config{}, ids...), []string{ids[0] + " policy public.members/p"}; !slices.Equal(got, want) {
			t.Errorf("%q found %q, want %q", ids, got, want)
		}
	}
	cat, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(sql)}}, static.Options{Files: []string{"1.sql"}, Platform: platform.OldDefaults})
	if err != nil {
		t.Fatal(err)
	}
	if found := rules.Run(cat, &rules.Config{}, rules.Selection{Only: []string{circle}}).Findings; len(found) != 1 || len(found[0].Related) != 1 || found[0].Related[0].Origin.Line != 3 {
		t.Errorf("%v: the finding does not say where the table is published", found)
	}
}

// TestPlatformTablesStayClosed holds that no fix opens auth.users to clients.
func TestPlatformTablesStayClosed(t *testing.T) {
	const sql = `create table public.notes (id bigint primary key); alter table public.notes enable row level security;
		create policy p on public.notes for select to authenticated using (exists (select 1 from auth.users u where u.id = (select auth.uid())));`
	for rule, text := range map[string]string{
		"policy-reads-ungranted-table":      sql,
		"raising-policy-on-published-table": sql + "alter publication supabase_realtime add table public.notes",
	} {
		cat, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(text)}}, static.Options{Files: []string{"1.sql"}, Platform: platform.OldDefaults})
		if err != nil {
			t.Fatal(err)
		}
		found := rules.Run(cat, &rules.Config{}, rules.Selection{Only: []string{rule}}).Findings
		if len(found) != 1 || found[0].Fix != "" {
			t.Errorf("%s: %v", rule, found)
		}
	}
}
