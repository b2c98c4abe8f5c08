package access_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
)

func load(t testing.TB, sql string) *catalog.Catalog {
	t.Helper()
	c, err := static.Load(fstest.MapFS{"a.sql": {Data: []byte(sql)}}, static.Options{Files: []string{"a.sql"}, Platform: platform.OldDefaults})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Failures {
		t.Fatalf("line %d: %s (%s)\n%s", f.Origin.Line, f.Message, f.SQLState, sql)
	}
	return c
}

type claims = map[string]any

// subscribers are those of the measurements on Realtime's own SQL functions.
var subscribers = []access.Subject{
	access.NewSubject("agent", claims{"user_role": "agent", "app_metadata": claims{"user_role": "agent"}, "user_metadata": claims{"user_role": "agent"}}),
	access.NewSubject("agentRoot", claims{"user_role": "agent"}),
	access.NewSubject("agentApp", claims{"app_metadata": claims{"user_role": "agent"}}),
	access.NewSubject("customer", claims{"user_role": "customer", "app_metadata": claims{"user_role": "customer"}, "user_metadata": claims{"user_role": "agent"}}),
	access.NewSubject("nohook", claims{}),
	access.NewSubject("nullrole", claims{"user_role": nil}),
	access.NewSubject("anon", claims{"role": "anon"}),
	access.NewSubject("service", claims{"role": "service_role"}),
	access.NewSubject("rolechg", claims{"role": "agent", "user_role": "agent"}),
	access.NewSubject("norole", claims{"role": nil}),
}

const ticketTable = `
create table public.tickets (id bigint primary key, title text, owner uuid);
alter table public.tickets enable row level security;
alter publication supabase_realtime add table public.tickets;
create table public.hidden (id bigint primary key);
alter table public.hidden enable row level security;
`

// TestInsertDelivery holds who receives an INSERT against what was measured on
// Realtime's SQL functions: service_role always does, a role that does not
// exist and a token without one fail to subscribe, and a DELETE reaches
// everybody else.
func TestInsertDelivery(t *testing.T) {
	tests := []struct{ policy, receive string }{
		{"for select using (auth.jwt() ->> 'role' = 'agent')", ""},
		{"for select using (auth.jwt() ->> 'user_role' = 'agent')", "agent agentRoot"},
		{"for select using (auth.jwt() -> 'app_metadata' ->> 'user_role' = 'agent')", "agent agentApp"},
		{"for select using (auth.jwt() #>> '{app_metadata,user_role}' = 'agent')", "agent agentApp"},
		{"for select using (coalesce(auth.jwt() ->> 'user_role', auth.jwt() -> 'app_metadata' ->> 'user_role') = 'agent')", "agent agentRoot agentApp"},
		{"for select using (auth.role() = 'agent')", ""},
		{"for select using (current_setting('request.jwt.claim.user_role', true) = 'agent')", ""},
		{"for select using ((auth.jwt() -> 'user_role')::text = 'agent')", ""},
		{"for select using (auth.jwt() ->> 'app_metadata.user_role' = 'agent')", ""},
		{"for select using (auth.jwt() ->> 'userRole' = 'agent')", ""},
		{"as restrictive for select using (true)", ""},
		{"for update using (true)", ""},
		{"for select using (exists (select 1 from public.hidden))", ""},
		{"for insert with check (true)", ""},
		{"for select using (auth.role() = 'authenticated')", "agent agentRoot agentApp customer nohook nullrole"},
		{"for select using (auth.jwt() -> 'user_metadata' ->> 'user_role' = 'agent')", "agent customer"},
		{"for select using (auth.jwt() ->> 'user_role' is distinct from 'customer')", "agent agentRoot agentApp nohook nullrole anon"},
		{"for select using (coalesce(auth.jwt() ->> 'user_role', 'agent') = 'agent')", "agent agentRoot agentApp nohook nullrole anon"},
		{"for select to authenticated using (auth.jwt() ->> 'user_role' in ('agent', 'admin'))", "agent agentRoot"},
		{"for select to authenticated using ((select auth.jwt() @> '{\"user_role\": \"agent\"}'))", "agent agentRoot"},
		{"for select using (true)", "agent agentRoot agentApp customer nohook nullrole anon"},
	}
	for _, test := range tests {
		t.Run(test.policy, func(t *testing.T) {
			c := load(t, ticketTable+"create policy p on public.tickets "+test.policy+";")
			tickets, _ := c.Tables.Get(catalog.ParseName("public.tickets"))
			j := access.New(c, catalog.DefaultPublication)
			for _, s := range subscribers {
				for _, command := range access.Commands {
					if cell := j.Cell(s, tickets, command); cell.Verdict == access.Uncertain {
						t.Errorf("%s, %s: not known: %s", s.Name, command, cell.Because)
					}
				}
				got := j.Realtime(s, tickets)
				want, deleted := access.Withheld, access.Delivered
				switch {
				case s.Name == "rolechg" || s.Name == "norole":
					want, deleted = access.DeliveryError, access.DeliveryError
				case s.Name == "service" || strings.Contains(" "+test.receive+" ", " "+s.Name+" "):
					want = access.Delivered
				}
				if got.Insert.Delivery != want || got.Update.Delivery != want {
					t.Errorf("%s: insert %s, update %s, want %s: %s", s.Name, got.Insert.Delivery, got.Update.Delivery, want, got.Insert.Because)
				}
				if got.Delete.Delivery != deleted {
					t.Errorf("%s: delete %s, want %s", s.Name, got.Delete.Delivery, deleted)
				}
				if got.Insert.Because == "" || got.Delete.Because == "" {
					t.Errorf("%s: no reason", s.Name)
				}
			}
		})
	}
}

