package static_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/inspect/static/source"
	"policylint/internal/pgtest"
)

// TestAsSuperuser replays what on a plain server only a superuser may do
// beside such a server.
func TestAsSuperuser(t *testing.T) {
	files, err := filepath.Glob("testdata/postgres/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".sql"), func(t *testing.T) { asSuperuser(t, file) })
	}
}

func asSuperuser(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	read, err := static.Load(fstest.MapFS{"1_x.sql": {Data: text}}, static.Options{Platform: platform.Postgres})
	if err != nil {
		t.Fatal(err)
	}
	said := map[int]string{}
	for _, f := range read.Failures {
		said[f.Origin.Line] = f.SQLState
	}
	c := pgtest.Conn(t)
	pgtest.SkipBefore(t, c, 150_000, "schema public had another owner")
	for _, s := range source.Text("1_x.sql", string(text)).Statements {
		state, message := pgtest.Send(t, c, s.SQL)
		if got := said[s.Origin.Line]; got != state {
			t.Errorf("line %d: the server says %q %s, static %q", s.Origin.Line, state, message, got)
		}
	}
	running, err := live.Load(context.Background(), c, live.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range catalog.Diff(read, running) {
		t.Errorf("static / live: %s", d)
	}
	for _, g := range read.Gaps {
		if !strings.Contains(g.Reason, "tell_start") {
			t.Errorf("line %d: %s", g.Origin.Line, g.Reason)
		}
	}
}

// TestEventTriggersOfMigrator lets the migrator make them, as the platform does,
// and keeps from it those of the platform.
func TestEventTriggersOfMigrator(t *testing.T) {
	c, err := static.Load(fstest.MapFS{"1_x.sql": {Data: []byte(`create function public.lock() returns event_trigger language plpgsql as $$
begin
  execute (select format('alter table %s enable row level security', object_identity) from pg_event_trigger_ddl_commands() where object_type = 'table');
end
$$;
create event trigger lock on ddl_command_end when tag in ('CREATE TABLE') execute function public.lock();
create table public.locked (id int);
drop event trigger pgrst_ddl_watch;
set role authenticated;
create event trigger mine on ddl_command_end execute function public.lock();
`)}}, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(c.Failures); n != 2 || c.Failures[0].SQLState != "42501" || c.Failures[0].Origin.Line != 8 || c.Failures[1].Origin.Line != 10 {
		t.Errorf("refused: %+v", c.Failures)
	}
	if locked, _ := c.Tables.Get(catalog.Name{Schema: "public", Name: "locked"}); !locked.RLS.Is(true) {
		t.Errorf("row level security is %+v", locked.RLS)
	}
}
