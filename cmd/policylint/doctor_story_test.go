package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// links are the links of doctor in their order; each has a fault of its own in
// the project of the story but for the last, which is what the others come to.
var links = []string{"hook", "here", "there", "grants", "writes", "token", "policy", "select", "published", "identity", "delivered"}

// The causes that doctor has to name.
var causes = map[string]string{
	"hook":      "public.custom_access_token_hook is configured as access token hook and does not exist",
	"here":      "auth.hook.custom_access_token is",
	"there":     "remotes.production switches auth.hook.custom_access_token.enabled off",
	"grants":    "supabase_auth_admin may not select",
	"writes":    "does not write user_role",
	"token":     "the token carries no claim user_role",
	"policy":    "compares claim role with 'agent'",
	"select":    "authenticated may not select",
	"published": "public.tickets is expected in publication supabase_realtime and is not in it",
	"identity":  "public.tickets has replica identity default, expected is full",
}

const storyConfig = `version: 1
realtime: {tables: [public.tickets]}
claims: {user_role: {paths: [user_role], values: {enum: public.user_role}}}
hook: {function: public.custom_access_token_hook}
subjects:
  agent: {user_role: agent}
  client: {user_role: client}
`

const storySQL = `create type public.user_role as enum ('client', 'agent');
create table public.profiles (id uuid primary key, role public.user_role not null);
alter table public.profiles enable row level security;
create policy "profiles are read by the hook" on public.profiles for select to supabase_auth_admin using (true);
create table public.tickets (id bigint primary key, client_id uuid not null);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
`

// storyHook writes the claim, under another name where that is the fault.
func storyHook(broken bool) string {
	claim := "user_role"
	if broken {
		claim = "userrole"
	}
	return `create or replace function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  assigned public.user_role;
begin
  select p.role into assigned from public.profiles as p where p.id = (event->>'user_id')::uuid;
  if assigned is null then
    return event;
  end if;
  return jsonb_set(event, '{claims,` + claim + `}', to_jsonb(assigned));
end
$$;
`
}

func storyPolicy(broken bool) string {
	claim := "user_role"
	if broken {
		claim = "role"
	}
	return `drop policy if exists staff on public.tickets;
create policy staff on public.tickets for select to authenticated
  using (client_id = (select auth.uid()) or (select auth.jwt() ->> '` + claim + `') = 'agent');
`
}

// mended is the SQL that a repaired link takes, beside the hook and the policy.
var mended = map[string]string{
	"grants":    "grant select on public.profiles to supabase_auth_admin;\n",
	"select":    "grant select on public.tickets to authenticated;\n",
	"published": "alter publication supabase_realtime add table public.tickets;\n",
	"identity":  "alter table public.tickets replica identity full;\n",
}

// writeStory writes the project with the faults that are left, and a token.
func writeStory(t *testing.T, dir string, broken map[string]bool) {
	t.Helper()
	sql := storySQL + storyPolicy(broken["policy"])
	if !broken["hook"] {
		sql += storyHook(broken["writes"])
	}
	for _, l := range links {
		if !broken[l] {
			sql += mended[l]
		}
	}
	toml := fmt.Sprintf("project_id = \"story\"\n[auth]\nenabled = true\n[auth.hook.custom_access_token]\nenabled = %t\nuri = \"pg-functions://postgres/public/custom_access_token_hook\"\n"+
		"[remotes.production]\nproject_id = \"abcdefghijklmnopqrst\"\n[remotes.production.auth.hook.custom_access_token]\nenabled = %t\n", !broken["here"], !broken["there"])
	token := `{"role": "authenticated", "sub": "00000000-0000-0000-0000-0000000000a1", "user_role": "agent"}`
	if broken["token"] {
		token = `{"role": "authenticated", "sub": "00000000-0000-0000-0000-0000000000a1"}`
	}
	for file, text := range map[string]string{"rules.yaml": storyConfig, "supabase/config.toml": toml, "supabase/migrations/1_story.sql": sql, "agent.json": token} {
		file = filepath.Join(dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
