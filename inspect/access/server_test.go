package access_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// attempts tries a command on each row by itself, and says how many rows it
// worked on and which errors there were; the refusal of a new row by row level
// security counts as not working.
const attempts = `
create table public.source as select * from public.t;
grant select on public.source to anon, authenticated, service_role;
create function public.attempt(command text, out worked integer, out states text[]) language plpgsql as $$
declare
  n integer;
begin
  worked := 0;
  states := '{}';
  for i in 1..81 loop
    begin
      case command
        when 'insert' then insert into public.t select id + 1000, owner, status, level, role, tags, meta, flag from public.source where id = i;
        when 'update' then execute 'update public.t set status = status where id = ' || i;
        else execute 'delete from public.t where id = ' || i;
      end case;
      get diagnostics n = row_count;
      worked := worked + n;
    exception when others then
      if sqlerrm not like 'new row violates row-level security policy%' and not sqlstate = any (states) then
        states := states || sqlstate;
      end if;
    end;
  end loop;
end
$$;
grant execute on function public.attempt(text) to public;
`

// TestAgainstServer evaluates random policies for random tokens, and has
// PostgreSQL do the same: what is always so is so for every row, what never is
// for none, and an error is the same one. POLICYLINT_SEED and POLICYLINT_CASES
// run others, and more.
func TestAgainstServer(t *testing.T) {
	seed, n := number("POLICYLINT_SEED", 1), number("POLICYLINT_CASES", 120)
	b := newBench(t)
	for i := range n {
		g := gen{rand.New(rand.NewPCG(seed, i))}
		s := g.setup()
		tokens := []claims{g.token(), g.token(), g.token(), g.token()}
		if faults := b.run(t, s, tokens); len(faults) > 0 {
			f := faults[0] // one is enough to learn from
			s, f := (&bench{tx: b.tx}).shrink(t, s, f)
			text, _ := json.Marshal(f.token)
			t.Errorf("seed %d case %d, %s: %s\n%s%s", seed, i, f.command, f.why, s, text)
			b.failed++
		}
		if b.failed > 9 {
			break
		}
	}
	if testing.Verbose() {
		for _, why := range slices.Sorted(maps.Keys(b.reasons)) {
			t.Logf("unknown %3d %s", b.reasons[why], why)
		}
	}
	t.Logf("%d databases, %d refused; %d fields, %d unknown, %d not as exact as they could be", b.databases, b.refused, b.fields, b.unknown, b.vague)
	if b.unknown*40 > b.fields {
		t.Errorf("%d of %d verdicts are unknown, at most one in forty may be", b.unknown, b.fields)
	}
}

func number(name string, otherwise uint64) uint64 {
	if n, err := strconv.ParseUint(os.Getenv(name), 10, 64); err == nil {
		return n
	}
	return otherwise
}

// A bench holds a server's world in a transaction.
type bench struct {
	tx                                                 pgx.Tx
	databases, fields, unknown, vague, refused, failed int
	reasons                                            map[string]int // of what is unknown
}

func newBench(t *testing.T) *bench {
	t.Helper()
	tx, err := pgtest.Platform(t, platform.OldDefaults).Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback(context.Background()) })
	if _, err := tx.Conn().PgConn().Exec(context.Background(), world+rows+attempts).ReadAll(); err != nil {
		pgtest.SkipOlder(t, tx.Conn(), err)
		t.Fatal(err)
	}
	return &bench{tx: tx, reasons: map[string]int{}}
}

// A fault is one field that the server contradicts.
type fault struct {
	command catalog.Command
	token   claims
	why     string
}

// run compares all fields of a setup.
func (b *bench) run(t *testing.T, s setup, tokens []claims) (faults []fault) {
	t.Helper()
	return b.runText(t, s.String(), tokens)
}

func (b *bench) runText(t *testing.T, text string, tokens []claims) (faults []fault) {
	t.Helper()
	b.databases++
	ctx := context.Background()
	sp, err := b.tx.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = sp.Rollback(ctx) }()
	_, err = sp.Conn().PgConn().Exec(ctx, text).ReadAll()
	c, failures := read(t, world+text)
	if err != nil || failures != "" {
		if err == nil {
			faults = append(faults, fault{why: "the text is refused: " + failures, token: tokens[0]})
		}
		b.refused++
		return faults
	}
	c.Source.Version = pgtest.Version(t, b.tx.Conn())
	table, _ := c.Tables.Get(catalog.ParseName("public.t"))
	j := access.New(c, catalog.DefaultPublication)
	for i, token := range tokens {
		who := access.NewSubject(fmt.Sprint(i), token)
		for _, command := range access.Commands {
			cell := j.Cell(who, table, command)
			worked, states := b.ask(t, token, command)
			b.fields++
			switch {
			case cell.Verdict == access.Uncertain:
				b.unknown++
				if b.reasons != nil {
					b.reasons[cell.Because]++
				}
			case cell.Verdict == access.Rows && cell.Raise == nil && (worked == 0 || worked == all):
				b.vague++
			}
			if why := disagree(cell, worked, states); why != "" {
				faults = append(faults, fault{command, token, fmt.Sprintf("%s: %s: %s; server: %d rows %v", why, cell.Verdict, cell.Because, worked, states)})
			}
		}
	}
	return faults
}

// disagree says how a verdict contradicts what the server did.
func disagree(cell access.Cell, worked int, states []string) string {
	switch {
	case cell.Verdict == access.Always && worked != all, cell.Verdict == access.Never && worked != 0:
		return "the server lets other rows through"
	case cell.Verdict == access.Uncertain:
		return ""
	case len(states) == 0 && cell.Verdict == access.Never && cell.Raise != nil && !cell.Raise.Possible && cell.Raise.Always:
		return "the server does not raise"
	}
	for _, state := range states {
		if cell.Raise != nil && cell.Raise.Policy == nil && cell.Raise.SQLState == "42501" {
			continue // refused either way
		}
		if cell.Raise == nil || cell.Raise.SQLState != state {
			return "the server raises"
		}
	}
	return ""
}

// ask has the server do it: how many rows the command worked on, and the
// errors.
func (b *bench) ask(t *testing.T, token claims, command catalog.Command) (worked int, states []string) {
	t.Helper()
	ctx := context.Background()
	text, err := json.Marshal(token)
	if err != nil {
		t.Fatal(err)
	}
	inner, err := b.tx.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = inner.Rollback(ctx) }()
	if _, err := inner.Exec(ctx, "select set_config('request.jwt.claims', $1, true), set_config('role', $2, true)", string(text), token["role"]); err != nil {
		t.Fatal(err)
	}
	// The simple protocol keeps no plan: each token has its own.
	if command == catalog.ForSelect {
		err = inner.QueryRow(ctx, "select count(*) from public.t", pgx.QueryExecModeSimpleProtocol).Scan(&worked)
	} else {
		err = inner.QueryRow(ctx, "select worked, states from public.attempt($1)", pgx.QueryExecModeSimpleProtocol, string(command)).Scan(&worked, &states)
	}
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &pg):
		return 0, []string{pg.Code}
	case err != nil:
		t.Fatal(err)
	}
	return worked, states
}

// read loads a text, and says why it is refused.
func read(t testing.TB, sql string) (*catalog.Catalog, string) {
	t.Helper()
	c, err := static.Load(fstest.MapFS{"a.sql": {Data: []byte(sql)}}, static.Options{Files: []string{"a.sql"}, Platform: platform.OldDefaults})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Failures {
		return c, f.Message + " (" + f.SQLState + ")"
	}
	return c, ""
}
