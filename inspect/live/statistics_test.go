package live_test

import (
	"testing"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// TestStatistics compares what is read about scans and sizes with what the
// server itself comes to when it packs the table anew.
func TestStatistics(t *testing.T) {
	c := pgtest.Conn(t)
	script(t, c, `create table public.events (id bigint primary key, kind text, body text, note text) with (fillfactor = 90);
		create index events_kind_idx on public.events (kind);
		create table public.fresh (id bigint primary key);
		insert into public.events select n, 'k' || n % 10, repeat('x', 300 + n % 50), null from generate_series(1, 40000) n;
		delete from public.events where id % 20 <> 0;`)
	script(t, c, `vacuum analyze public.events`)
	script(t, c, `set enable_seqscan = off;
		do $$ begin for i in 1..50 loop perform 1 from public.events where id = i; end loop; end $$;
		reset enable_seqscan;
		select pg_stat_force_next_flush();`)
	events := catalog.Name{Schema: "public", Name: "events"}
	before := load(t, c).Runtime.Statistics[events]
	if before.Indexes["events_pkey"] != 50 || before.Indexes["events_kind_idx"] != 0 || before.Scans < 50 {
		t.Errorf("scans: %+v", before)
	}
	if before.Bytes < 10<<20 {
		t.Errorf("the deleted rows' pages are gone: %d bytes", before.Bytes)
	}
	script(t, c, `vacuum full public.events`)
	script(t, c, `analyze public.events`)
	after := load(t, c).Runtime.Statistics
	packed := after[events].Bytes
	if before.Needed < packed*8/10 || before.Needed > packed*12/10 {
		t.Errorf("%d bytes were estimated, packed anew it takes %d", before.Needed, packed)
	}
	if n := after[catalog.Name{Schema: "public", Name: "fresh"}].Needed; n != -1 {
		t.Errorf("a table that was never analysed needs %d bytes", n)
	}
}

// TestBuckets reads the buckets where the platform has them.
func TestBuckets(t *testing.T) {
	c := pgtest.Platform(t, platform.OldDefaults)
	script(t, c, `insert into storage.buckets (id, name, public) values ('a', 'a', true), ('b', 'b', null)`)
	got := load(t, c)
	for id, public := range map[string]bool{"a": true, "b": false} {
		if b, ok := got.Buckets.Get(id); !ok || !b.Public.Is(public) {
			t.Errorf("bucket %s: %+v", id, b)
		}
	}
}
