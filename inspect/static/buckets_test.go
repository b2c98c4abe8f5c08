package static

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// bucketCases are statements and what they make of the rows of storage.buckets:
// a letter is a bucket, + public, - private, ? not known, and in parentheses
// when it may not be there. A ! ends the list when a gap says what was not
// understood.
var bucketCases = []struct{ sql, want string }{
	{`insert into storage.buckets (id, name) values ('a', 'a')`, "a-"},
	{`insert into storage.buckets (id, name, public) values ('a', 'a', 'yes'), ('b', 'b', default), ('c', 'c', false)`, "a+ b- c-"},
	{`insert into storage.buckets values ('a', 'a', null, now(), now(), true)`, "a+"},
	{`insert into storage.buckets (id, name, public) select 'a', 'a', true`, "a+"},
	{`insert into storage.buckets (id, name, public) select 'a', 'a', true where not exists (select 1 from storage.buckets where id = 'a')`, "a+"},
	{`insert into storage.buckets (id, name, public) values ('a', 'a', false);
	  insert into storage.buckets (id, name, public) select 'a', 'a', true where not exists (select 1 from storage.buckets b where b.id = 'a')`, "a-"},
	{`insert into storage.buckets (id, name, public) select v.id, v.id, v.public from (values ('a', true), ('b', false)) as v (id, public)
	  where not exists (select 1 from storage.buckets b where b.id = v.id)`, "a+ b-"},
	{`insert into storage.buckets (id, name, public) select * from (values ('a', 'a', true), ('b', 'b', 'b' = 'a')) v`, "a+ b-"},
	{`insert into storage.buckets (id, name) values ('b', 'b');
	  insert into storage.buckets (id, name, public) select v.id, v.id, true from (values ('a'), ('b')) as v (id) on conflict (id) do update set public = excluded.public`, "a+ b+"},
	{`with v (id) as (values ('a'), ('b')) insert into storage.buckets (id, name) select id, id from v`, "a- b-"},
	{`insert into storage.buckets (id, name, public) select x, x, true from unnest(array['a', 'b']) x`, "a+ b+"},
	{`insert into storage.buckets (id, name, public) select 'a', 'a', true union all select 'b', 'b', null`, "a+ b-"},
	{`insert into storage.buckets (id, name) select 'a', 'a' where false`, ""},
	{`insert into storage.buckets (id, name) values (lower('A'), 'a'), ('b' || '1', 'b')`, "a- b1-"},
	{`insert into storage.buckets (id, name) select id::text, 'a' from auth.users`, "!"},
	{`insert into storage.buckets (id, name) select 'a', 'a' from auth.users limit 1`, "!"},
	{`insert into storage.buckets (id, name) select 'a', 'a' where not exists (select 1 from auth.users)`, "(a-) !"},
	{`insert into storage.buckets (id, name) select id::text, 'a' from auth.users;
	  insert into storage.buckets (id, name) select 'a', 'a' where not exists (select 1 from storage.buckets where id = 'a')`, "(a-) !"},
	{`do $$ begin if not exists (select 1 from storage.buckets where id = 'a') then insert into storage.buckets (id, name, public) values ('a', 'a', true); end if; end $$`, "a+"},
	{`do $$ declare b text; begin foreach b in array array['a', 'b'] loop insert into storage.buckets (id, name) values (b, b) on conflict do nothing; end loop; end $$`, "a- b-"},
	{`insert into storage.buckets (id, name) values ('a', 'a'); truncate storage.buckets cascade`, ""},
	{`insert into storage.buckets (id, name, public) values ('a', 'a', 1 = 1)`, "a+"},
	{`insert into storage.buckets (id, name, public) values ('a', 'a', now() > '2020-01-01')`, "a?"},
	{`insert into storage.buckets (id, name, public) values ('a', 'a', null)`, "a-"},
	{`insert into storage.buckets (id, name, public) values ('a', 'a', true) on conflict do nothing;
	  insert into storage.buckets (id, name, public) values ('a', 'a', false) on conflict do nothing`, "a+"},
	{`insert into storage.buckets (id, name, public) values ('a', 'a', true);
	  insert into storage.buckets (id, name, public) values ('a', 'a', false) on conflict (id) do update set public = excluded.public`, "a-"},
	{`insert into storage.buckets (id, name, public) values ('a', 'a', true);
	  insert into storage.buckets (id, name, public) values ('a', 'b', false) on conflict (id) do update set name = excluded.name`, "a+"},
	{`insert into storage.buckets (id, name) values ('a', 'a'), ('b', 'b'), ('c', 'c'); update storage.buckets set public = true where id in ('a', 'b')`, "a+ b+ c-"},
	{`insert into storage.buckets (id, name) values ('a', 'a'), ('b', 'b'); update storage.buckets set public = true where name like 'a%'`, "a? b?"},
	{`insert into storage.buckets (id, name) values ('a', 'a'), ('b', 'b'); update storage.buckets set public = true`, "a+ b+"},
	{`insert into storage.buckets (id, name) values ('a', 'a'), ('b', 'b'); delete from storage.buckets where id = 'a'`, "b-"},
	{`insert into storage.buckets (id, name) values ('a', 'a'); delete from storage.buckets where created_at < now()`, "(a-)"},
	{`begin; insert into storage.buckets (id, name) values ('a', 'a'); rollback`, ""},
	{`do $$ begin insert into storage.buckets (id, name, public) values ('a', 'a', true); end $$`, "a+"},
}

