package drift_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/inspect/drift"
	"policylint/inspect/static"
)

const base = `
create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;
create policy owned on public.notes for select to authenticated using (owner_id = (select auth.uid()));
alter publication supabase_realtime add table public.notes;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable
as $$ begin return event; end $$;
`

func load(t *testing.T, sql string) *catalog.Catalog {
	t.Helper()
	c, err := static.Load(fstest.MapFS{"0001_a.sql": {Data: []byte(sql)}}, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Failures {
		t.Errorf("%s: %s", f.SQLState, f.Message)
	}
	return c
}

// TestCompare compares what the base comes to with what it comes to after one
// more statement, and applies the SQL offered to the second: then they must be
// the same.
func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		name, edit string
		want       []string
		mended     bool // the SQL offered mends it
	}{
		{"nothing", "", nil, true},
		{"another spelling", "alter policy owned on public.notes using (((select auth.uid() as uid)) = notes.owner_id or false); alter policy owned on public.notes using (notes.owner_id = (select auth.uid() as uid));", nil, true},
		{"unpublished", "alter publication supabase_realtime drop table public.notes;", []string{"publication: table public.notes: published by supabase_realtime: yes / "}, true},
		{"publish", "alter publication supabase_realtime set (publish = 'insert');", []string{"publication: publication supabase_realtime: publish: insert, update, delete, truncate / insert"}, true},
		{"publication dropped", "drop publication supabase_realtime;", []string{"publication: publication supabase_realtime: exists: yes / "}, true},
		{"identity", "alter table public.notes replica identity full;", []string{"replica identity: table public.notes: replica identity: default / full"}, true},
		{"policy edited", "alter policy owned on public.notes using (true);", []string{"policies: policy public.notes/owned: using: owner_id = (select auth.uid()) / true"}, true},
		{"policy for others", "alter policy owned on public.notes to public;", []string{"policies: policy public.notes/owned: roles: authenticated / public"}, true},
		{"policy dropped", "drop policy owned on public.notes;", []string{"policies: policy public.notes/owned: exists: yes / "}, true},
		{"policy added", "create policy open on public.notes for delete using (true);", []string{"policies: policy public.notes/open: exists:  / yes"}, true},
		{"rls off", "alter table public.notes disable row level security;", []string{"row level security: table public.notes: row level security: on / off"}, true},
		{"rls forced", "alter table public.notes force row level security;", []string{"row level security: table public.notes: forced row level security: off / on"}, true},
		{"hook body", "create or replace function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable as $$ begin return null; end $$;", []string{"hook: function public.custom_access_token_hook(jsonb): body: one / another"}, true},
		{"hook definer", "alter function public.custom_access_token_hook(jsonb) security definer;", []string{"hook: function public.custom_access_token_hook(jsonb): security: invoker / definer"}, true},
		{"hook setting", "alter function public.custom_access_token_hook(jsonb) set search_path = '';", []string{"hook: function public.custom_access_token_hook(jsonb): setting search_path: none / ''"}, true},
		{"grant", "revoke select on public.notes from anon;", []string{"grants: table public.notes: anon may select: yes / "}, true},
		{"many grants", "revoke select, insert, delete on public.notes from anon, authenticated;", []string{
			"grants: table public.notes: anon may select, insert and delete: yes / ",
			"grants: table public.notes: authenticated may select, insert and delete: yes / ",
		}, true},
		{"columns", "revoke update on public.notes from anon; grant update (id, owner_id) on public.notes to anon;", []string{
			"grants: table public.notes: anon may update: yes / ",
		}, true},
		{"publishes nothing", "alter publication supabase_realtime set (publish = '');", []string{"publication: publication supabase_realtime: publish: insert, update, delete, truncate / nothing"}, true},
		{"execute", "revoke execute on function public.custom_access_token_hook(jsonb) from public, anon;", []string{
			"grants: function public.custom_access_token_hook(jsonb): anon may execute: yes / ",
			"grants: function public.custom_access_token_hook(jsonb): supabase_auth_admin may execute: yes / ",
		}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := drift.Options{Publication: "supabase_realtime", Hook: catalog.Name{Schema: "public", Name: "custom_access_token_hook"}}
			want := load(t, base)
			found := drift.Compare(want, load(t, base+tt.edit), o)
			var got []string
			fix := ""
			for _, d := range found {
				got = append(got, fmt.Sprintf("%s: %s: %s: %s / %s", d.Kind, d.Object, d.What, d.Want, d.Have))
				fix += d.Fix + "\n"
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if left := drift.Compare(want, load(t, base+tt.edit+fix), o); tt.mended && len(left) > 0 {
				t.Errorf("after\n%s\nthere is still %v", fix, left)
			}
		})
	}
}

// TestNoSecrets holds that a difference in one of the application's own
// settings is told without its values.
func TestNoSecrets(t *testing.T) {
	hook := catalog.Name{Schema: "public", Name: "custom_access_token_hook"}
	want, have := load(t, base), load(t, base)
	f, _ := have.EditFunction(hook, "jsonb")
	f.Config = map[string]catalog.Fact[string]{"app.key": catalog.Of("sekrit", catalog.Origin{})}
	found := drift.Compare(want, have, drift.Options{Publication: "supabase_realtime", Hook: hook})
	if len(found) != 1 || found[0].What != "setting app.key" || strings.Contains(fmt.Sprint(found), "sekrit") {
		t.Errorf("got %v", found)
	}
}

// TestHistory compares files with the table of applied migrations.
func TestHistory(t *testing.T) {
	have := load(t, "")
	have.Runtime = &catalog.Runtime{History: &catalog.History{Applied: []catalog.Applied{
		{Version: "1", Digest: catalog.Digest("select  1")},
		{Version: "2", Digest: catalog.Digest("select 2")},
		{Version: "2a"},
		{Version: "4"},
	}}}
	files := []drift.File{
		{Version: "1", Path: "1_a.sql", Digest: catalog.Digest("-- one\nselect 1;")},
		{Version: "2", Path: "2_b.sql", Digest: catalog.Digest("select 3")},
		{Version: "2a", Path: "2a_b.sql", Digest: catalog.Digest("what the table did not keep")},
		{Version: "3", Path: "3_c.sql"},
	}
	var got []string
	for _, d := range drift.Compare(load(t, ""), have, drift.Options{Publication: "supabase_realtime", Files: files}) {
		got = append(got, fmt.Sprintf("%s: %s: %s / %s", d.Object, d.What, d.Want, d.Have))
	}
	want := []string{
		"migration 2: text: one / another",
		"migration 3: applied: yes / ",
		"migration 4: applied:  / yes",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
