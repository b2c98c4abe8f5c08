package access_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// world is what the policies of the property test are about.
const world = `
create type public.app_role as enum ('agent', 'customer');
create table public.t (id bigint primary key, owner uuid, status text not null, level integer, role public.app_role);
create table public.members (user_id uuid not null, org text not null, primary key (user_id, org));
create table public.orgs (id text primary key, open boolean not null);
alter table public.t enable row level security;
alter table public.members enable row level security;
create schema private;
grant usage on schema private to anon, authenticated;
create function private.role() returns text language sql stable set search_path = '' as $$ select auth.jwt() ->> 'user_role' $$;
create function private.is_staff() returns boolean language sql stable set search_path = '' as $$ select coalesce(auth.jwt() ->> 'user_role', '') in ('agent', 'admin') $$;
create function private.my_orgs() returns setof text language sql stable security definer set search_path = '' as $$ select org from public.members where user_id = auth.uid() $$;
create function private.is_member() returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select 1 from public.members where user_id = auth.uid());
end
$$;
create function private.closed() returns boolean language sql stable as 'select true';
revoke execute on function private.closed() from public, anon, authenticated;
`

// rows fill every table with rows of each sort.
const rows = `
insert into public.t select row_number() over (), o, s, l, r::public.app_role
from unnest(array[null, '00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000c1']::uuid[]) o,
     unnest(array['open', 'closed', 'agent']) s, unnest(array[null, 1, 5]) l, unnest(array[null, 'agent', 'customer']) r;
insert into public.members values ('00000000-0000-0000-0000-0000000000a1', 'acme'), ('00000000-0000-0000-0000-0000000000c1', 'acme');
insert into public.orgs values ('acme', true), ('shut', false);
`

// a gen makes random policies and tokens.
type gen struct{ *rand.Rand }

func (g gen) pick(list ...string) string { return list[g.IntN(len(list))] }

func (g gen) claim() string {
	c := g.pick("auth.jwt() ->> 'user_role'", "auth.jwt() -> 'app_metadata' ->> 'user_role'", "auth.jwt() #>> '{app_metadata,user_role}'",
		"auth.jwt() ->> 'role'", "auth.role()", "auth.jwt() ->> 'org'", "auth.jwt() -> 'user_metadata' ->> 'user_role'", "private.role()",
		"current_setting('request.jwt.claims', true)::jsonb ->> 'user_role'", "nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'user_role'",
		"auth.jwt() ->> 'level'", "lower(auth.jwt() ->> 'user_role')", "split_part(auth.jwt() ->> 'user_role', ':', 1)", "auth.jwt() ->> 'nested.key'")
	if g.IntN(3) == 0 {
		return "(select " + c + ")"
	}
	return "(" + c + ")"
}

func (g gen) text() string {
	return g.pick("'agent'", "'customer'", "'authenticated'", "'acme'", "''", "'5'")
}

