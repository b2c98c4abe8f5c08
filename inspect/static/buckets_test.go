package static

import (
	"strings"
	"testing"
	"testing/fstest"

	"policylint/inspect/static/platform"
)

// TestBuckets follows what statements make of the rows of storage.buckets: a
// letter is a bucket, + public, - private, ? not known, and in parentheses when
// it may be gone.
func TestBuckets(t *testing.T) {
	for _, test := range []struct{ sql, want string }{
		{`insert into storage.buckets (id, name) values ('a', 'a')`, "a-"},
		{`insert into storage.buckets (id, name, public) values ('a', 'a', 'yes'), ('b', 'b', default), ('c', 'c', false)`, "a+ b- c-"},
		{`insert into storage.buckets values ('a', 'a', null, now(), now(), true)`, "a+"},
		{`insert into storage.buckets (id, name, public) select 'a', 'a', true`, "a+"},
		{`insert into storage.buckets (id, name, public) select 'a', 'a', true where not exists (select 1 from storage.buckets where id = 'a')`, "a+"},
		{`insert into storage.buckets (id, name, public) values ('a', 'a', false);
		  insert into storage.buckets (id, name, public) select 'a', 'a', true where not exists (select 1 from storage.buckets where id = 'a')`, "a-"},
		{`do $$ begin if not exists (select from storage.buckets where id = 'a') then insert into storage.buckets (id, name) values ('a', 'a'); end if; end $$`, "a-"},
		{`create table public.shops (slug text); insert into storage.buckets (id, name) select slug, slug from public.shops;
		  do $$ begin if not exists (select from storage.buckets where id = 'a') then insert into storage.buckets (id, name) values ('a', 'a'); end if; end $$`, "(a-)"},
		{`insert into storage.buckets (id, name, public) values ('a', 'a', 1 = 1)`, "a?"},
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
	} {
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
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s\nleaves %q, want %q", test.sql, s, test.want)
		}
		if len(c.Failures) > 0 {
			t.Errorf("%s: %v", test.sql, c.Failures)
		}
	}
}
