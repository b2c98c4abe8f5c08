//go:build unix

package live_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/live"
	"policylint/internal/pgtest"
)

// BenchmarkInspect runs the whole of `policylint inspect` with all rules, as
// the program that people run, on databases of 1,000 and of 10,000 tables, with
// four policies each and all of them published. It prints how much longer that
// takes than psql with the same catalog queries, how much longer ten times as
// many tables take, and the most memory that it had.
func BenchmarkInspect(b *testing.B) {
	program := filepath.Join(b.TempDir(), "policylint")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", program, "policylint/cmd/policylint").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	config := filepath.Join(b.TempDir(), "rules.yaml")
	if err := os.WriteFile(config, []byte("version: 1\nplatform: supabase\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	var thousand time.Duration
	for _, tables := range []int{1_000, 10_000} {
		b.Run(fmt.Sprintf("tables=%d", tables), func(b *testing.B) {
			c := pgtest.Conn(b)
			fill(b, c, tables)
			dsn := pgtest.DSN(c, c.Config().User)
			bare := filepath.Join(b.TempDir(), "bare.sql")
			if err := os.WriteFile(bare, []byte(bareQueries(b, version(b, c))), 0o600); err != nil {
				b.Fatal(err)
			}
			least := map[string]time.Duration{}
			megabytes := 0.0
			for b.Loop() {
				// Side by side, so that a busy machine slows down both.
				for range 3 {
					took, _ := timed(b, exec.Command("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-o", os.DevNull, "-f", bare, dsn))
					least["psql"] = shorter(least["psql"], took)
					took, used := timed(b, exec.Command(program, "inspect", "--db", dsn, "--config", config, "--preset", "audit", "--min-severity", "info", "--fail-on", "never", "-o", os.DevNull))
					least["inspect"] = shorter(least["inspect"], took)
					megabytes = max(megabytes, used)
				}
			}
			if tables == 1_000 {
				thousand = least["inspect"]
			} else if thousand > 0 {
				b.ReportMetric(float64(least["inspect"])/float64(thousand), "times-1000-tables")
			}
			b.ReportMetric(0, "ns/op") // of both together, which says nothing
			b.ReportMetric(float64(least["psql"].Milliseconds()), "psql-ms")
			b.ReportMetric(float64(least["inspect"].Milliseconds()), "inspect-ms")
			b.ReportMetric(float64(least["inspect"])/float64(least["psql"]), "times-psql")
			b.ReportMetric(megabytes, "peak-MB")
		})
	}
}

// timed runs a program, and gives its time and the most memory it had.
func timed(b *testing.B, c *exec.Cmd) (took time.Duration, megabytes float64) {
	b.Helper()
	begun := time.Now()
	if out, err := c.CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s", c, err, out)
	}
	took = time.Since(begun)
	if u, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		megabytes = float64(u.Maxrss) * 1024 / 1e6 // in kilobytes on Linux
	}
	return took, megabytes
}

func shorter(a, b time.Duration) time.Duration {
	if a == 0 {
		return b
	}
	return min(a, b)
}

// bareQueries is what Load asks, for psql.
func bareQueries(b *testing.B, v int) string {
	files, err := filepath.Glob("queries/*.sql")
	if err != nil {
		b.Fatal(err)
	}
	all := "begin transaction isolation level repeatable read, read only;\nset local search_path = '';\n"
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		if base := filepath.Base(f); base != "subscriptions.sql" && base != "history.sql" && base != "buckets.sql" {
			all += live.ForVersion(string(text), v)
		}
	}
	return all + "rollback;\n"
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
