package access_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// world is what the policies of the property test are about: tables with and
// without row level security, views of both kinds, helper functions in SQL and
// PL/pgSQL with the caller's and with the owner's rights, and a role of the
// application's own that inherits from authenticated.
const world = `
create role viewer nologin;
grant authenticated to viewer;
grant viewer to authenticator, postgres;
grant usage on schema public to viewer;
create type public.app_role as enum ('agent', 'customer');
create table public.t (id bigint primary key, owner uuid, status text not null, level integer, role public.app_role, tags text[], meta jsonb, flag boolean not null);
create table public.members (user_id uuid not null, org text not null, rank integer, primary key (user_id, org));
create table public.orgs (id text primary key, open boolean not null);
create table public.teams (id bigint primary key, lead uuid, name text not null);
alter table public.t enable row level security;
alter table public.members enable row level security;
alter table public.teams enable row level security;
create view public.my_members with (security_invoker = true) as select user_id, org from public.members;
create view public.all_members as select user_id, org from public.members;
create schema private;
grant usage on schema private to anon, authenticated;
create function private.role() returns text language sql stable set search_path = '' as $$ select auth.jwt() ->> 'user_role' $$;
create function private.is_staff() returns boolean language sql stable set search_path = '' as $$ select coalesce(auth.jwt() ->> 'user_role', '') in ('agent', 'admin') $$;
create function private.has_role(wanted text) returns boolean language sql stable set search_path = '' as $$ select auth.jwt() ->> 'user_role' = wanted $$;
create function private.level() returns integer language plpgsql stable set search_path = '' as $$
begin
  return (auth.jwt() ->> 'level')::integer;
end
$$;
create function private.rank_of(role text) returns integer language sql immutable set search_path = '' as $$ select case role when 'admin' then 3 when 'agent' then 2 when 'customer' then 1 else 0 end $$;
create function private.owns(who uuid) returns boolean language sql stable set search_path = '' as $$ select who = auth.uid() $$;
create function private.my_orgs() returns setof text language sql stable security definer set search_path = '' as $$ select org from public.members where user_id = auth.uid() $$;
create function private.seen_orgs() returns setof text language sql stable set search_path = '' as $$ select org from public.members where user_id = auth.uid() $$;
create function private.is_member() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select 1 from public.members where user_id = auth.uid());
end
$$;
create function private.may() returns boolean language plpgsql stable set search_path = '' as $$
declare
  r text := auth.jwt() ->> 'user_role';
begin
  if r = 'agent' then
    return true;
  elsif r is null then
    return false;
  end if;
  return r = 'customer' and auth.uid() is not null;
end
$$;
create function private.closed() returns boolean language sql stable as 'select true';
revoke execute on function private.closed() from public, anon, authenticated;
`

// rows fill every table with rows of each sort.
const rows = `
insert into public.t select row_number() over (), o, s, l, r::public.app_role,
  (array[null, '{}', '{open,agent}', '{x}', '{x,null}']::text[])[1 + (row_number() over ()) % 5]::text[],
  (array[null, '{}', '{"org": "acme"}', '{"org": null, "k": ["agent"]}']::jsonb[])[1 + (row_number() over ()) % 4],
  row_number() over () % 2 = 0
from unnest(array[null, '00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000c1']::uuid[]) o,
     unnest(array['open', 'closed', 'agent']) s, unnest(array[null, 1, 5]) l, unnest(array[null, 'agent', 'customer']) r;
insert into public.members values ('00000000-0000-0000-0000-0000000000a1', 'acme', 1), ('00000000-0000-0000-0000-0000000000c1', 'acme', null);
insert into public.orgs values ('acme', true), ('shut', false);
insert into public.teams values (1, '00000000-0000-0000-0000-0000000000a1', 'x'), (2, null, 'agent');
`

const all = 81 // rows of public.t

// A cond is a condition, or a value, in pieces: text with a %s for each part.
type cond struct {
	text  string
	parts []cond // conditions each
}

func (c cond) String() string {
	args := make([]any, len(c.parts))
	for i, p := range c.parts {
		args[i] = p.String()
	}
	return fmt.Sprintf(c.text, args...)
}

func leaf(text string) cond { return cond{text: strings.ReplaceAll(text, "%", "%%")} }

// A policy is one of the random policies.
type policy struct {
	name, table, kind, command, roles string
	using, check                      *cond
}

func (p policy) String() string {
	s := fmt.Sprintf("create policy %s on public.%s as %s for %s %s", p.name, p.table, p.kind, p.command, p.roles)
	if p.using != nil {
		s += " using (" + p.using.String() + ")"
	}
	if p.check != nil {
		s += " with check (" + p.check.String() + ")"
	}
	return s + ";\n"
}

// A setup is the random part of a database.
type setup struct {
	policies []policy
	grants   []string
}

func (s setup) String() string {
	var b strings.Builder
	for _, p := range s.policies {
		b.WriteString(p.String())
	}
	for _, g := range s.grants {
		b.WriteString(g + ";\n")
	}
	return b.String()
}

// A gen makes random policies and tokens.
type gen struct{ *rand.Rand }

