package flow_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"policylint/inspect/flow"
)

// notes is a published table; the policy's expression is put in.
const notes = `
create table public.notes (id bigint primary key, owner uuid, body text);
alter table public.notes enable row level security;
alter table public.notes replica identity full;
alter publication supabase_realtime add table public.notes;
create policy "read" on public.notes for select to authenticated using (%s);
`

// hook writes user_role, which is agent or client.
const hook = `
create type public.user_role as enum ('agent', 'client');
create table public.people (id uuid primary key, role public.user_role not null);
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable set search_path = '' as $$
declare r public.user_role;
begin
  select p.role into r from public.people p where p.id = (event->>'user_id')::uuid;
  return jsonb_set(event, '{claims,user_role}', to_jsonb(coalesce(r, 'client'::public.user_role)));
end $$;
grant select on public.people to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
`

func TestLinks(t *testing.T) {
	for _, test := range []struct {
		name, sql, using, config string
		link                     string // from -> to, or the node
		state                    flow.State
		label                    string
	}{
		{name: "a claim that the hook writes", sql: hook, using: `auth.jwt() ->> 'user_role' = 'agent'`, link: "claim user_role -> policy", state: flow.Whole},
		{name: "the hook's link", sql: hook, using: `true`, link: "hook -> claim user_role", state: flow.Whole},
		{name: "a value it never has", sql: hook, using: `auth.jwt() ->> 'user_role' = 'agents'`, link: "claim user_role -> policy", state: flow.Broken, label: "never agents"},
		{name: "one of two values", sql: hook, using: `auth.jwt() ->> 'user_role' in ('agent', 'staff')`, link: "claim user_role -> policy", state: flow.Partial, label: "never staff"},
		{name: "a value that it must not have", sql: hook, using: `auth.jwt() ->> 'user_role' <> 'banned'`, link: "claim user_role -> policy", state: flow.Whole},
		{name: "the database role", sql: hook, using: `auth.jwt() ->> 'role' = 'agent'`, link: "claim role -> policy", state: flow.Broken, label: "never agent"},
		{name: "the database role, rightly", sql: hook, using: `auth.jwt() ->> 'role' = 'authenticated'`, link: "claim role -> policy", state: flow.Whole},
		{name: "a claim that nobody writes", sql: hook, using: `auth.jwt() ->> 'tenant' = 'a'`, link: "claim tenant -> policy", state: flow.Broken, label: "not in the token"},
		{name: "metadata that others may write", sql: hook, using: `auth.jwt() -> 'app_metadata' ->> 'tenant' = 'a'`, link: "claim app_metadata.tenant -> policy", state: flow.Unsure, label: "not known"},
		{name: "metadata that no subject has", sql: hook, using: `auth.jwt() -> 'app_metadata' ->> 'tenant' = 'a'`, config: "subjects:\n  agent: {user_role: agent}\n", link: "claim app_metadata.tenant -> policy", state: flow.Unsure, label: "not known"},
		{name: "metadata with what the hook writes elsewhere", sql: hook, using: `auth.jwt() -> 'app_metadata' ->> 'userRole' = 'agent'`, config: "subjects:\n  agent: {user_role: agent}\n", link: "claim app_metadata.userRole -> policy", state: flow.Broken, label: "not in the token"},
		{name: "no hook, and no subject has it", using: `auth.jwt() ->> 'tenant' = 'a'`, config: "subjects:\n  agent: {user_role: agent}\n", link: "claim tenant -> policy", state: flow.Unsure, label: "not known"},
		{name: "no hook that could be followed", using: `auth.jwt() ->> 'tenant' = 'a'`, link: "claim tenant -> policy", state: flow.Unsure, label: "not known"},
		{name: "a claim that a subject has", using: `auth.jwt() ->> 'tenant' = 'a'`, config: "subjects:\n  a: {tenant: a}\n", link: "claim tenant -> policy", state: flow.Whole},
		{name: "the setting of old", sql: hook, using: `current_setting('request.jwt.claim.user_role', true) = 'agent'`, link: "claim setting user_role -> policy", state: flow.Broken, label: "not in the token"},
		{name: "auth.uid()", using: `owner = auth.uid()`, link: "auth -> claim sub", state: flow.Whole},
		{name: "published", using: `true`, link: "table public.notes -> publication", state: flow.Whole},
		{name: "taken out", sql: `--after
			alter publication supabase_realtime drop table public.notes;`, using: `true`, config: "realtime: {tables: [notes]}\n", link: "table public.notes -> publication", state: flow.Broken, label: "not published"},
		{name: "row level security off", sql: `--after
			alter table public.notes disable row level security;`, using: `true`, link: "policy -> table public.notes", state: flow.Broken, label: "RLS is off"},
		{name: "the identity set back", sql: `--after
			alter table public.notes replica identity default;`, using: `true`, config: "realtime: {tables: [notes]}\n", link: "table public.notes", state: flow.Partial},
		{name: "no policy", sql: `--after
			drop policy "read" on public.notes;`, using: `true`, link: "table public.notes", state: flow.Broken},
		{name: "a hook that Auth may not call", sql: hook + `
			revoke execute on function public.custom_access_token_hook(jsonb) from supabase_auth_admin, public;`, using: `auth.jwt() ->> 'user_role' = 'agent'`, link: "hook", state: flow.Broken},
		{name: "and what it would write", sql: hook + `
			revoke execute on function public.custom_access_token_hook(jsonb) from supabase_auth_admin, public;`, using: `auth.jwt() ->> 'user_role' = 'agent'`, link: "hook -> claim user_role", state: flow.Broken, label: "never arrives"},
		{name: "a hook that is not there", using: `auth.jwt() ->> 'user_role' = 'agent'`, config: "hook: {function: public.tokens}\nclaims: {user_role: {values: [agent]}}\n", link: "hook", state: flow.Broken},
	} {
		t.Run(test.name, func(t *testing.T) {
			sql := test.sql + fmt.Sprintf(notes, test.using)
			if rest, after := strings.CutPrefix(test.sql, "--after"); after {
				sql = fmt.Sprintf(notes, test.using) + rest
			}
			g := load(t, fstest.MapFS{"1.sql": {Data: []byte(sql)}}, "version: 1\n"+test.config)
			state, label, ok := find(g, test.link)
			if !ok {
				t.Fatalf("there is no %s in\n%s", test.link, dump(g))
			}
			if state != test.state || label != test.label {
				t.Errorf("%s is %s [%s], want %s [%s] in\n%s", test.link, state, label, test.state, test.label, dump(g))
			}
		})
	}
}

