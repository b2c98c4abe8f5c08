package rules_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/internal/pgtest"
	"policylint/rules"
)

// readLive is what a server has.
func readLive(t *testing.T, c *pgx.Conn) *catalog.Catalog {
	t.Helper()
	ctx := context.Background()
	tx, err := c.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	cat, err := live.Load(ctx, tx, live.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

// judgedLive is what a rule says of a server, with the severity in front, and
// the fixes.
func judgedLive(t *testing.T, c *pgx.Conn, rule string) (said, fixes []string) {
	t.Helper()
	res := rules.Run(readLive(t, c), &rules.Config{}, rules.Selection{Only: []string{rule}})
	for _, f := range res.Findings {
		said = append(said, f.Severity.String()+": "+f.Message)
		fixes = append(fixes, f.Fix)
	}
	if len(res.Gaps) > 0 {
		t.Error(res.Gaps)
	}
	return said, fixes
}

// TestInvalidIndexLive lets a server fail to build indexes, in each way.
func TestInvalidIndexLive(t *testing.T) {
	c := pgtest.Conn(t)
	do := func(sql string) {
		t.Helper()
		if state, message := pgtest.Send(t, c, sql); state != "" {
			t.Fatalf("%s: %s", sql, message)
		}
	}
	fails := func(sql, want string) {
		t.Helper()
		if state, _ := pgtest.Send(t, c, sql); state != want {
			t.Fatalf("%s: SQLSTATE %q, want %s", sql, state, want)
		}
	}
	do(`create table public.kinds (id bigint primary key);
		create table public.notes (id bigint primary key, kind bigint references public.kinds (id), code text not null);
		insert into public.kinds values (1), (2);
		insert into public.notes values (1, 1, 'a'), (2, 2, 'a');
		create function public.half(n bigint) returns bigint language plpgsql immutable as 'begin return n / 2; end';
		create index notes_half_idx on public.notes (public.half(id));
		create materialized view public.counts as select kind, count(*) as n from public.notes group by kind`)
	fails(`create unique index concurrently notes_code_key on public.notes (code)`, "23505")
	fails(`create index concurrently counts_idx on public.counts ((n / 0))`, "22012")
	fails(`create index concurrently notes_kind_idx on public.notes (kind, (1 / (id - 2)))`, "22012")
	do(`create or replace function public.half(n bigint) returns bigint language plpgsql immutable as 'begin return n / 0; end'`)
	fails(`reindex index concurrently public.notes_half_idx`, "22012")

	said, fixes := judgedLive(t, c, "invalid-index")
	if d := cmp.Diff([]string{
		"warning: index counts_idx of public.counts is not valid: it was not built to the end, and no query uses it",
		"warning: index notes_half_idx_ccnew of public.notes is not valid, and repeats index notes_half_idx",
		"warning: index notes_kind_idx of public.notes is not valid: it was not built to the end, and foreign key notes_kind_fkey has no other",
		"error: unique index notes_code_key of public.notes is not valid: it was not built to the end, and values may repeat",
	}, said); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	// What made them fail is mended, and then they are.
	do(`create or replace function public.half(n bigint) returns bigint language plpgsql immutable as 'begin return n / 2; end';
		update public.notes set id = id + 2, code = id::text; drop index public.counts_idx`)
	for _, fix := range fixes {
		if fix != "reindex index public.counts_idx;" {
			do(fix)
		}
	}
	if said, _ := judgedLive(t, c, "invalid-index"); len(said) > 0 {
		t.Errorf("after the fixes: %q", said)
	}
}

// TestIndexBeingBuilt holds that an index is not taken for one that failed
// while it is being built, nor by a role that may not see whose build it is.
func TestIndexBeingBuilt(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	if _, err := c.Exec(ctx, `create table public.notes (id bigint primary key, code text)`); err != nil {
		t.Fatal(err)
	}
	writer, builder := pgtest.Admin(t, c), pgtest.Admin(t, c)
	tx, err := writer.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(ctx, `insert into public.notes values (1, 'a')`); err != nil {
		t.Fatal(err)
	}
	built := make(chan error)
	go func() { // waits for the writer
		_, err := builder.Exec(ctx, `create index concurrently notes_code_idx on public.notes (code)`)
		built <- err
	}()
	for begun := false; !begun; {
		if err := c.QueryRow(ctx, `select exists (select from pg_index where not indisvalid)`).Scan(&begun); err != nil {
			t.Fatal(err)
		}
	}
	for _, role := range []string{"postgres", "pg_monitor", "pg_database_owner"} {
		if _, err := c.Exec(ctx, "set role "+role); err != nil {
			t.Fatal(err)
		}
		if said, _ := judgedLive(t, c, "invalid-index"); len(said) > 0 {
			t.Errorf("as %s: %q", role, said)
		}
	}
	if err := tx.Rollback(ctx); err != nil {
		t.Fatal(err)
	}
	if err := <-built; err != nil {
		t.Fatal(err)
	}
}
