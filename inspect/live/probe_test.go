package live_test

import (
	"context"
	"testing"
	"time"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/internal/pgtest"
)

// TestProbeInTime gives up on a table that takes too long, and goes on.
func TestProbeInTime(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	script(t, c, `create role asks; create table slow (id int); create table quick (id int); insert into slow values (1); insert into quick values (1);
		alter table slow enable row level security; create policy p on slow using (pg_sleep(3600) is null);
		grant select on slow, quick to asks`)
	s, err := live.Connect(ctx, live.ConnOptions{DSN: pgtest.DSN(c, c.Config().User), StatementTimeout: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, want := range map[string]live.Probed{
		"slow":  {SQLState: "57014", Message: "canceling statement due to statement timeout", Rows: 1, Whole: true},
		"quick": {Visible: 1, Rows: 1, Whole: true},
	} {
		got, err := s.Probe(ctx, catalog.Name{Schema: "public", Name: name}, "asks", nil)
		if err != nil || got != want || got.Unanswered() != (name == "slow") {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