func (g gen) pick(list ...string) string { return list[g.IntN(len(list))] }

func (g gen) setup() (s setup) {
	for i := range 1 + g.IntN(3) {
		p := policy{
			name: fmt.Sprint("p", i), table: "t", kind: g.pick("permissive", "permissive", "permissive", "restrictive"),
			command: g.pick("select", "select", "all", "update", "insert", "delete"),
			roles:   g.pick("", "", "to authenticated", "to anon", "to anon, authenticated", "to viewer", "to service_role, viewer"),
		}
		c := g.cond(2)
		switch p.command {
		case "insert":
			p.check = &c
		case "select", "delete":
			p.using = &c
		default:
			p.using = &c
			if g.IntN(3) == 0 {
				d := g.cond(1)
				p.check = &d
			}
		}
		s.policies = append(s.policies, p)
	}
	add := func(name, table, roles string, c cond) {
		s.policies = append(s.policies, policy{name: name, table: table, kind: "permissive", command: "select", roles: roles, using: &c})
	}
	switch g.IntN(6) {
	case 0, 1:
		add("m", "members", "to authenticated", leaf(g.pick("true", "user_id = auth.uid()", "org = 'acme'", "auth.jwt() ->> 'user_role' = 'agent'")))
	case 2:
		add("m", "members", "", leaf("exists (select 1 from public.orgs)"))
	case 3:
		add("m", "members", "", g.cond(0))
		s.policies[len(s.policies)-1].using = &cond{text: "(auth.uid() is not null)"}
	case 4:
		add("m", "members", "to authenticated", leaf(g.pick("exists (select 1 from public.teams)", "(auth.jwt() ->> 'org')::uuid = user_id")))
	}
	switch g.IntN(4) {
	case 0:
		add("tm", "teams", "", leaf(g.pick("lead = auth.uid()", "true", "exists (select 1 from public.members m where m.user_id = lead)")))
	case 1:
		add("tm", "teams", "to authenticated", leaf("private.is_staff()"))
	}
	switch g.IntN(24) {
	case 0:
		s.grants = []string{"revoke select on public.orgs from anon, authenticated"}
	case 1:
		s.grants = []string{"revoke all on public.members from authenticated"}
	case 2:
		s.grants = []string{"revoke all on public.t from anon"}
	case 3:
		s.grants = []string{"alter table public.t disable row level security"}
	case 4:
		add("z", "t", "", leaf(g.pick("private.closed()", "exists (select 1 from public.t x where x.id = 1)", "exists (select 1 from public.members m where m.user_id = owner)")))
	case 5:
		s.grants = []string{"revoke all on public.t from authenticated", "grant select (id, status), insert, update (status), delete on public.t to authenticated"}
	case 6:
		s.grants = []string{"revoke all on public.members from anon, authenticated", "grant select (user_id) on public.members to anon, authenticated"}
	case 7:
		s.grants = []string{"revoke usage on schema private from anon, authenticated"}
	case 8:
		s.grants = []string{"revoke select on public.my_members, public.all_members from anon, authenticated"}
	case 9:
		s.grants = []string{"revoke insert, update on public.t from authenticated"}
	case 10:
		s.grants = []string{"grant select on public.t to viewer", "revoke all on public.t from authenticated"}
	}
	return s
}

func (g gen) token() claims {
	c := claims{"sub": "00000000-0000-0000-0000-0000000000" + g.pick("a1", "c1", "ff")}
	maybe := func(key string, values ...any) {
		if i := g.IntN(len(values) + 2); i < len(values) {
			c[key] = values[i]
		}
	}
	maybe("role", "anon", "authenticated", "viewer", "service_role")
	if c["role"] == nil {
		c["role"] = "authenticated"
	}
	maybe("user_role", "agent", "customer", "Agent", "agent:1", "", nil, "admin,agent", 5, true, []any{"agent"}, claims{"a": "b"})
	maybe("app_metadata", claims{"user_role": "agent"}, claims{"user_role": "customer", "orgs": []any{"acme"}}, claims{}, nil, "text")
	maybe("user_metadata", claims{"user_role": "agent"}, claims{})
	maybe("org", "acme", "00000000-0000-0000-0000-0000000000a1", "x")
	maybe("level", 5, 1, "5", "high", 2.5, " 7 ")
	maybe("roles", []any{"admin"}, []any{"x", "open"}, []any{}, "admin", nil, []any{"admin", nil, 5})
	maybe("is_anonymous", false, true)
	if _, given := c["is_anonymous"]; !given {
		c["is_anonymous"] = false
	}
	for _, key := range []string{"session_id", "email", "phone", "iat", "exp", "iss", "aal", "aud", "amr"} {
		c[key] = map[string]any{"iat": 1700000000, "exp": 4000000000, "amr": []any{claims{"method": "password", "timestamp": 1700000000}}, "aal": "aal1", "aud": "authenticated", "email": "a@example.com", "phone": "", "iss": "https://x.supabase.co/auth/v1", "session_id": "00000000-0000-0000-0000-00000000005e"}[key]
	}
	return c
}
