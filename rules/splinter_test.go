package rules_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/rules"
)

// judged are the findings of some rules about one migration, "rule object".
func judged(t *testing.T, sql string, v platform.Variant, config *rules.Config, only ...string) []string {
	t.Helper()
	cat, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(sql)}}, static.Options{Files: []string{"1.sql"}, Platform: v})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range cat.Failures {
		t.Errorf("line %d: %s", f.Origin.Line, f.Message)
	}
	var out []string
	for _, f := range rules.Run(cat, config, rules.Selection{Only: only}).Findings {
		out = append(out, f.Rule.ID+" "+f.Object.String())
	}
	return out
}

// TestNotSplintersDefects holds that the rules do not miss, or report, what the
// platform's own advisors do: each case is one that was reproduced there.
func TestNotSplintersDefects(t *testing.T) {
	const notes = "create table public.notes (id bigint primary key, owner_id uuid);\nalter table public.notes enable row level security;\n"
	for _, test := range []struct{ name, sql, rule, want string }{
		{"a claim of a cached token is cached", notes + `create policy p on public.notes to authenticated using ((select auth.jwt() ->> 'user_role') in ('admin', 'manager'))`,
			"uncached-auth-call", ""},
		{"a cached call does not hide a bare one", notes + `create policy p on public.notes to authenticated using ((select auth.uid()) is not null and auth.uid() is not null)`,
			"uncached-auth-call", "policy public.notes/p"},
		{"not false is true", notes + `create policy p on public.notes for delete to authenticated using (not false)`,
			"write-always-allowed", "policy public.notes/p"},
		{"true or false is true", notes + `create policy p on public.notes for insert to authenticated with check (true or false)`,
			"write-always-allowed", "policy public.notes/p"},
		{"a key equals itself", notes + `create policy p on public.notes for update to authenticated using (id = id)`,
			"write-always-allowed", "policy public.notes/p"},
		{"helpers are followed", notes + `create function public.is_admin() returns boolean language sql stable as $$ select auth.jwt() -> 'user_metadata' ->> 'role' = 'admin' $$;
			create policy p on public.notes to authenticated using (public.is_admin())`,
			"user-metadata-trusted", "policy public.notes/p"},
		{"a partitioned root counts: off", `create table public.events (id bigint, day date) partition by range (day)`,
			"rls-disabled", "table public.events"},
		{"a partitioned root counts: policies", `create table public.events (id bigint, day date) partition by range (day);
			create policy p on public.events to authenticated using (id > 0)`,
			"policies-without-rls", "table public.events"},
		{"a partitioned root counts: none", `create table public.events (id bigint, day date) partition by range (day); alter table public.events enable row level security`,
			"rls-without-policies", "table public.events"},
		{"a partitioned root counts: secrets", `create table public.events (id bigint, day date, api_key text) partition by range (day)`,
			"sensitive-column-exposed", "table public.events"},
		{"a partitioned root counts: writes", `create table public.events (id bigint, day date) partition by range (day); alter table public.events enable row level security;
			create policy p on public.events for delete to authenticated using (true)`,
			"write-always-allowed", "policy public.events/p"},
		{"a published table needs its full identity", notes + `alter publication supabase_realtime add table public.notes`,
			"replica-identity-not-full", "table public.notes"},
		{"the claim role is no role of the application", notes + `create policy p on public.notes to authenticated using (auth.jwt() ->> 'role' = 'admin')`,
			"root-role-claim-as-app-role", "policy public.notes/p"},
		{"a view of auth.users with the caller's rights, by one with the owner's", `create schema internal;
			create view internal.people as select * from auth.users; grant usage on schema internal to anon; grant select on internal.people to anon;
			create view public.people with (security_invoker) as select id from internal.people`,
			"auth-users-exposed", "view public.people"},
		{"whoever has no token, in other words", notes + `create policy p on public.notes for select using (not ((select auth.jwt()) is not null) or owner_id = auth.uid())`,
			"missing-session-allowed", "policy public.notes/p"},
		{"whoever has no session, by a helper", notes + `create function public.guest() returns boolean language sql stable as $$ select (select auth.uid()) is null $$;
			create policy p on public.notes for select using (public.guest() or owner_id = auth.uid())`,
			"missing-session-allowed", "policy public.notes/p"},
		{"whoever comes without the setting", notes + `create policy p on public.notes for select to authenticated using (current_setting('app.owner', true) is null or owner_id = auth.uid())`,
			"missing-session-allowed", "policy public.notes/p"},
		{"a request always has a role", notes + `create policy p on public.notes for select using (auth.role() is null or owner_id = auth.uid())`,
			"missing-session-allowed", ""},
		{"a user who has signed in has an ID", notes + `create policy p on public.notes for select to authenticated using (auth.uid() is null or owner_id = auth.uid())`,
			"missing-session-allowed", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var want []string
			if test.want != "" {
				want = []string{test.rule + " " + test.want}
			}
			if got := judged(t, test.sql, platform.OldDefaults, &rules.Config{}, test.rule); !slices.Equal(got, want) {
				t.Errorf("found %q, want %q", got, want)
			}
		})
	}
}

