package rules_test

import (
	"context"
	"testing"

	"policylint/internal/pgtest"
	"policylint/rules"
)

// TestUnusedIndexLive has a server count: of five indexes, the one that nothing
// needs and no query has used is reported.
func TestUnusedIndexLive(t *testing.T) {
	c := pgtest.Conn(t)
	ctx := context.Background()
	for _, sql := range []string{
		`create table public.kinds (id bigint primary key);
		create table public.events (id bigint primary key, kind bigint references public.kinds (id), body text, code bigint, day date);
		create index events_kind_idx on public.events (kind);
		create index events_day_idx on public.events (day);
		create unique index events_code_key on public.events (code);
		create table public.small (id bigint primary key, kind text);
		create index small_kind_idx on public.small (kind);
		insert into public.kinds values (1);
		insert into public.events select n, 1, repeat('x', 200), n, '2025-01-01' from generate_series(1, 6000) n`,
		`vacuum analyze public.events`,
		`do $$ begin for i in 1..1100 loop perform 1 from public.events where id = i; perform 1 from public.small where id = i; end loop; end $$;
		select pg_stat_force_next_flush()`,
	} {
		if _, err := c.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
			pgtest.SkipOlder(t, c, err)
			t.Fatal(err)
		}
	}
	cat := readLive(t, c)
	found := rules.Run(cat, &rules.Config{}, rules.Selection{Only: []string{"unused-index"}}).Findings
	if len(found) != 1 || found[0].Fix != "drop index if exists public.events_day_idx;" {
		t.Errorf("found:\n%s", messages(&rules.Result{Findings: found}))
	}
	cat.Runtime.Standby = true // whose queries run elsewhere
	if found := rules.Run(cat, &rules.Config{}, rules.Selection{Only: []string{"unused-index"}}).Findings; len(found) > 0 {
		t.Error("a replica is judged by what it counts alone")
	}
}
