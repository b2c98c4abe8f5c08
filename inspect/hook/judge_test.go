package hook_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
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
			for _, e := range events() {
				got := call(t, tx, e)
				for _, fault := range disagree(r, e, got) {
					t.Errorf("%s: %s\nserver gave %s", e.name, fault, got)
				}
			}
			golden(t, filepath.Join("testdata", "hooks", name+".golden"), describe(r))
			if len(r.Unknown) > 0 && !strings.HasPrefix(name, "unknown_") {
				t.Errorf("unknown: %v", r.Unknown)
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
		t.Fatal(err)
	}
}

// A token is an event, and what the server made of it.
type event struct {
	name   string
	claims map[string]any
	body   string
}

type answer struct {
	state string
	null  bool
	body  map[string]any
	other string
}

func (a answer) String() string {
	b, _ := json.Marshal(a.body)
	return fmt.Sprintf("state=%q null=%v %s%s", a.state, a.null, b, a.other)
}

// events are those of a user with a role, of an administrator with two, of one
// without, and of one that no table knows; with and without app_metadata.
func events() []event {
	var out []event
	for _, user := range []string{"a1", "a2", "a3", "a4"} {
		for _, meta := range []bool{true, false} {
			id := "00000000-0000-0000-0000-0000000000" + user
			claims := map[string]any{
				"iss": "https://x.supabase.co/auth/v1", "aud": "authenticated", "exp": 1893456000.0, "iat": 1893452400.0, "sub": id,
				"email": user + "@example.com", "phone": "", "role": "authenticated", "aal": "aal1", "session_id": id,
				"is_anonymous": user == "a4", "user_metadata": map[string]any{}, "amr": []any{map[string]any{"method": "password", "timestamp": 1893452400.0}},
			}
			if meta {
				claims["app_metadata"] = map[string]any{"provider": "email", "providers": []any{"email"}}
			}
			body, err := json.Marshal(map[string]any{
				"metadata": map[string]any{"uuid": id, "time": "2025-01-01T00:00:00Z", "name": "custom-access-token", "ip_address": "::1"},
				"user_id":  id, "claims": claims, "authentication_method": "password",
			})
			if err != nil {
				panic(err)
			}
			out = append(out, event{name: fmt.Sprintf("%s meta=%v", user, meta), claims: claims, body: string(body)})
		}
	}
	return out
}

// call calls the hook as Auth does, inside a savepoint.
func call(t *testing.T, tx pgx.Tx, e event) answer {
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
		return answer{state: pgErr.Code, other: pgErr.Message}
	case err != nil:
		t.Fatal(err)
	case out == nil:
		return answer{null: true}
	}
	a := answer{}
	if json.Unmarshal([]byte(*out), &a.body) != nil {
		a.other = *out
	}
	return a
}

// disagree says where the prediction and the server differ.
func disagree(r *hook.Result, e event, got answer) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, x := range r.Raises {
		if x.When == hook.Always && got.state != x.SQLState {
			say("always raises %s, it was said", x.SQLState)
		}
	}
	for _, x := range r.Nulls {
		if x.When == hook.Always && !got.null {
			say("always null, it was said")
		}
	}
	for _, x := range r.Shapes {
		if x.When == hook.Always && (got.null || got.state != "") {
			say("always of another shape, it was said")
		}
	}
	claims, ok := got.body["claims"].(map[string]any)
	_, refused := got.body["error"].(map[string]any)
	switch {
	case got.state != "":
		if !slices.ContainsFunc(r.Raises, func(x hook.Raise) bool { return x.SQLState == got.state }) {
			say("raises %s, which was not said", got.state)
		}
		return out
	case got.null:
		if len(r.Nulls) == 0 {
			say("null, which was not said")
		}
		return out
	case refused:
		if len(r.Refusals) == 0 {
			say("refuses, which was not said")
		}
		return out
	case !ok:
		if len(r.Shapes) == 0 {
			say("has no claims, which was not said")
		}
		return out
	}
	return append(out, tokens(r, e, claims)...)
}

var required = map[string]string{
	"aud": "string", "exp": "number", "iat": "number", "sub": "string", "email": "string", "phone": "string", "role": "string", "aal": "string",
	"session_id": "string", "is_anonymous": "boolean",
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case float64:
		return "number"
	case bool:
		return "boolean"
	case []any:
		return "array"
	}
	return "object"
}

// tokens compares claims with what was said of them.
func tokens(r *hook.Result, e event, claims map[string]any) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, name := range slices.Sorted(maps.Keys(required)) {
		v, ok := claims[name]
		bad := !ok || kindOf(v) != required[name]
		said := slices.ContainsFunc(r.Missing, func(m hook.Missing) bool { return m.Claim == name && m.When != hook.Never })
		always := slices.ContainsFunc(r.Missing, func(m hook.Missing) bool { return m.Claim == name && m.When == hook.Always })
		if bad && !said {
			say("%s is missing or wrong, which was not said", name)
		}
		if !bad && always {
			say("%s is there, it was said never to be", name)
		}
	}
	if kept := claims["role"] == e.claims["role"]; kept && r.Role.Kept == hook.Never || !kept && claims["role"] != nil && r.Role.Kept == hook.Always {
		say("role kept=%v, said %s", kept, r.Role.Kept)
	}
	flat, before := map[string]any{}, map[string]any{}
	flatten(nil, claims, flat)
	flatten(nil, e.claims, before)
	for _, path := range slices.Sorted(maps.Keys(flat)) {
		v := flat[path]
		if old, ok := before[path]; ok && reflect.DeepEqual(old, v) {
			continue
		}
		c, ok := r.Claim(strings.Split(path, "\x00")...)
		switch {
		case !ok || c.When == hook.Never:
			say("claim %q was not said to be written", path)
		case v == nil && !c.Null:
			say("claim %q is null, which was not said", path)
		case v != nil && c.Values != nil && !slices.Contains(c.Values, fmt.Sprint(v)):
			say("claim %q is %v, said %v", path, v, c.Values)
		case v != nil && c.Kind != "" && kindOf(v) != c.Kind:
			say("claim %q is %v, said %s", path, v, c.Kind)
		}
	}
	for _, c := range r.Claims {
		if v, ok := flat[strings.Join(c.Path, "\x00")]; c.When == hook.Always && !ok {
			say("claim %v is always written, it was said: %v", c.Path, v)
		}
	}
	return out
}

func flatten(path []string, v map[string]any, out map[string]any) {
	for k, x := range v {
		at := append(slices.Clone(path), k)
		if m, ok := x.(map[string]any); ok && len(m) > 0 {
			flatten(at, m, out)
			continue
		}
		out[strings.Join(at, "\x00")] = x
	}
}
