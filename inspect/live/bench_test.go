package live_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/live"
	"policylint/internal/pgtest"
)

// BenchmarkLoad reads databases of 1,000 and of 10,000 tables, with four
// policies each and all of them published, and prints how much longer that
// takes than the same queries do without anybody reading their rows, and how
// much longer ten times as many tables take.
func BenchmarkLoad(b *testing.B) {
	var thousand time.Duration
	for _, tables := range []int{1_000, 10_000} {
		b.Run(fmt.Sprintf("tables=%d", tables), func(b *testing.B) {
			ctx := context.Background()
			c := pgtest.Conn(b)
			fill(b, c, tables)
			bare := bareQueries(b, c)
			var took time.Duration
			var before, after runtime.MemStats
			for b.Loop() {
				runtime.GC()
				runtime.ReadMemStats(&before)
				begun := time.Now()
				tx, err := c.Begin(ctx)
				if err != nil {
					b.Fatal(err)
				}
				got, err := live.Load(ctx, tx, live.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if err := tx.Rollback(ctx); err != nil {
					b.Fatal(err)
				}
				took += time.Since(begun)
				runtime.GC()
				runtime.ReadMemStats(&after)
				if got.Tables.Len() != tables {
					b.Fatalf("%d tables", got.Tables.Len())
				}
			}
			took /= time.Duration(b.N)
			if tables == 1_000 {
				thousand = took
			} else if thousand > 0 {
				b.ReportMetric(float64(took)/float64(thousand), "times-1000-tables")
			}
			b.ReportMetric(float64(bare.Milliseconds()), "bare-ms")
			b.ReportMetric(float64(took)/float64(bare), "times-bare")
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "catalog-MB")
		})
	}
}

// bareQueries is the time that the server needs for the queries, the least of
// three.
func bareQueries(b *testing.B, c *pgx.Conn) time.Duration {
	ctx := context.Background()
	files, err := filepath.Glob("queries/*.sql")
	if err != nil {
		b.Fatal(err)
	}
	v := version(b, c)
	var all strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		if base := filepath.Base(f); base != "subscriptions.sql" && base != "history.sql" && base != "buckets.sql" {
			all.WriteString(live.ForVersion(string(text), v))
		}
	}
	least := time.Hour
	for range 3 {
		begun := time.Now()
		r := c.PgConn().Exec(ctx, "set search_path = ''; "+all.String()+"reset search_path;")
		for r.NextResult() {
			for rows := r.ResultReader(); rows.NextRow(); {
			}
		}
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
		least = min(least, time.Since(begun))
	}
	return least
}

// fill makes an application of many alike tables, in units that the lock table
// can hold.
func fill(b *testing.B, c *pgx.Conn, tables int) {
	const unit = 200
	for from := 1; from <= tables; from += unit {
		sql := fmt.Sprintf(`do $$ begin
			if not exists (select from pg_publication where pubname = 'supabase_realtime') then
				create publication supabase_realtime;
				create function public.uid() returns uuid language sql stable as 'select null::uuid';
			end if;
			for i in %d..%d loop
				execute format('create table public.t%%1$s (id uuid primary key default gen_random_uuid(), owner uuid not null,
					org bigint, title text, body text default '''', created_at timestamptz not null default now(), check (title <> ''''))', i);
				execute format('create index on public.t%%1$s (owner)', i);
				execute format('alter table public.t%%1$s enable row level security, replica identity full', i);
				execute format('create policy r on public.t%%1$s for select using (owner = (select public.uid()))', i);
				execute format('create policy i on public.t%%1$s for insert with check (owner = (select public.uid()) and org in (1, 2))', i);
				execute format('create policy u on public.t%%1$s for update using (owner = public.uid()) with check (title is not null)', i);
				execute format('create policy d on public.t%%1$s for delete using (exists (select 1 from public.t1 x where x.id = t%%1$s.id and x.owner = public.uid()))', i);
				execute format('alter publication supabase_realtime add table public.t%%1$s', i);
			end loop; end $$`, from, from+unit-1)
		if _, err := c.PgConn().Exec(context.Background(), sql).ReadAll(); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := c.Exec(context.Background(), "analyze"); err != nil {
		b.Fatal(err)
	}
}
