package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

const hookSQL = `
create type public.user_role as enum ('client', 'agent');
create table public.profiles (id uuid primary key, role public.user_role);
create table public.seen (user_id uuid not null);
insert into public.profiles values ('00000000-0000-0000-0000-0000000000a1', 'agent'), ('00000000-0000-0000-0000-0000000000a2', null);
grant select on public.profiles to supabase_auth_admin;
grant insert on public.seen to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  assigned public.user_role;
begin
  insert into public.seen (user_id) values ((event->>'user_id')::uuid);
  select p.role into strict assigned from public.profiles as p where p.id = (event->>'user_id')::uuid;
  return jsonb_set(event, '{claims,user_role}', to_jsonb(assigned));
end
$$;`

// TestHookCall calls a hook that writes, for three subjects: what comes back is
// as it was said, and nothing of it stays.
func TestHookCall(t *testing.T) {
	c := pgtest.Platform(t, platform.OldDefaults)
	ctx := context.Background()
	if _, err := c.PgConn().Exec(ctx, hookSQL).ReadAll(); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	config := `version: 1
subjects:
  agent: {sub: 00000000-0000-0000-0000-0000000000a1, user_role: agent}
  unassigned: {sub: 00000000-0000-0000-0000-0000000000a2}
  visitor: {sub: 00000000-0000-0000-0000-0000000000a3}
`
	if err := os.WriteFile("rules.yaml", []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("empty.yaml", []byte("version: 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	dsn := pgtest.DSN(c, platform.Admin)
	code := run([]string{"hook", "--db", dsn, "--call", "--format", "json", "--config", "rules.yaml"}, strings.NewReader(""), &out, &errs)
	if code != exitClean {
		t.Fatalf("exit %d: %s%s", code, errs.String(), out.String())
	}
	var got struct {
		Calls []struct {
			Subject, SQLState string
			Null, Agrees      bool
			Claims            map[string]any
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, x := range got.Calls {
		text, _ := json.Marshal(x.Claims)
		lines = append(lines, strings.Join([]string{x.Subject, x.SQLState, string(text)}, " "))
		if !x.Agrees {
			t.Errorf("%s is not as it was said", x.Subject)
		}
		if x.Null != (x.Subject == "unassigned") {
			t.Errorf("%s: null is %v", x.Subject, x.Null)
		}
	}
	want := []string{`agent  {"user_role":"agent"}`, "unassigned  null", "visitor P0002 null"}
	if d := cmp.Diff(want, lines); d != "" {
		t.Error(d)
	}
	var n int
	if err := c.QueryRow(ctx, "select count(*) from public.seen").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d rows stayed, %v", n, err)
	}
	out.Reset()
	if code := run([]string{"hook", "--db", pgtest.DSN(c, "postgres"), "--call"}, strings.NewReader(""), &out, &errs); code != exitFailure || !strings.Contains(errs.String(), "permission denied to set role") {
		t.Errorf("exit %d: %s%s", code, errs.String(), out.String())
	}
	out.Reset()
	if code := run([]string{"hook", "--db", dsn, "--call", "--config", "empty.yaml"}, strings.NewReader(""), &out, &errs); code != exitClean || !strings.Contains(out.String(), "a user that no table knows  error P0002") {
		t.Errorf("exit %d: %s%s", code, errs.String(), out.String())
	}
}
