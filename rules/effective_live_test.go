package rules_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// predefined gives roles away that come with the server.
const predefined = "grant pg_read_all_data to auditor; grant pg_write_all_data to writer;"

// privileges is a database in which a role comes to a privilege in every way
// there is, and loses it in some.
const privileges = `
create role staff; create role boss; create role deputy noinherit; create role auditor; create role writer; create role builder;
grant staff to boss; grant boss to deputy; grant staff to authenticated;
` + predefined + ` grant builder to postgres;
create schema app; grant usage on schema app to staff;
create schema hidden; create schema common; grant usage on schema common to public;
create table app.plain (id int, secret text);
create table app.granted (id int, secret text); grant select, update on app.granted to staff;
create table app.columns (id int, secret text); grant select (id), insert (id, secret) on app.columns to boss, anon;
create table common.everyone (id int, secret text); grant select on common.everyone to public;
create table hidden.none (id int, secret text); revoke all on hidden.none from postgres;
create table app.taken (id int, secret text); grant all on app.taken to staff, public; revoke all on app.taken from public; revoke delete on app.taken from staff;
grant create, usage on schema app to builder;
set role builder; create table app.owned (id int, secret text); reset role;
grant builder to boss;
create table public.before (id int, secret text);
alter default privileges in schema public revoke all on tables from anon;
alter default privileges grant select on tables to auditor;
create table public.after (id int, secret text);
create function app.open() returns int language sql as 'select 1';
create function app.closed() returns int language sql as 'select 1'; revoke execute on function app.closed() from public;
create function app.some() returns int language sql as 'select 1'; revoke execute on function app.some() from public; grant execute on function app.some() to staff;
alter default privileges revoke execute on functions from public;
create function app.later() returns int language sql as 'select 1';
create function public.mine() returns int language sql as 'select 1';
`

// TestEffectivePrivileges asks both sources what each role may do with each
// object, and the server the same.
func TestEffectivePrivileges(t *testing.T) {
	for _, v := range []platform.Variant{platform.OldDefaults, platform.NewDefaults} {
		conn := pgtest.Platform(t, v)
		ctx := context.Background()
		tx, err := conn.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		onServer := privileges
		if pgtest.Version(t, conn) >= 160_000 { // CREATEROLE no longer gives away what comes with the server
			onServer = strings.Replace(privileges, predefined, "set session authorization default; "+predefined+" set session authorization "+platform.Migrator+";", 1)
		}
		if _, err := tx.Conn().PgConn().Exec(ctx, onServer).ReadAll(); err != nil {
			t.Fatal(err)
		}
		read, err := live.Load(ctx, tx, live.Options{})
		if err != nil {
			t.Fatal(err)
		}
		written, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(privileges)}}, static.Options{Files: []string{"1.sql"}, Platform: v})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range written.Failures {
			t.Errorf("1.sql:%d: %s", f.Origin.Line, f.Message)
		}
		want := effective(read, func(kind, role, object, privilege string) string { return asks(t, tx, kind, role, object, privilege) })
		if len(want) < 300 {
			t.Errorf("only %d questions", len(want))
		}
		for name, c := range map[string]*catalog.Catalog{"text": written, "server": read} {
			if d := cmp.Diff(want, effective(c, nil)); d != "" {
				t.Errorf("%s: the server says (-), the catalog (+):\n%s", name, d)
			}
		}
		_ = tx.Rollback(ctx)
	}
}

// effective is what each role may do with each of the objects above, by the
// catalog, or by whoever is asked instead.
func effective(c *catalog.Catalog, instead func(kind, role, object, privilege string) string) []string {
	var out []string
	add := func(kind, role, object string, p catalog.Privilege, f catalog.Fact[bool]) {
		answer := "unknown"
		if f.Known {
			answer = fmt.Sprint(f.Value)
		}
		if instead != nil {
			answer = instead(kind, role, object, string(p))
		}
		out = append(out, fmt.Sprintf("%s may %s %s %s: %s", role, p, kind, object, answer))
	}
	for _, role := range []string{"anon", "authenticated", "service_role", "postgres", "supabase_admin", "staff", "boss", "deputy", "auditor", "writer", "builder"} {
		for _, schema := range []string{"app", "hidden", "common", "public"} {
			add("schema", role, schema, catalog.Usage, c.MayUseSchema(role, schema))
			for t := range c.Tables.All() {
				if t.Name.Schema != schema {
					continue
				}
				for _, p := range []catalog.Privilege{catalog.Select, catalog.Insert, catalog.Update, catalog.Delete} {
					add("table", role, t.Name.String(), p, c.MayTable(role, t, p))
					if p != catalog.Delete {
						add("any_column", role, t.Name.String(), p, c.MayAnyColumn(role, t, p))
						add("column", role, t.Name.String(), p, c.MayColumn(role, t, "secret", p))
					}
				}
			}
			for o := range c.Functions.All() {
				for _, f := range o.Functions {
					if f.Name.Schema == schema && !f.Platform {
						add("function", role, f.Name.String()+"()", catalog.Execute, c.MayExecute(role, f))
					}
				}
			}
		}
	}
	return out
}

// asks is the server's answer.
func asks(t *testing.T, tx pgx.Tx, kind, role, object, privilege string) string {
	t.Helper()
	sql := "select has_" + kind + "_privilege($1, $2, $3)::text"
	if kind == "column" {
		sql = "select has_column_privilege($1, $2, 'secret', $3)::text"
	}
	var answer string
	if err := tx.QueryRow(context.Background(), sql, role, object, privilege).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}
