package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// TestHelpdeskOnServer applies the help desk to a server and reads it with the
// commands: drift finds nothing, then exactly what was changed by hand, and
// inspect finds what is wrong.
func TestHelpdeskOnServer(t *testing.T) {
	ctx := context.Background()
	const folder = helpDeskFolder + "/broken"
	conn := helpDeskServer(t, "broken")
	dsn := pgtest.DSN(conn, platform.Admin)
	command := func(args ...string) (int, string) {
		var out, errs bytes.Buffer
		code := run(append(args, "--no-color"), strings.NewReader(""), &out, &errs)
		return code, out.String() + errs.String()
	}

	if code, out := command("drift", folder, "--db", dsn); code != exitClean {
		t.Errorf("drift of what was just applied exits with %d:\n%s", code, out)
	}
	code, out := command("inspect", "--db", dsn, "--config", "../../rules.yaml")
	for _, rule := range []string{"table-not-published", "replica-identity-not-full", "root-role-claim-as-app-role", "hook-callable-by-clients"} {
		if !strings.Contains(out, "rule: "+rule) {
			t.Errorf("inspect does not report %s:\n%s", rule, out)
		}
	}
	if code != exitFindings {
		t.Errorf("inspect exits with %d", code)
	}

	// The configuration beside it is held against the server.
	beside := t.TempDir()
	for name, text := range map[string]string{
		"config.toml": "[api]\nauto_expose_new_tables = true\n[db]\nmajor_version = 13\n",
		"rules.yaml":  "version: 1\nconfig_toml: config.toml\n",
	} {
		if err := os.WriteFile(filepath.Join(beside, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, out := command("inspect", "--db", dsn, "--config", filepath.Join(beside, "rules.yaml")); !strings.Contains(out, "rule: major-version-mismatch") || !strings.Contains(out, "rule: auto-expose-differs") {
		t.Errorf("inspect does not look at config.toml:\n%s", out)
	}

	// What the matrix says is what the server does.
	if code, out := bare(t, "access", "--db", dsn, "--probe", "--config", "../../rules.yaml"); code != exitClean || strings.Contains(out, "disagrees") || !strings.Contains(out, "public.tickets ") {
		t.Errorf("access exits with %d:\n%s", code, out)
	}

	saved := filepath.Join(t.TempDir(), "before.json")
	if code, out := bare(t, "catalog", "--db", dsn, "--format", "json", "-o", saved); code != exitClean {
		t.Fatalf("catalog exits with %d:\n%s", code, out)
	}
	for _, sql := range []string{
		`alter publication supabase_realtime drop table public.tickets`,
		`alter table public.profiles replica identity full`,
		`alter policy "activities are read by the ticket's client and by staff" on public.ticket_activities using (true)`,
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	for _, against := range [][]string{{folder, "--db", dsn}, {"--snapshot", saved, "--db", dsn}} {
		code, out := command(append([]string{"drift"}, against...)...)
		for _, rule := range []string{"drift-publication", "drift-replica-identity", "drift-policies"} {
			if strings.Count(out, "rule: "+rule+" ") != 1 {
				t.Errorf("drift %q does not report %s once:\n%s", against[0], rule, out)
			}
		}
		if code != exitFindings || strings.Count(out, "  rule: ") != 3 {
			t.Errorf("drift %q exits with %d:\n%s", against[0], code, out)
		}
		if strings.Contains(out, dsn) {
			t.Error("the connection string is in the report")
		}
	}
}

// TestDriftHistory compares the files with what a database, or a snapshot of
// one without the platform's part, says was applied.
func TestDriftHistory(t *testing.T) {
	ctx := context.Background()
	conn := pgtest.Platform(t, platform.OldDefaults)
	t.Chdir(t.TempDir())
	one, two := "-- notes\ncreate table public.notes (id bigint primary key);\n", "create table public.tags (id bigint primary key);\n"
	for name, text := range map[string]string{"m/1_notes.sql": one, "m/2_tags.sql": two} {
		if err := os.MkdirAll("m", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sql := one + two + `create schema if not exists supabase_migrations; drop table if exists supabase_migrations.schema_migrations;
		create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
		insert into supabase_migrations.schema_migrations values ('1', array[E'-- notes\ncreate table public.notes (id bigint primary key)'], 'notes'),
		('2', array['create table public.tags (id bigint primary key)'], 'tags')`
	if _, err := conn.Exec(ctx, "set session authorization default; "+sql+"; alter table notes owner to postgres; alter table tags owner to postgres; set session authorization postgres"); err != nil {
		t.Fatal(err)
	}
	dsn := pgtest.DSN(conn, platform.Admin)
	for _, sql := range []string{
		"",
		`set session authorization default; update supabase_migrations.schema_migrations set statements = array['create table public.tags (id int)'] where version = '2'; insert into supabase_migrations.schema_migrations values ('3', null, 'other')`,
		"delete from supabase_migrations.schema_migrations where version = '1'; revoke select on notes from anon",
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
		if code, out := bare(t, "catalog", "--db", dsn, "--format", "json", "-o", "saved.json"); code != exitClean {
			t.Fatal(out)
		}
		_, live := bare(t, "drift", "m", "--db", dsn, "--rule", "drift-migrations,drift-grants")
		_, saved := bare(t, "drift", "m", "--snapshot", "saved.json", "--rule", "drift-migrations,drift-grants")
		for what, out := range map[string]string{"database": live, "snapshot": saved} {
			for phrase, want := range map[string]bool{
				"error: ": false, "migration 2 has one text in the migrations and another in": sql != "", "3 is applied in": sql != "",
				"migration 1 is in the migrations and not applied in": strings.HasPrefix(sql, "delete"), "lets anon select in the migrations and not in": strings.HasPrefix(sql, "delete"),
			} {
				if strings.Contains(out, phrase) != want {
					t.Errorf("%s after %q: %q is %v\n%s", what, sql, phrase, !want, out)
				}
			}
		}
	}
}

// bare runs a command that has no --no-color.
func bare(t *testing.T, args ...string) (int, string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(args, strings.NewReader(""), &out, &errs)
	return code, out.String() + errs.String()
}