// TestWithoutTheApisRoles runs every rule on a database that has neither the
// platform's roles nor its schemas, and grants all to PUBLIC: none may report
// what the API shows, or break down.
func TestWithoutTheApisRoles(t *testing.T) {
	sql := `create table public.users (id bigint primary key, password text);
		grant all on public.users to public;
		create view public.people as select * from public.users;
		create materialized view public.copies as select * from public.users;
		grant select on public.people, public.copies to public;`
	for _, f := range judged(t, sql, platform.Postgres, &rules.Config{Platform: "postgres"}) {
		if r, _ := rules.ByID(strings.Fields(f)[0]); r.Folder == "exposure" {
			t.Error(f)
		}
	}
}

var namedRule = regexp.MustCompile("`([a-z][a-z0-9]*(?:-[a-z0-9]+)+)`")

// TestComingFrom holds that the pages for those who come from another tool
// name rules that exist, and leave none of the other's out.
func TestComingFrom(t *testing.T) {
	for file, lints := range map[string][]string{
		"coming-from-splinter.md": slices.Concat(numbered("%04d", 1, 29), []string{
			"pg17_deprecated_extensions", "autovacuum_disabled", "invalid_index", "rls_policy_null_auth_disjunct", "unused_replication_slot",
		}),
		"coming-from-pgrls.md": slices.Concat(numbered("SEC%03d", 1, 55), numbered("PERF%03d", 1, 5),
			numbered("HYG%03d", 1, 4), numbered("VIEW%03d", 1, 4)),
	} {
		text, err := os.ReadFile(filepath.Join("..", "docs", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range namedRule.FindAllStringSubmatch(string(text), -1) {
			if _, ok := rules.ByID(m[1]); !ok {
				t.Errorf("docs/%s names %s, which is no rule", file, m[1])
			}
		}
		for _, l := range lints {
			if n := strings.Count(string(text), "| "+l+" |"); n != 1 {
				t.Errorf("docs/%s has %d rows about %s", file, n, l)
			}
		}
	}
}

func numbered(form string, from, to int) []string {
	var out []string
	for n := from; n <= to; n++ {
		out = append(out, fmt.Sprintf(form, n))
	}
	return out
}

// TestSensitiveNames holds that each name that the platform's own advisor looks
// for is found where nothing guards the rows, in any way of writing it.
func TestSensitiveNames(t *testing.T) {
	for _, name := range strings.Fields(`password passwd pwd passphrase secret secret_key private_key api_key apikey auth_key token jwt
		access_token refresh_token oauth_token session_token bearer_token auth_code session_id session_key session_secret recovery_code
		backup_code verification_code otp two_factor 2fa_secret 2fa_code ssn social_security social_security_number driver_license
		drivers_license license_number passport_number passport_id national_id tax_id credit_card card_number cvv cvc cvn bank_account
		account_number routing_number iban swift_code bic health_record medical_record patient_id insurance_number health_insurance
		medical_insurance treatment mac_address macaddr imei device_uuid pgp_key gpg_key ssh_key certificate license_key activation_key
		facial_recognition`) {
		for _, written := range []string{name, strings.ToUpper(name), strings.ReplaceAll(name, "_", "-"), strings.ReplaceAll(name, "_", "")} {
			sql := `create table public.people (id bigint primary key, "` + written + `" text)`
			if got := judged(t, sql, platform.OldDefaults, &rules.Config{}, "sensitive-column-exposed"); len(got) != 1 {
				t.Errorf("column %s: found %q", written, got)
			}
			guarded := sql + `; alter table public.people enable row level security`
			if got := judged(t, guarded, platform.OldDefaults, &rules.Config{}, "sensitive-column-exposed"); len(got) != 0 {
				t.Errorf("column %s of a guarded table: found %q", written, got)
			}
		}
	}
}
