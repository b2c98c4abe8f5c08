package drift_test

import (
	"testing"
	"testing/fstest"

	"policylint/inspect/drift"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// TestPrintedOtherwise applies what the server prints in other words than its
// author, or follows through a renaming, and finds no difference.
func TestPrintedOtherwise(t *testing.T) {
	const text = `
create type public.state as enum ('new', 'paid');
create domain public.uid as uuid;
create domain public.doc as jsonb;
create domain public.docs as public.doc;
create table public.orders (id bigint primary key, state public.state, owner public.uid, meta public.docs, total numeric);
alter table public.orders enable row level security;
create function public.short(s public.state) returns text language sql immutable return case when s = 'new' then 'n' end;
create function public.rich(floor_of numeric) returns boolean language sql stable
begin atomic select exists (select 1 from public.orders o where o.total > floor_of); end;
create function public.several() returns void language sql
begin atomic select 1; delete from public.orders where id < 0; end;
create policy a on public.orders for select using (owner = (select auth.uid()) and meta ->> 'a' = 'b' and short(state) = 'n' and rich(5));
create policy b on public.orders for update using (owner in (select o.owner from public.orders o group by 1 having sum(o.total) > 1 order by 1)
  and 1 = (select row_number() over (partition by o.state order by o.id) from public.orders o where o.state = 'new' limit 1));
alter type public.state rename value 'new' to 'fresh';
`
	want, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(text)}}, static.Options{Platform: platform.OldDefaults})
	if err != nil || len(want.Failures) > 0 {
		t.Fatal(err, want.Failures)
	}
	c := pgtest.Platform(t, platform.OldDefaults)
	begin(t, c)
	run(t, c, text)
	for _, d := range drift.Compare(want, read(t, c), options) {
		t.Errorf("%+v", d)
	}
	// One edit that changes what they mean is still told.
	run(t, c, `alter policy a on public.orders using (owner = (select auth.uid()) and meta ->> 'a' = 'c' and short(state) = 'n' and rich(5))`)
	if found := drift.Compare(want, read(t, c), options); len(found) != 1 || found[0].What != "using" {
		t.Errorf("%v", found)
	}
}