func TestBuckets(t *testing.T) {
	for _, test := range bucketCases {
		c, err := Load(fstest.MapFS{"1.sql": {Data: []byte(test.sql)}}, Options{Files: []string{"1.sql"}, Platform: platform.OldDefaults})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for b := range c.Buckets.All() {
			state := b.ID + map[bool]string{true: "+", false: "-"}[b.Public.Value]
			if !b.Public.Known {
				state = b.ID + "?"
			}
			if b.Unsure != 0 {
				state = "(" + state + ")"
			}
			got = append(got, state)
		}
		if slices.ContainsFunc(c.Gaps, func(g catalog.Gap) bool { return g.Object.Kind == "bucket" || g.Object.Name == "storage.buckets" }) {
			got = append(got, "!")
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s\nleaves %q, want %q", test.sql, s, test.want)
		}
		if len(c.Failures) > 0 {
			t.Errorf("%s: %v", test.sql, c.Failures)
		}
	}
}

// TestBucketsOnServer has a server run the same: what is sure must be so there,
// and nothing else may be there without a gap.
func TestBucketsOnServer(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Admin(t, pgtest.Platform(t, platform.OldDefaults))
	if _, err := c.Exec(ctx, "set storage.allow_delete_query = 'true'"); err != nil {
		t.Fatal(err)
	}
	for _, test := range bucketCases {
		if _, err := c.Exec(ctx, "truncate storage.buckets cascade"); err != nil {
			t.Fatal(err)
		}
		if _, err := c.PgConn().Exec(ctx, test.sql).ReadAll(); err != nil {
			t.Errorf("%s: %v", test.sql, err)
			continue
		}
		rows, err := c.Query(ctx, "select id || case when public then '+' else '-' end from storage.buckets order by id")
		if err != nil {
			t.Fatal(err)
		}
		there, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		said, open := strings.CutSuffix(" "+test.want, " !")
		for _, want := range strings.Fields(said) {
			id := strings.TrimRight(strings.Trim(want, "()"), "+-?")
			at := slices.IndexFunc(there, func(s string) bool { return s[:len(s)-1] == id })
			switch {
			case at < 0 && want[0] != '(':
				t.Errorf("%s\nbucket %s is not there", test.sql, id)
			case at >= 0:
				if state := strings.Trim(want, "()"); !strings.HasSuffix(state, "?") && state != there[at] {
					t.Errorf("%s\nbucket %s is %s", test.sql, want, there[at])
				}
				there = slices.Delete(there, at, at+1)
			}
		}
		if len(there) > 0 && !open {
			t.Errorf("%s\nleaves %v more", test.sql, there)
		}
	}
}
