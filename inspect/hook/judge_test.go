package hook_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/catalog"
	"policylint/inspect/hook"
	"policylint/inspect/live"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestHooks interprets every hook of testdata/hooks and has a server call it
// as Auth does, for several users and events: what comes back must be what was
// predicted.
func TestHooks(t *testing.T) {
	c := pgtest.Platform(t, platform.OldDefaults)
	run(t, c, read(t, "testdata/setup.sql"))
	files, err := filepath.Glob("testdata/hooks/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no hooks", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".sql")
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			tx, err := c.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback(ctx) //nolint:errcheck // nothing to keep
			run(t, c, read(t, file)+"\ngrant execute on all functions in schema public to supabase_auth_admin; grant execute on all procedures in schema public to supabase_auth_admin;")
			cat, err := live.Load(ctx, tx, live.Options{})
			if err != nil {
				t.Fatal(err)
			}
			f := theHook(t, cat)
			r := hook.Interpret(cat, f, hook.Options{})
			for _, e := range events(t) {
				got := call(t, tx, e)
				for _, fault := range r.Disagreements(e.claims, got) {
					t.Errorf("%s: %s\nserver gave %+v", e.name, fault, got)
				}
			}
			golden(t, filepath.Join("testdata", "hooks", name+".golden"), describe(r))
			if len(r.Unknown) > 0 && !strings.HasPrefix(name, "unknown_") {
				t.Errorf("unknown: %v", r.Unknown)
			}
			for _, x := range r.Claims {
				if x.When == hook.Unclear && !strings.HasPrefix(name, "unknown_") {
					t.Errorf("it is not known when %v is written", x.Path)
				}
			}
		})
	}
}

func theHook(t *testing.T, cat *catalog.Catalog) *catalog.Function {
	t.Helper()
	o, ok := cat.Functions.Get(catalog.Name{Schema: "public", Name: "custom_access_token_hook"})
	if !ok {
		t.Fatal("no hook")
	}
	return o.Functions[len(o.Functions)-1]
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(read(t, file), got); d != "" {
		t.Error(d)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func run(t *testing.T, c *pgx.Conn, sql string) {
	t.Helper()
	if _, err := c.PgConn().Exec(context.Background(), sql).ReadAll(); err != nil {
		pgtest.SkipOlder(t, c, err)
		t.Fatal(err)
	}
}

// An event is one call of the hook.
type event struct {
	name   string
	claims map[string]any
	body   string
}

// events are those of a user with a role, of an administrator with two, of one
// without, and of one that no table knows; with and without app_metadata.
func events(t *testing.T) []event {
	t.Helper()
	var out []event
	for _, user := range []string{"a1", "a2", "a3", "a4"} {
		for _, meta := range []bool{true, false} {
			given := map[string]any{"sub": "00000000-0000-0000-0000-0000000000" + user, "is_anonymous": user == "a4", "email": user + "@example.com"}
			body, claims, err := hook.SampleEvent(given)
			if err != nil {
				t.Fatal(err)
			}
			e := event{name: fmt.Sprintf("%s meta=%v", user, meta), claims: claims, body: string(body)}
			if !meta {
				var whole map[string]any
				if err := json.Unmarshal(body, &whole); err != nil {
					t.Fatal(err)
				}
				delete(claims, "app_metadata")
				whole["claims"] = claims
				body, _ = json.Marshal(whole)
				e.body = string(body)
			}
			out = append(out, e)
		}
	}
	return out
}

// call calls the hook as Auth does, inside a savepoint.
func call(t *testing.T, tx pgx.Tx, e event) hook.Answer {
	t.Helper()
	ctx := context.Background()
	sp, err := tx.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer sp.Rollback(ctx) //nolint:errcheck // that is the point
	if _, err := sp.Exec(ctx, `set local session authorization default; set local role supabase_auth_admin; set local search_path = auth; set local statement_timeout = '2000'`, pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatal(err)
	}
	literal := "'" + strings.ReplaceAll(e.body, "'", "''") + "'"
	var out *string
	err = sp.QueryRow(ctx, `select "public"."custom_access_token_hook"(`+literal+`)::text`, pgx.QueryExecModeSimpleProtocol).Scan(&out)
	var pgErr *pgconn.PgError
	switch {
	case errors.As(err, &pgErr):
		return hook.Answer{SQLState: pgErr.Code, Message: pgErr.Message}
	case err != nil:
		t.Fatal(err)
	case out == nil:
		return hook.Answer{Null: true}
	}
	a := hook.Answer{}
	if err := json.Unmarshal([]byte(*out), &a.Body); err != nil {
		t.Fatal(err)
	}
	return a
}