func (g gen) cond(depth int) string {
	if depth > 0 && g.IntN(2) == 0 {
		switch g.IntN(7) {
		case 0, 1:
			return "(" + g.cond(depth-1) + " and " + g.cond(depth-1) + ")"
		case 2, 3:
			return "(" + g.cond(depth-1) + " or " + g.cond(depth-1) + ")"
		case 4:
			return "(not " + g.cond(depth-1) + ")"
		case 5:
			return "((" + g.cond(depth-1) + ") is " + g.pick("", "not ") + g.pick("true", "false", "null") + ")"
		default:
			return "(case when " + g.cond(depth-1) + " then " + g.cond(depth-1) + " else " + g.cond(depth-1) + " end)"
		}
	}
	switch g.IntN(22) {
	case 0, 1, 2:
		return "(" + g.claim() + " " + g.pick("=", "<>", "=") + " " + g.text() + ")"
	case 3:
		return "(" + g.claim() + g.pick("", " not") + " in ('agent', " + g.text() + "))"
	case 4:
		return "(" + g.claim() + " is " + g.pick("", "not ") + "distinct from " + g.text() + ")"
	case 5:
		return "(" + g.claim() + " is " + g.pick("", "not ") + "null)"
	case 6:
		return "(coalesce(" + g.claim() + ", " + g.text() + ") = " + g.text() + ")"
	case 7:
		return "(owner = " + g.pick("auth.uid()", "(select auth.uid())") + ")"
	case 8:
		return "(status = " + g.pick("'open'", g.claim()) + ")"
	case 9:
		return g.pick("(status is not null)", "(level is null)", "(id = id)", "(level = level)", "(status <> status)", "(level > 3)", "true", "false", "null::boolean")
	case 10:
		return "((auth.jwt() ->> 'level')::" + g.pick("integer", "bigint", "numeric") + " " + g.pick(">=", "=", "<") + " " + g.pick("3", "5", "level") + ")"
	case 11:
		return "((auth.jwt() ->> 'user_role')::public.app_role = " + g.pick("'agent'", "role") + ")"
	case 12:
		return "((auth.jwt() -> 'user_role')" + g.pick("::text = 'agent'", " = '\"agent\"'", "::text = '\"agent\"'") + ")"
	case 13:
		return "(auth.jwt() @> '" + g.pick(`{"user_role": "agent"}`, `{"app_metadata": {"user_role": "agent"}}`, `{"roles": ["admin"]}`, `{"level": 5}`) + "')"
	case 14:
		return g.pick("private.is_staff()", "(select private.is_staff())", "private.is_member()", "(select private.is_member())")
	case 15:
		return "(exists (select 1 from public." + g.pick("members m where m.user_id = auth.uid()", "members m where m.user_id = t.owner", "orgs o where o.open", "orgs o where o.id = "+g.claim()) + "))"
	case 16:
		return "(status in (select " + g.pick("private.my_orgs()", "o.id from public.orgs o where o.open", "jsonb_array_elements_text(auth.jwt() -> 'roles')") + "))"
	case 17:
		return "('admin' " + g.pick("in (select jsonb_array_elements_text(auth.jwt() -> 'roles'))", "= any (array(select jsonb_array_elements_text(auth.jwt() -> 'roles')))", "= any (string_to_array(auth.jwt() ->> 'user_role', ','))") + ")"
	case 18:
		return "((auth.jwt() -> 'roles') ? 'admin')"
	case 19:
		return "((auth.jwt() ->> 'is_anonymous')::boolean is " + g.pick("false", "true", "not true") + ")"
	case 20:
		return "(" + g.claim() + " like " + g.pick("'ag%'", "'%t'", "'a_ent'") + ")"
	}
	return "((auth.jwt() ->> 'org')::uuid = " + g.pick("owner", "auth.uid()") + ")"
}

func (g gen) policies() (sql string) {
	for i := range 1 + g.IntN(3) {
		sql += fmt.Sprintf("create policy p%d on public.t as %s for %s %s using (%s);\n", i,
			g.pick("permissive", "permissive", "permissive", "restrictive"), g.pick("select", "select", "all", "update"),
			g.pick("", "", "to authenticated", "to anon", "to anon, authenticated"), g.cond(2))
	}
	switch g.IntN(5) {
	case 0, 1:
		sql += "create policy m on public.members for select to authenticated using (" + g.pick("true", "user_id = auth.uid()", "org = 'acme'", "auth.jwt() ->> 'user_role' = 'agent'") + ");\n"
	case 2:
		sql += "create policy m on public.members for select using (exists (select 1 from public.orgs));\n"
	}
	switch g.IntN(12) {
	case 0:
		sql += "revoke select on public.orgs from anon, authenticated;\n"
	case 1:
		sql += "revoke all on public.members from authenticated;\n"
	case 2:
		sql += "revoke all on public.t from anon;\n"
	case 3:
		sql += "alter table public.t disable row level security;\n"
	case 4:
		sql += "create policy z on public.t for select using (" + g.pick("private.closed()", "exists (select 1 from public.t x where x.id = 1)") + ");\n"
	}
	return sql
}

