package expr_test

import (
	"strings"
	"testing"

	"policylint/inspect/expr"
)

var helpers = map[string]expr.Body{
	"public.role":        {Language: "sql", Source: " select auth.jwt() ->> 'user_role'; "},
	"public.role_return": {Language: "sql", Source: "RETURN (auth.jwt() ->> 'user_role')"},
	"public.role_atomic": {Language: "sql", Source: "BEGIN ATOMIC\n SELECT auth.jwt() ->> 'user_role';\nEND"},
	"public.is_agent":    {Language: "sql", Source: "select public.role() = 'agent'"},
	"public.has":         {Language: "sql", Source: "select public.role() = wanted", Args: []expr.Arg{{Name: "wanted", Type: "text"}}},
	"public.is_n":        {Language: "sql", Source: "select public.role() = $1", Args: []expr.Arg{{Type: "text"}}},
	"public.claim":       {Language: "sql", Source: "select auth.jwt() ->> name", Args: []expr.Arg{{Name: "name", Type: "text"}}},
	"public.member": {Language: "sql", Definer: true, Args: []expr.Arg{{Name: "org", Type: "uuid"}},
		Source: "select exists (select 1 from public.m where m.org_id = org and m.user_id = (select auth.uid()))"},
	"public.my_orgs":   {Language: "sql", Definer: true, Set: true, Source: "select org_id from public.m where user_id = auth.uid()"},
	"public.first":     {Language: "sql", Source: "select m.role from public.m where m.user_id = auth.uid() limit 1"},
	"public.loop":      {Language: "sql", Source: "select public.loop()"},
	"public.ping":      {Language: "sql", Source: "select public.pong()"},
	"public.pong":      {Language: "sql", Source: "select public.ping()"},
	"public.two":       {Language: "sql", Source: "select set_config('a', 'b', true); select true"},
	"public.writes":    {Language: "sql", Source: "insert into a values (1) returning true"},
	"public.broken":    {Language: "sql", Source: "select from where"},
	"public.c":         {Language: "c", Source: "x"},
	"public.pl":        {Language: "plpgsql", Source: "begin return auth.jwt() ->> 'user_role' = 'agent'; end"},
	"public.pl_into":   {Language: "plpgsql", Source: "declare r text; begin select p.role into r from public.p where p.id = auth.uid(); return r = 'admin'; end"},
	"public.pl_two":    {Language: "plpgsql", Source: "declare a text; b text; begin select p.x, p.y into a, b from public.p; return a || b; end"},
	"public.pl_decl":   {Language: "plpgsql", Source: "declare claims jsonb := auth.jwt(); r text := claims ->> 'user_role'; begin return r = 'agent'; end"},
	"public.pl_set":    {Language: "plpgsql", Source: "declare r text; begin r := auth.jwt() ->> 'user_role'; r = coalesce(r, 'client'); return r; end"},
	"public.pl_null":   {Language: "plpgsql", Source: "declare r text; begin return r; end"},
	"public.pl_arg":    {Language: "plpgsql", Source: "begin return exists (select 1 from public.m where m.org_id = pl_arg.org); end", Args: []expr.Arg{{Name: "org", Type: "uuid"}}},
	"public.pl_hide":   {Language: "plpgsql", Source: "declare a text := 'inner'; begin return a; end", Args: []expr.Arg{{Name: "a", Type: "text"}}},
	"public.pl_if":     {Language: "plpgsql", Source: "begin if auth.uid() is null then return false; end if; return true; end"},
	"public.pl_elsif":  {Language: "plpgsql", Source: "declare r text := auth.jwt() ->> 'user_role'; begin if auth.uid() is null then return null; elsif r = 'agent' then return t; else return r; end if; end", Args: []expr.Arg{{Name: "t", Type: "text"}}},
	"public.pl_set_if": {Language: "plpgsql", Source: "declare r text; begin r := auth.jwt() ->> 'user_role'; if r is null then r := 'client'; end if; return r = 'agent'; end"},
	"public.pl_block":  {Language: "plpgsql", Source: "declare r text; begin begin select p.role into r from public.p where p.id = auth.uid(); end; if r = 'admin' then return true; end if; null; return false; end"},
	"public.pl_row":    {Language: "plpgsql", Source: "declare r text; begin select p.role into r from public.p where p.id = auth.uid(); if r = 'admin' then return true; end if; null; return false; end"},
	"public.pl_open":   {Language: "plpgsql", Source: "begin if auth.uid() is null then return false; end if; end"},
	"public.pl_raise":  {Language: "plpgsql", Source: "begin if auth.uid() is null then raise exception 'no session'; end if; return true; end"},
	"public.pl_many":   {Language: "plpgsql", Source: "declare n int := 0; begin " + strings.Repeat("if auth.uid() is null then n := n + 1; end if; ", 30) + "return n; end"},
	"public.pl_found":  {Language: "plpgsql", Source: "begin perform 1 from public.m; return found; end"},
	"public.pl_catch":  {Language: "plpgsql", Source: "begin return auth.uid() is null; exception when others then return false; end"},
	"public.pl_bad":    {Language: "plpgsql", Source: "begin return"},
	"public.double":    {Language: "sql", Source: "select public.double2() and public.double2()"},
	"public.double2":   {Language: "sql", Source: "select public.is_agent() and public.is_agent()"},
}

func lookup(name string, nargs int) (expr.Body, bool) {
	b, ok := helpers[name]
	return b, ok && len(b.Args) == nargs
}

