package rules_test

import (
	"testing"
	"testing/fstest"

	"policylint/inspect/static"
	"policylint/rules"
)

// TestFixOnOlderServer offers no fix that the server does not have.
func TestFixOnOlderServer(t *testing.T) {
	sql := `create table public.notes (id bigint primary key, owner_id uuid);
		alter table public.notes enable row level security;
		create policy "own" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
		create view public.all_notes as select * from public.notes;`
	for version, want := range map[int]bool{0: true, 140_023: false, 150_018: true} {
		c, err := static.Load(fstest.MapFS{"1_x.sql": {Data: []byte(sql)}}, static.Options{})
		if err != nil {
			t.Fatal(err)
		}
		c.Source.Version = version
		res := rules.Run(c, nil, rules.Selection{Only: []string{"view-bypasses-rls"}})
		if len(res.Findings) != 1 || (res.Findings[0].Fix != "") != want {
			t.Errorf("version %d: findings are %v, with a fix wanted: %t", version, res.Findings, want)
		}
	}
}