// TestConditions holds what else decides, by the event: published or not, the
// actions, the key, grants, row level security, the replica identity.
func TestConditions(t *testing.T) {
	agent, anon := subscribers[0], subscribers[6]
	const base = "create table public.t (id bigint primary key, a text);\nalter table public.t enable row level security;\ncreate policy p on public.t for select using (true);\n"
	tests := []struct {
		name, sql string
		who       access.Subject
		want      string // insert update delete
	}{
		{"published", base + "alter publication supabase_realtime add table public.t;", agent, "delivered delivered delivered"},
		{"not published", base, agent, "not-published not-published not-published"},
		{"no publication", base + "drop publication supabase_realtime;", agent, "not-published not-published not-published"},
		{"insert only", base + "alter publication supabase_realtime add table public.t; alter publication supabase_realtime set (publish = 'insert');", agent, "delivered not-published not-published"},
		{"column list", base + "alter publication supabase_realtime add table public.t (id);", agent, "delivered delivered delivered"},
		{"row filter", base + "alter publication supabase_realtime add table public.t where (id > 100);", agent, "delivered delivered delivered"},
		{"no key, full", "create table public.t (id bigint); alter table public.t enable row level security; alter table public.t replica identity full; alter publication supabase_realtime add table public.t;", agent, "error error delivered"},
		{"no key, default", "create table public.t (id bigint); alter publication supabase_realtime add table public.t;", agent, "error error error"},
		{"identity nothing", base + "alter table public.t replica identity nothing; alter publication supabase_realtime add table public.t;", agent, "delivered error error"},
		{"identity by index", "create table public.t (id bigint primary key, a text not null unique); alter table public.t replica identity using index t_a_key; alter publication supabase_realtime add table public.t;", agent, "delivered delivered delivered"},
		{"identity index dropped", "create table public.t (id bigint primary key, a text not null); create unique index x on public.t (a); alter table public.t replica identity using index x; drop index public.x; alter publication supabase_realtime add table public.t;", agent, "delivered error error"},
		{"truncate only", base + "alter publication supabase_realtime add table public.t; alter publication supabase_realtime set (publish = 'truncate');", agent, "not-published not-published not-published"},
		{"updates and deletes only", base + "alter publication supabase_realtime add table public.t; alter publication supabase_realtime set (publish = 'update, delete');", agent, "not-published delivered delivered"},
		{"policy for another role", base + "drop policy p on public.t; create policy p on public.t for select to service_role using (true); alter publication supabase_realtime add table public.t;", agent, "withheld withheld delivered"},
		{"policy for authenticated, asked by anon", base + "drop policy p on public.t; create policy p on public.t for select to authenticated using (true); alter publication supabase_realtime add table public.t;", anon, "withheld withheld delivered"},
		{"restrictive beside permissive", base + "create policy r on public.t as restrictive for select using (auth.jwt() ->> 'user_role' = 'admin'); alter publication supabase_realtime add table public.t;", agent, "withheld withheld delivered"},
		{"forced, no policy", "create table public.t (id bigint primary key); alter table public.t enable row level security; alter table public.t force row level security; alter publication supabase_realtime add table public.t;", agent, "withheld withheld delivered"},
		{"forced, no policy, service", "create table public.t (id bigint primary key); alter table public.t enable row level security; alter table public.t force row level security; alter publication supabase_realtime add table public.t;", subscribers[7], "delivered delivered delivered"},
		{"key of two columns, one granted", "create table public.t (a bigint, b bigint, c text, primary key (a, b)); revoke all on public.t from authenticated; grant select (a, c) on public.t to authenticated; alter publication supabase_realtime add table public.t;", agent, "error error delivered"},
		{"dropped from the publication", base + "alter publication supabase_realtime add table public.t; alter publication supabase_realtime drop table public.t;", agent, "not-published not-published not-published"},
		{"renamed", "create table public.old (id bigint primary key); alter publication supabase_realtime add table public.old; alter table public.old rename to t;", agent, "delivered delivered delivered"},
		{"made again", base + "alter publication supabase_realtime add table public.t; drop table public.t; create table public.t (id bigint primary key);", agent, "not-published not-published not-published"},
		{"no grant", base + "revoke all on public.t from anon, authenticated; alter publication supabase_realtime add table public.t;", agent, "error error delivered"},
		{"grant on the key", base + "revoke all on public.t from authenticated; grant select (id) on public.t to authenticated; alter publication supabase_realtime add table public.t;", agent, "delivered delivered delivered"},
		{"grant on another column", base + "revoke all on public.t from authenticated; grant select (a) on public.t to authenticated; alter publication supabase_realtime add table public.t;", agent, "error error delivered"},
		{"no usage, rls on", "create schema s; create table s.t (id bigint primary key); alter table s.t enable row level security; grant select on s.t to authenticated; create policy p on s.t for select using (true); alter publication supabase_realtime add table s.t;", agent, "error error delivered"},
		{"no usage, rls off", "create schema s; create table s.t (id bigint primary key); grant select on s.t to authenticated; alter publication supabase_realtime add table s.t;", agent, "delivered delivered delivered"},
		{"rls off", "create table public.t (id bigint primary key); alter publication supabase_realtime add table public.t;", anon, "delivered delivered delivered"},
		{"service without a grant", base + "revoke all on public.t from service_role; alter publication supabase_realtime add table public.t;", subscribers[7], "error error delivered"},
		{"unlogged", "create unlogged table public.t (id bigint primary key);", agent, "not-published not-published not-published"},
		{"own rows", "create table public.t (id bigint primary key, owner uuid); alter table public.t enable row level security; create policy p on public.t for select to authenticated using (owner = (select auth.uid())); alter publication supabase_realtime add table public.t;", agent, "rows rows delivered"},
		{"raises on the token", base + "drop policy p on public.t; create policy p on public.t for select using ((auth.jwt() ->> 'user_role')::uuid is not null); alter publication supabase_realtime add table public.t;", agent, "error error delivered"},
		{"helper not granted", base + "create schema private; create function private.f() returns boolean language sql stable as 'select true'; revoke execute on function private.f() from public, anon, authenticated; drop policy p on public.t; create policy p on public.t for select using (private.f()); alter publication supabase_realtime add table public.t;", agent, "error error delivered"},
		{"recursion", base + "drop policy p on public.t; create policy p on public.t for select using (exists (select 1 from public.t x where x.a = 'a')); alter publication supabase_realtime add table public.t;", agent, "error error delivered"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := load(t, test.sql)
			name := catalog.ParseName("public.t")
			if strings.Contains(test.sql, "create schema s;") {
				name = catalog.ParseName("s.t")
			}
			table, _ := c.Tables.Get(name)
			got := access.New(c, catalog.DefaultPublication).Realtime(test.who, table)
			if s := fmt.Sprint(got.Insert.Delivery, " ", got.Update.Delivery, " ", got.Delete.Delivery); s != test.want {
				t.Errorf("%s, want %s\n%s\n%s\n%s", s, test.want, got.Insert.Because, got.Update.Because, got.Delete.Because)
			}
		})
	}
}

// TestPartitions holds what subscribers of a partitioned table and of its
// partition receive.
func TestPartitions(t *testing.T) {
	const base = `create table public.t (id bigint, day date, primary key (id, day)) partition by range (day);
alter table public.t enable row level security;
create policy p on public.t for select using (false);
create table public.t_2025 partition of public.t for values from ('2025-01-01') to ('2026-01-01');
alter publication supabase_realtime add table public.t;
`
	for via, want := range map[string]string{"": "not-published delivered", "alter publication supabase_realtime set (publish_via_partition_root = true);": "withheld not-published"} {
		c := load(t, base+via)
		j := access.New(c, catalog.DefaultPublication)
		var got []string
		for _, n := range []string{"public.t", "public.t_2025"} {
			table, _ := c.Tables.Get(catalog.ParseName(n))
			got = append(got, string(j.Realtime(subscribers[0], table).Insert.Delivery))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %s, want %s", via, s, want)
		}
	}
}
