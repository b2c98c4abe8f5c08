package access_test

import "testing"

// TestCounterexamples asks a server what random policies once showed to be
// wrong here.
func TestCounterexamples(t *testing.T) {
	const sub = "00000000-0000-0000-0000-0000000000a1"
	b := newBench(t)
	for _, test := range []struct {
		name, sql string
		token     claims
	}{
		{
			"a new row is judged in the order that was written",
			`create policy p on public.t to authenticated using (
				exists (select 1 from jsonb_array_elements_text(auth.jwt() -> 'roles') as r(v) where r.v = 'admin') and (auth.jwt() ->> 'user_role')::public.app_role = role);`,
			claims{"role": "authenticated", "sub": sub, "user_role": ""},
		},
		{
			"a text with a digit may be no date",
			`create policy p on public.t using ((auth.jwt() ->> 'user_role')::date < current_date and auth.jwt() ->> 'nested.key' <> 'agent');
			create policy q on public.t for select using (coalesce(auth.jwt() -> 'app_metadata' ->> 'user_role', '') = '5');`,
			claims{"role": "authenticated", "sub": sub, "user_role": "agent:1"},
		},
		{
			"recursion comes before what the planner computes",
			`create policy p on public.t for update to viewer using ((auth.jwt() ->> 'user_role')::public.app_role = role);
			create policy z on public.t for select using (exists (select 1 from public.t x where x.id = 1));`,
			claims{"role": "viewer", "sub": sub, "user_role": "Agent"},
		},
		{
			"NOT of an OR is an AND",
			`create policy p on public.t using (not ((auth.jwt() -> 'level')::text::integer > 1 or
				(select bool_or(m.rank > 0)::integer from public.members m where m.user_id = auth.uid()) > 0));`,
			claims{"role": "authenticated", "sub": "00000000-0000-0000-0000-0000000000ff", "level": " 7 "},
		},
	} {
		for _, f := range b.runText(t, test.sql, []claims{test.token}) {
			t.Errorf("%s: %s: %s", test.name, f.command, f.why)
		}
	}
	if b.refused > 0 {
		t.Errorf("%d refused", b.refused)
	}
}
