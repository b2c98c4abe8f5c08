package static_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/inspect/static"
)

// What is done under a condition that only the data decides, or by a text that
// is not known, leaves exactly what it touches in doubt, and says so.
func TestDoubt(t *testing.T) {
	const start = `create table public.a (id integer primary key); create table public.b (id integer primary key);
alter publication supabase_realtime add table public.a;
`
	for _, test := range []struct {
		name string
		sql  string
		// want has "table aspect" for what is in doubt: rls, identity, exists,
		// policies, columns, keys, grants, member.
		want []string
		gaps int
	}{
		{name: "nothing"},
		{
			name: "a branch on data",
			sql:  "do $$ begin if exists (select 1 from public.a) then alter table public.a enable row level security; end if; end $$;",
			want: []string{"a rls"}, gaps: 1,
		},
		{
			name: "both branches do the same",
			sql:  "do $$ begin if exists (select 1 from public.a) then alter table public.a enable row level security; else alter table public.a enable row level security; end if; end $$;",
		},
		{
			name: "the branch raises",
			sql:  "do $$ begin if exists (select 1 from public.a) then raise exception 'not empty'; end if; alter table public.a enable row level security; end $$;",
		},
		{
			name: "the other branch raises",
			sql:  "do $$ begin if exists (select 1 from public.a) then alter table public.a enable row level security; else raise exception 'empty'; end if; end $$;",
		},
		{
			name: "a branch returns",
			sql:  "do $$ begin if exists (select 1 from public.a) then return; end if; alter table public.b enable row level security; end $$;",
			want: []string{"b rls"}, gaps: 1,
		},
		{
			name: "a loop over data",
			sql:  "do $$ declare r record; begin for r in select id from public.a loop alter table public.b replica identity full; end loop; end $$;",
			want: []string{"b identity"}, gaps: 1,
		},
		{
			name: "a table that may be created",
			sql:  "do $$ begin if now() > '2024-01-01' then create table public.c (id integer); end if; end $$;",
			want: []string{"c exists"}, gaps: 1,
		},
		{
			name: "a table that may be dropped",
			sql:  "do $$ begin if now() > '2024-01-01' then drop table public.a; end if; end $$;",
			want: []string{"a exists", "supabase_realtime member"}, gaps: 2,
		},
		{
			name: "a policy that may be there",
			sql:  "do $$ begin if random() < 0.5 then create policy p on public.a using (true); end if; end $$;",
			want: []string{"a policies"}, gaps: 1,
		},
		{
			name: "a member that may be there",
			sql:  "do $$ begin if random() < 0.5 then alter publication supabase_realtime add table public.b; end if; end $$;",
			want: []string{"supabase_realtime member"}, gaps: 1,
		},
		{
			name: "an error that may be raised and is handled",
			sql:  "do $$ begin alter table public.a enable row level security; if exists (select 1 from public.b) then raise exception 'x'; end if; exception when others then null; end $$;",
			want: []string{"a rls"}, gaps: 1,
		},
		{
			name: "a text with unknown names",
			sql:  "do $$ declare r record; begin for r in select name from public.b loop execute format('alter table public.%I enable row level security', r.name); end loop; end $$;",
			want: []string{"a rls", "b rls", "names rls"}, gaps: 4,
		},
		{
			name: "a text with an unknown part of a name",
			sql:  "do $$ declare s text := current_setting('app.x', true); begin execute 'grant select on public.b to ' || quote_ident(s); execute 'drop policy if exists x' || s || ' on public.a'; end $$;",
			want: []string{"a policies", "b grants"}, gaps: 2,
		},
		{
			name: "a text of which nothing is known",
			sql:  "do $$ declare s text := current_setting('app.x', true); begin execute s; end $$;",
			gaps: 1,
		},
		{
			name: "a text that only writes rows",
			sql:  "do $$ declare s text := current_setting('app.x', true); begin execute format('insert into public.a values (%L)', s); end $$;",
		},
		{
			name: "a function called for rows that may be there",
			sql:  "create function public.f(i integer) returns void language plpgsql as 'begin alter table public.b force row level security; end'; select public.f(id) from public.a;",
			want: []string{"b force"}, gaps: 1,
		},
		{
			name: "a guard on what is in doubt",
			sql: `do $$ begin if random() < 0.5 then alter publication supabase_realtime add table public.b; end if; end $$;
do $$ begin if not exists (select 1 from pg_publication_tables where tablename = 'b') then alter publication supabase_realtime add table public.b; end if; end $$;`,
			want: []string{"supabase_realtime member"}, gaps: 1,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			sql := start + test.sql
			if test.name == "a text with unknown names" {
				sql = "create table public.names (name text);" + start + test.sql
			}
			c, err := static.Load(fstest.MapFS{"1_a.sql": {Data: []byte(sql)}}, static.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range c.Failures {
				t.Errorf("%v: %s %s", f.Origin, f.SQLState, f.Message)
			}
			if diff := cmp.Diff(test.want, doubts(c)); diff != "" {
				t.Error(diff)
			}
			if len(c.Gaps) != test.gaps {
				t.Errorf("gaps: want %d, got %v", test.gaps, c.Gaps)
			}
		})
	}
}

// doubts lists what of the project is in doubt.
func doubts(c *catalog.Catalog) []string {
	var out []string
	add := func(name, aspect string, doubt bool) {
		if doubt {
			out = append(out, name+" "+aspect)
		}
	}
	for t := range c.Tables.All() {
		if t.Platform {
			continue
		}
		n := t.Name.Name
		add(n, "rls", !t.RLS.Known)
		add(n, "force", !t.ForceRLS.Known)
		add(n, "identity", !t.Identity.Known)
		add(n, "exists", t.Unsure.Any(catalog.Existence))
		add(n, "policies", t.Unsure.Any(catalog.Policies))
		add(n, "columns", t.Unsure.Any(catalog.Columns))
		add(n, "keys", t.Unsure.Any(catalog.Keys))
		add(n, "grants", t.Grants.Unsure)
	}
	for p := range c.Publications.All() {
		add(p.Name, "member", p.Unsure.Any(catalog.Members))
	}
	return out
}