func (g gen) token() claims {
	c := claims{"sub": "00000000-0000-0000-0000-0000000000" + g.pick("a1", "c1", "ff")}
	maybe := func(key string, values ...any) {
		if i := g.IntN(len(values) + 2); i < len(values) {
			c[key] = values[i]
		}
	}
	maybe("role", "anon", "authenticated")
	if c["role"] == nil {
		c["role"] = "authenticated"
	}
	maybe("user_role", "agent", "customer", "Agent", "agent:1", "", nil, "admin,agent")
	maybe("app_metadata", claims{"user_role": "agent"}, claims{"user_role": "customer"}, claims{})
	maybe("user_metadata", claims{"user_role": "agent"}, claims{})
	maybe("org", "acme", "00000000-0000-0000-0000-0000000000a1", "x")
	maybe("level", 5, 1, "5", "high")
	maybe("roles", []any{"admin"}, []any{"x", "open"}, []any{})
	maybe("is_anonymous", false, true)
	if _, given := c["is_anonymous"]; !given {
		c["is_anonymous"] = false
	}
	return c
}

// TestAgainstServer evaluates random policies for random tokens, and has
// PostgreSQL do the same: what is always so is so for every row, what never is
// for none, and an error is the same one.
func TestAgainstServer(t *testing.T) {
	seed, n := uint64(1), 300
	if s := os.Getenv("POLICYLINT_SEED"); s != "" {
		seed, _ = strconv.ParseUint(s, 10, 64)
		n = 3000
	}
	conn := pgtest.Platform(t, platform.OldDefaults)
	ctx := context.Background()
	cells, unknown, failures := 0, 0, 0
	for i := range n {
		g := gen{rand.New(rand.NewPCG(seed, uint64(i)))}
		sql := g.policies()
		c := load(t, world+sql)
		tx, err := conn.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Conn().PgConn().Exec(ctx, world+rows+sql).ReadAll(); err != nil {
			t.Fatalf("%v\n%s", err, sql)
		}
		table, _ := c.Tables.Get(catalog.ParseName("public.t"))
		j := access.New(c, catalog.DefaultPublication)
		for k := range 4 {
			token := g.token()
			cell := j.Cell(access.NewSubject(fmt.Sprint(k), token), table, catalog.ForSelect)
			seen, state := visible(t, tx, token)
			cells++
			if cell.Verdict == access.Uncertain {
				unknown++
			}
			if why := disagree(cell, seen, state); why != "" {
				failures++
				text, _ := json.Marshal(token)
				t.Errorf("seed %d case %d: %s\n%s%s\n%s: %s; server: %d rows %s", seed, i, why, sql, text, cell.Verdict, cell.Because, seen, state)
			}
		}
		if err := tx.Rollback(ctx); err != nil {
			t.Fatal(err)
		}
		if failures > 5 {
			break
		}
	}
	t.Logf("%d cells, %d unknown", cells, unknown)
	if unknown*50 > cells {
		t.Errorf("%d of %d verdicts are unknown, at most one in fifty may be", unknown, cells)
	}
}

const all = 81 // rows of public.t

// disagree says how a verdict contradicts what the server did.
func disagree(cell access.Cell, seen int, state string) string {
	switch {
	case state != "" && cell.Verdict == access.Uncertain:
		return ""
	case state != "" && cell.Raise != nil && cell.Raise.Policy == nil && cell.Raise.SQLState == "42501":
		return "" // it is refused either way
	case state != "" && (cell.Raise == nil || cell.Raise.SQLState != state):
		return "the server raises"
	case state == "" && cell.Raise != nil && cell.Verdict == access.Never && seen > 0:
		return "the server does not raise"
	case cell.Verdict == access.Always && seen != all, cell.Verdict == access.Never && seen != 0:
		return "the server gives other rows"
	}
	return ""
}

// visible counts the rows that the token sees, or gives the SQLSTATE.
func visible(t *testing.T, tx pgx.Tx, token claims) (int, string) {
	t.Helper()
	ctx := context.Background()
	text, err := json.Marshal(token)
	if err != nil {
		t.Fatal(err)
	}
	inner, err := tx.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = inner.Rollback(ctx) }()
	if _, err := inner.Exec(ctx, "select set_config('request.jwt.claims', $1, true), set_config('role', $2, true)", string(text), token["role"]); err != nil {
		t.Fatal(err)
	}
	// The simple protocol keeps no plan: each token has its own.
	var n int
	err = inner.QueryRow(ctx, "select count(*) from public.t", pgx.QueryExecModeSimpleProtocol).Scan(&n)
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &pg):
		return 0, pg.Code
	case err != nil:
		t.Fatal(err)
	}
	return n, ""
}