func TestExpand(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"public.role() = 'agent'", "auth.jwt() ->> 'user_role' = 'agent'"},
		{"public.role_return() = 'agent'", "auth.jwt() ->> 'user_role' = 'agent'"},
		{"public.role_atomic() = 'agent'", "auth.jwt() ->> 'user_role' = 'agent'"},
		{"(select public.role()) = 'agent'", "(select auth.jwt() ->> 'user_role') = 'agent'"},
		{"not public.is_agent()", "not auth.jwt() ->> 'user_role' = 'agent'"},
		{"public.has('agent')", "auth.jwt() ->> 'user_role' = 'agent'"},
		{"public.has(wanted => title)", "auth.jwt() ->> 'user_role' = title"},
		{"public.is_n('agent')", "auth.jwt() ->> 'user_role' = 'agent'"},
		{"public.claim('sub') = 'x'", "auth.jwt() ->> 'sub' = 'x'"},
		{"public.member(org_id)", "exists (select 1 from public.m where m.org_id = org_id and m.user_id = auth.uid())"},
		{"exists (select 1 from other.m where public.member(m.x))",
			"exists (select 1 from other.m where exists (select 1 from public.m m_in where m_in.org_id = m.x and m_in.user_id = auth.uid()))"},
		{"org_id in (select public.my_orgs())", "org_id in (select m.org_id from public.m where m.user_id = (select auth.uid()))"},
		{"exists (select 1 from public.my_orgs() o where o = tickets.org_id)",
			"exists (select 1 from (select m.org_id as value from public.m where m.user_id = auth.uid()) my_orgs where my_orgs.value = tickets.org_id)"},
		{"public.my_orgs() = x", "public.my_orgs() = x"},
		{"public.first() = 'admin'", "(select m.role from public.m where m.user_id = auth.uid() limit 1) = 'admin'"},
		{"public.pl()", "auth.jwt() ->> 'user_role' = 'agent'"},
		{"public.pl_into()", "(select p.role from public.p where p.id = auth.uid()) = 'admin'"},
		{"public.pl_two()", "(select p.x from public.p) || (select p.y from public.p)"},
		{"public.pl_decl()", "auth.jwt() ->> 'user_role' = 'agent'"},
		{"public.pl_set()", "coalesce(auth.jwt() ->> 'user_role', 'client')"},
		{"public.pl_null() is null", "null is null"},
		{"public.pl_arg(org_id)", "exists (select 1 from public.m where m.org_id = org_id)"},
		{"public.pl_hide('outer')", "'inner'"},
		{"public.loop()", "public.loop()"},
		{"public.ping()", "public.ping()"},
		{"public.two()", "public.two()"},
		{"public.writes()", "public.writes()"},
		{"public.broken()", "public.broken()"},
		{"public.c()", "public.c()"},
		{"public.pl_if()", "case when auth.uid() is null then false else true end"},
		{"public.pl_elsif(title)", "case when auth.uid() is null then null when auth.jwt() ->> 'user_role' = 'agent' then title else auth.jwt() ->> 'user_role' end"},
		{"public.pl_set_if()", "case when auth.jwt() ->> 'user_role' is null then 'client' = 'agent' else auth.jwt() ->> 'user_role' = 'agent' end"},
		{"public.pl_block()", "public.pl_block()"},
		{"public.pl_row()", "case when (select p.role from public.p where p.id = auth.uid()) = 'admin' then true else false end"},
		{"public.pl_open()", "public.pl_open()"},
		{"public.pl_raise()", "public.pl_raise()"},
		{"public.pl_many()", "public.pl_many()"},
		{"public.pl_found()", "public.pl_found()"},
		{"public.pl_catch()", "public.pl_catch()"},
		{"public.pl_bad()", "public.pl_bad()"},
		{"public.has()", "public.has()"},
		{"public.unknown(1)", "public.unknown(1)"},
	} {
		t.Run(test.text, func(t *testing.T) {
			e := parse(t, test.text)
			before := expr.String(e)
			if got := expr.String(expr.Expand(e, lookup)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if expr.String(e) != before {
				t.Errorf("the original is now %s", expr.String(e))
			}
		})
	}
}

func TestExpandMarks(t *testing.T) {
	e := expr.Expand(parse(t, "public.member(org_id) and (select public.is_agent()) and auth.uid() = x"), lookup)
	var got []string
	for _, c := range expr.Claims(e) {
		s := c.Helper
		if c.Cached {
			s += " cached"
		}
		got = append(got, s)
	}
	want := []string{"public.member", "public.role cached", ""}
	if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("got %q, want %q", got, want)
	}
	queries := expr.Queries(e)
	if len(queries) != 1 || !queries[0].Definer || queries[0].Helper != "public.member" {
		t.Errorf("queries %+v", queries)
	}
}

func TestExpandIsBounded(t *testing.T) {
	wide := func(name string, _ int) (expr.Body, bool) {
		return expr.Body{Language: "sql", Source: "select " + name + "x() and " + name + "y()"}, true
	}
	e := expr.Expand(parse(t, "f()"), wide)
	if n := len(expr.Calls(e)); n > 1000 {
		t.Errorf("%d calls", n)
	}
	if n := len(expr.Claims(expr.Expand(parse(t, "public.double()"), lookup))); n != 4 {
		t.Errorf("%d claims, want 4", n)
	}
}
