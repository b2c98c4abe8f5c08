package access_test

import (
	"context"
	"fmt"
	"testing"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/internal/pgtest"
)

// TestPlanningError asks a server which error of a policy comes up while a
// query is planned, in a sub-select that is never computed: `flag is null` is
// never true. What another condition equates with the same column takes the
// place of what the policy compares it with (src/backend/optimizer/path/equivclass.c).
func TestPlanningError(t *testing.T) {
	policies := []string{
		"(auth.jwt() ->> 'org')::uuid = user_id", "org = 'x' and user_id = (auth.jwt() ->> 'org')::uuid", "(auth.jwt() ->> 'org')::integer = rank",
		"user_id = (auth.jwt() ->> 'org')::uuid or rank = 3", "user_id is not distinct from (auth.jwt() ->> 'org')::uuid", "user_id > (auth.jwt() ->> 'org')::uuid",
		"user_id = (auth.jwt() ->> 'org')::uuid and user_id = auth.uid()", "user_id = auth.uid() and user_id = (auth.jwt() ->> 'org')::uuid",
		"user_id = (select auth.uid()) and user_id = (auth.jwt() ->> 'org')::uuid", "user_id = (auth.jwt() ->> 'org')::uuid and user_id = '00000000-0000-0000-0000-0000000000c1'",
	}
	forms := []string{
		"exists (select 1 from public.members m)",
		"exists (select 1 from public.members m where m.user_id = t.owner)", "exists (select 1 from public.members m where t.owner = m.user_id)",
		"exists (select 1 from public.members m where m.user_id = auth.uid())", "exists (select 1 from public.members m where m.user_id = (select auth.uid()))",
		"exists (select 1 from public.members m where m.user_id = '00000000-0000-0000-0000-0000000000c1')",
		"exists (select 1 from public.members m where m.user_id = (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid)",
		"exists (select 1 from public.members m where m.org = t.status)", "exists (select 1 from public.members m where m.user_id = t.owner or m.rank = 2)",
		"exists (select 1 from public.members m where m.user_id = t.owner and m.rank > t.level)", "exists (select 1 from public.members m where m.user_id = t.owner and m.org = t.status)",
		"exists (select 1 from public.members m where m.user_id = t.owner and m.user_id = (select auth.uid()))", "exists (select 1 from public.members m where m.user_id = t.owner limit 1)",
		"exists (select 1 from public.members m where m.user_id is not distinct from t.owner)", "exists (select 1 from public.members m where (m.user_id, m.org) = (t.owner, 'acme'))",
		"exists (select 1 from public.members m where m.rank = t.level)", "exists (select 1 from public.members m where m.rank = t.id)", "exists (select 1 from public.members m where m.user_id = t.owner offset 1)",
		"exists (select 1 from public.my_members m where m.user_id = t.owner)", "(select m.org from public.my_members m where m.user_id = t.owner limit 1) = 'x'",
		"exists (select 1 from public.members m join public.orgs o on o.id = m.org where m.user_id = t.owner)", "exists (select 1 from public.members m join public.teams x on x.lead = m.user_id)",
		"exists (select 1 from public.members m join public.teams x on x.lead = m.user_id where x.lead = t.owner)", "(select m.org from public.members m join public.teams x on x.lead = m.user_id where x.lead = t.owner limit 1) = 'x'",
		"exists (select 1 from public.teams x left join public.members m on m.user_id = t.owner)",
		"exists (select 1 from public.teams x where exists (select 1 from public.members m where m.user_id = x.lead))", "exists (select 1 from public.teams x where exists (select 1 from public.members m where m.user_id = t.owner))",
		"exists (select 1 from public.teams x where x.lead in (select m.user_id from public.members m))",
		"t.status in (select m.org from public.members m where m.user_id = t.owner)", "t.status in (select m.org from public.members m where m.user_id = (select auth.uid()))", "t.owner in (select m.user_id from public.members m)",
		"(select m.org from public.members m where m.user_id = t.owner limit 1) = 'x'", "(select m.org from public.members m where t.owner = m.user_id limit 1) = 'x'", "(select m.org from public.members m where m.user_id = auth.uid() limit 1) = 'x'",
		"(select m.org from public.members m where m.rank = t.level limit 1) = 'x'", "(select count(*) from public.members m where m.user_id = t.owner) > 0",
		"(select m.org from public.members m where m.user_id = t.owner and m.user_id = auth.uid() limit 1) = 'x'",
		"(select (private.level() = t.level))",
	}
	token := claims{"role": "authenticated", "sub": "00000000-0000-0000-0000-0000000000c1", "org": "acme", "level": "high"}
	b := newBench(t)
	asked, unknown := 0, 0
	for _, policy := range policies {
		for _, form := range forms {
			asked++
			raises, cell := b.plan(t, token, fmt.Sprintf(planning, form, policy))
			sure := cell.Raise != nil && !cell.Raise.Possible && cell.Verdict == access.Never
			switch {
			case cell.Verdict == access.Uncertain:
				unknown++
				t.Logf("unknown: %s, policy %s", form, policy)
			case raises != sure:
				t.Errorf("%s, policy %s: the server raises: %t; %s: %s", form, policy, raises, cell.Verdict, cell.Because)
			}
		}
	}
	if unknown*8 > asked {
		t.Errorf("%d of %d are unknown, at most one in eight may be", unknown, asked)
	}
}

const planning = `create policy x on public.teams for select using (true);
create policy p on public.t for select using (flag is null and %s);
create policy m on public.members for select using (%s);
`

// plan has the server plan a query on public.t, and the evaluator judge it.
func (b *bench) plan(t *testing.T, token claims, sql string) (raises bool, cell access.Cell) {
	t.Helper()
	ctx := context.Background()
	sp, err := b.tx.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = sp.Rollback(ctx) }()
	if _, err := sp.Conn().PgConn().Exec(ctx, sql).ReadAll(); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	c, failures := read(t, world+sql)
	if failures != "" {
		t.Fatalf("%s: %s", sql, failures)
	}
	c.Source.Version = pgtest.Version(t, b.tx.Conn())
	table, _ := c.Tables.Get(catalog.ParseName("public.t"))
	cell = access.New(c, catalog.DefaultPublication).Cell(access.NewSubject("who", token), table, catalog.ForSelect)
	_, states := b.ask(t, token, catalog.ForSelect)
	return len(states) > 0, cell
}
