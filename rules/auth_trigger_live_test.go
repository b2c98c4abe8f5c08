package rules_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// TestAuthTriggerFails does what Auth does in the databases of the fixtures of
// auth-trigger-fails, as its role and with its search path: the server refuses
// in the bad ones alone.
func TestAuthTriggerFails(t *testing.T) {
	const dir = "../migrations-fixtures/auth-trigger-fails"
	for name, code := range map[string]string{"bad": "42501", "bad_do": "42501", "bad_later": "42P01", "good": ""} {
		for _, v := range []platform.Variant{platform.OldDefaults, platform.NewDefaults} {
			conn, ctx := pgtest.Platform(t, v), context.Background()
			source, err := os.ReadFile(filepath.Join(dir, name+".sql"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := conn.PgConn().Exec(ctx, string(source)).ReadAll(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			state, message := pgtest.Send(t, pgtest.Admin(t, conn), `
				set role supabase_auth_admin; set search_path = auth;
				insert into users (id) values ('11111111-1111-4111-8111-111111111111');
				update users set raw_user_meta_data = '{"name": "a"}';
				delete from users`)
			if state != code {
				t.Errorf("%s with %s: %s %s, want %q", name, v, state, message, code)
			}
		}
	}
}