// find is the state of a node, or of an edge by the beginnings of its ends.
func find(g *flow.Graph, what string) (state flow.State, label string, ok bool) {
	from, to, edge := strings.Cut(what, " -> ")
	if !edge {
		n, ok := g.Node(what)
		return n.State, "", ok
	}
	for _, e := range g.Edges {
		if strings.HasPrefix(e.From, from) && strings.HasPrefix(e.To, to) {
			return e.State, e.Label, true
		}
	}
	return "", "", false
}

// TestReceipts holds who is said to miss something.
func TestReceipts(t *testing.T) {
	for _, test := range []struct {
		name, using, config string
		want                map[string]flow.State
	}{
		{"asks for a value that the agent has elsewhere", `owner = auth.uid() or auth.jwt() ->> 'role' = 'agent'`, "",
			map[string]flow.State{"agent": flow.Broken, "client": flow.Whole, "anon": flow.Nothing}},
		{"asks for what there is", `owner = auth.uid() or auth.jwt() ->> 'user_role' = 'agent'`, "",
			map[string]flow.State{"agent": flow.Whole, "client": flow.Whole, "anon": flow.Nothing}},
		{"never for clients, as by the policy", `auth.jwt() ->> 'user_role' = 'agent'`, "",
			map[string]flow.State{"agent": flow.Whole, "client": flow.Nothing, "anon": flow.Nothing}},
		{"less than expected", `owner = auth.uid()`, "expect:\n  - {subject: agent, table: notes, select: always}\n",
			map[string]flow.State{"agent": flow.Broken, "client": flow.Whole, "anon": flow.Nothing}},
		{"as expected, whatever a policy asks for", `owner = auth.uid() or auth.jwt() ->> 'role' = 'agent'`, "expect:\n  - {subject: agent, table: notes, select: rows}\n",
			map[string]flow.State{"agent": flow.Whole, "client": flow.Whole, "anon": flow.Nothing}},
		{"nobody", `auth.jwt() ->> 'user_role' = 'nobody'`, "",
			map[string]flow.State{"agent": flow.Nothing, "client": flow.Nothing, "anon": flow.Nothing}},
	} {
		t.Run(test.name, func(t *testing.T) {
			config := "version: 1\nsubjects:\n  agent: {user_role: agent}\n  client: {user_role: client}\n" + test.config
			g := load(t, fstest.MapFS{"1.sql": {Data: []byte(hook + fmt.Sprintf(notes, test.using))}}, config)
			if len(g.Tables) != 1 {
				t.Fatalf("tables in\n%s", dump(g))
			}
			for _, r := range g.Tables[0].Receipts {
				if want, ok := test.want[r.Subject.Name]; ok && r.State != want {
					t.Errorf("%s is %s, want %s in\n%s", r.Subject.Name, r.State, want, dump(g))
				}
			}
			if test.name == "nobody" && g.Tables[0].State != flow.Broken {
				t.Errorf("a table that reaches nobody is %s", g.Tables[0].State)
			}
		})
	}
}

// TestBound holds that the picture of a large project can be looked at, and
// says what it leaves out.
func TestBound(t *testing.T) {
	var b strings.Builder
	for i := range 300 {
		fmt.Fprintf(&b, "create table public.t%03d (id bigint primary key, owner uuid);\nalter table public.t%03d enable row level security;\n", i, i)
		if i%3 == 0 {
			fmt.Fprintf(&b, "alter publication supabase_realtime add table public.t%03d;\n", i)
		}
		role := "owner = auth.uid()"
		if i == 297 {
			role = "auth.jwt() ->> 'role' = 'agent'"
		}
		for n := range 5 {
			fmt.Fprintf(&b, "create policy p%d on public.t%03d for select to authenticated using (%s);\n", n, i, role)
		}
	}
	g := load(t, fstest.MapFS{"1.sql": {Data: []byte(b.String())}}, "version: 1\nsubjects: {agent: {user_role: agent}}\n")
	if len(g.Nodes) > 80 || len(g.Edges) > 160 {
		t.Errorf("the picture has %d nodes and %d edges", len(g.Nodes), len(g.Edges))
	}
	if _, ok := g.Node("table public.t297"); !ok {
		t.Error("the table with the fault is not in the picture")
	}
	if len(g.Tables) != 100 {
		t.Errorf("%d tables are spoken of, want 100", len(g.Tables))
	}
	omitted := strings.Join(g.Omitted, "\n")
	for _, want := range []string{"14 of the 100 tables", "3 policies of a table", "(200)"} {
		if !strings.Contains(omitted, want) {
			t.Errorf("it is not said that %q: %s", want, omitted)
		}
	}
}
