package access_test

import (
	"slices"
	"testing"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
)

// TestAborts holds the ways in which a policy ends the poll, as they were
// measured: who meets the error, with which SQLSTATE, and that nobody receives
// an insert or update then, while deletes go on.
func TestAborts(t *testing.T) {
	const helper = "create schema private; grant usage on schema private to anon, authenticated;\n"
	everyone := []string{"agent", "agentRoot", "agentApp", "customer", "nohook", "nullrole", "anon"}
	signedIn := everyone[:6]
	tests := []struct {
		name, sql, state string
		who              []string
	}{
		{"uuid", "create policy p on public.tickets for select using ((auth.jwt() ->> 'user_role')::uuid = owner);", "22P02", []string{"agent", "agentRoot", "customer"}},
		{"enum", "create type public.kind as enum ('agent'); create policy p on public.tickets for select to authenticated using ((auth.jwt() ->> 'user_role')::public.kind = 'agent');", "22P02", []string{"customer"}},
		{"setting", "create policy p on public.tickets for select to authenticated using (current_setting('request.jwt.claim.user_role') = 'agent');", "42704", signedIn},
		{"own setting", "create policy p on public.tickets for select using (title = current_setting('app.tenant'));", "42704", everyone},
		{"setting that nobody can set", "create policy p on public.tickets for select using (title = current_setting('tenant'));", "42704", everyone},
		{"setting that nobody can set, if any", "create policy p on public.tickets for select using (title = current_setting('tenant', true));", "", nil},
		{"table", "revoke all on public.hidden from anon, authenticated; create policy p on public.tickets for select using (exists (select 1 from public.hidden));", "42501", everyone},
		{"table for anon", "revoke all on public.hidden from anon; create policy p on public.tickets for select using (exists (select 1 from public.hidden));", "42501", []string{"anon"}},
		{"function", helper + "create function private.f() returns boolean language sql stable as 'select true'; revoke execute on function private.f() from public, anon, authenticated; create policy p on public.tickets for select to authenticated using (private.f());", "42501", signedIn},
		{"schema of a function", "create schema private; create function private.f() returns boolean language sql stable as 'select true'; create policy p on public.tickets for select to authenticated using (private.f());", "", nil},
		{"schema of a table", "create schema private; create table private.x (id bigint); grant select on private.x to authenticated; create policy p on public.tickets for select to authenticated using (exists (select 1 from private.x));", "", nil},
		{"recursion", "create policy p on public.tickets for select using (exists (select 1 from public.tickets x where x.title = 'a'));", "42P17", everyone},
		{"mutual recursion", "create policy h on public.hidden for select using (exists (select 1 from public.tickets)); create policy p on public.tickets for select using (exists (select 1 from public.hidden));", "42P17", everyone},
		{"name in a helper", helper + "create function private.f() returns boolean language plpgsql stable security definer set search_path = '' as $$ begin return exists (select 1 from hidden); end $$; create policy p on public.tickets for select to authenticated using (private.f());", "42P01", signedIn},
		{"helper that casts", helper + "create function private.f() returns uuid language sql stable as $$ select (auth.jwt() ->> 'user_role')::uuid $$; create policy p on public.tickets for select to authenticated using (owner = private.f());", "22P02", []string{"agent", "agentRoot", "customer"}},
		{"helper of PL/pgSQL that casts", helper + "create function private.f() returns uuid language plpgsql stable set search_path = '' as $$ begin return (auth.jwt() ->> 'user_role')::uuid; end $$; create policy p on public.tickets for select to authenticated using (owner = private.f());", "22P02", []string{"agent", "agentRoot", "customer"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := load(t, ticketTable+test.sql)
			tickets, _ := c.Tables.Get(catalog.ParseName("public.tickets"))
			j := access.New(c, catalog.DefaultPublication)
			alone, together := j.AloneRow(subscribers, tickets), j.TableRow(subscribers, tickets)
			for n, s := range subscribers {
				if s.Name == "rolechg" || s.Name == "norole" {
					continue // they are never subscribed
				}
				e, state := alone.Realtime[n].Insert, ""
				if e.Raise != nil && e.Delivery == access.DeliveryError {
					state = e.Raise.SQLState
				}
				if meets := slices.Contains(test.who, s.Name); meets != (state == test.state && state != "") {
					t.Errorf("%s by itself: %s %q: %s", s.Name, e.Delivery, state, e.Because)
				}
				for _, e := range []access.Event{together.Realtime[n].Insert, together.Realtime[n].Update} {
					if lost := e.Delivery == access.DeliveryError && e.Error != ""; lost != (test.who != nil) {
						t.Errorf("%s among the others: %s: %s", s.Name, e.Delivery, e.Because)
					}
				}
				if got := together.Realtime[n].Delete.Delivery; got != access.Delivered {
					t.Errorf("%s: a delete is %s", s.Name, got)
				}
				if alone.Cells[n][0].Verdict == access.Uncertain {
					t.Errorf("%s: unknown: %s", s.Name, alone.Cells[n][0].Because)
				}
			}
		})
	}
}
