package expr_test

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/expr"
	"policylint/internal/pgtest"
)

// lines reads a corpus: one expression a line, comments and blank lines left out.
func lines(t testing.TB, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for l := range strings.Lines(string(data)) {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") {
			out = append(out, l)
		}
	}
	return out
}

// scopeOf resolves names as the server does.
func scopeOf(t testing.TB, c *pgx.Conn) expr.Scope {
	t.Helper()
	type key struct {
		kind         expr.Kind
		schema, name string
	}
	ctx := context.Background()
	names := map[key]bool{}
	rows, err := c.Query(ctx, `
		select 0, relnamespace::regnamespace::text, relname::text from pg_class where relnamespace <> 'information_schema'::regnamespace
		union select 1, pronamespace::regnamespace::text, proname::text from pg_proc
		union select 2, typnamespace::regnamespace::text, typname::text from pg_type`)
	if err != nil {
		t.Fatal(err)
	}
	var kind int
	var k key
	if _, err := pgx.ForEachRow(rows, []any{&kind, &k.schema, &k.name}, func() error {
		k.kind = expr.Kind(kind)
		names[k] = true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	columns := map[string][]expr.ColumnDef{}
	rows, err = c.Query(ctx, `
		select attrelid::regclass::text, attname::text, format_type(coalesce(nullif(typbasetype, 0), atttypid), atttypmod)
		from pg_attribute join pg_class c on c.oid = attrelid join pg_type t on t.oid = atttypid
		where attnum > 0 and relnamespace in ('public'::regnamespace, 'auth'::regnamespace) order by attrelid, attnum`)
	if err != nil {
		t.Fatal(err)
	}
	var rel string
	var col expr.ColumnDef
	if _, err := pgx.ForEachRow(rows, []any{&rel, &col.Name, &col.Type}, func() error {
		columns[rel] = append(columns[rel], col)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return expr.Scope{
		Table:      "public.tickets",
		SearchPath: []string{"public"},
		Exists: func(kind expr.Kind, schema, name string, _ int) bool {
			return names[key{kind, schema, name}]
		},
		Columns: func(relation string) ([]expr.ColumnDef, bool) {
			cols, ok := columns[relation]
			return cols, ok
		},
	}
}

// server is a database with the schema of the corpus, and what the scope of a
// policy in it is.
func server(t *testing.T) (*pgx.Conn, expr.Scope) {
	t.Helper()
	c := pgtest.Conn(t)
	schema, err := os.ReadFile("testdata/schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	exec(t, c, string(schema))
	exec(t, c, "set search_path = ''")
	return c, scopeOf(t, c)
}

func exec(t *testing.T, c *pgx.Conn, sql string) {
	t.Helper()
	if _, err := c.Exec(context.Background(), sql, pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatalf("the server refuses %s: %v", sql, err)
	}
}

// reprint is what pg_get_expr makes of a policy's expression.
func reprint(t *testing.T, c *pgx.Conn, text string) string {
	t.Helper()
	exec(t, c, "set search_path = public; drop policy if exists p on public.tickets; create policy p on public.tickets using ("+text+"\n)")
	exec(t, c, "set search_path = ''")
	var out string
	if err := c.QueryRow(context.Background(), "select pg_get_expr(polqual, polrelid) from pg_policy where polname = 'p'").Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestServerAgrees holds the normal form against pg_get_expr: what an author
// writes and what the server prints of it are the same expression.
func TestServerAgrees(t *testing.T) {
	c, scope := server(t)
	typeless := scope
	typeless.Columns = func(relation string) ([]expr.ColumnDef, bool) {
		cols, ok := scope.Columns(relation)
		cols = slices.Clone(cols)
		for i := range cols {
			cols[i].Type = ""
		}
		return cols, ok
	}
	for _, text := range lines(t, "testdata/expressions.txt") {
		t.Run(text, func(t *testing.T) {
			printed := reprint(t, c, text)
			wrote, err := expr.ParseIn(text, scope)
			if err != nil {
				t.Fatal(err)
			}
			for name, s := range map[string]expr.Scope{"bare": {}, "scope": scope, "typeless": typeless} {
				prints, err := expr.ParseIn(printed, s)
				if err != nil {
					t.Fatalf("the server prints %s: %v", printed, err)
				}
				if !expr.Equal(wrote, prints) {
					t.Errorf("%s\nwritten %s\nprinted %s\n   %s\n   %s", name, text, printed, expr.String(wrote), expr.String(prints))
				}
				if name == "scope" && expr.String(wrote) != expr.String(prints) {
					t.Errorf("two texts of one expression\nprinted %s\n   %s\n   %s", printed, expr.String(wrote), expr.String(prints))
				}
			}
			loose, err := expr.ParseIn(text, typeless)
			if err != nil {
				t.Fatal(err)
			}
			if !expr.Equal(loose, wrote) {
				t.Errorf("without types\n   %s\n   %s", expr.String(wrote), expr.String(loose))
			}
		})
	}
}

// TestKnownDifferences holds that the list of what is not recognised is true.
func TestKnownDifferences(t *testing.T) {
	c, scope := server(t)
	for _, text := range lines(t, "testdata/differs.txt") {
		t.Run(text, func(t *testing.T) {
			printed := reprint(t, c, text)
			wrote, err := expr.ParseIn(text, scope)
			if err != nil {
				t.Fatal(err)
			}
			prints, err := expr.ParseIn(printed, scope)
			if err != nil {
				t.Fatal(err)
			}
			if expr.Equal(wrote, prints) {
				t.Errorf("%s is recognised: it belongs into expressions.txt", text)
			}
		})
	}
}

// TestServerAgreesOnCombinations puts expressions together, so that the server
// has to find names for their sub-selects.
func TestServerAgreesOnCombinations(t *testing.T) {
	c, scope := server(t)
	texts := lines(t, "testdata/expressions.txt")
	random := rand.New(rand.NewPCG(1, 2))
	pick := func() string { return texts[random.IntN(len(texts))] }
	for range 250 {
		var text string
		switch random.IntN(6) {
		case 0:
			text = "(" + pick() + ") and (" + pick() + ")"
		case 1:
			text = "(" + pick() + ") or (" + pick() + ") and not (" + pick() + ")"
		case 2:
			text = "(select (" + pick() + ")) or (" + pick() + ")"
		case 3:
			text = "case when (" + pick() + ") then (" + pick() + ") else (" + pick() + ") end"
		case 4:
			text = "exists (select 1 from public.teams where teams.org_id = tickets.org_id and exists (select 1 from public.tickets inside where inside.parent = tickets.id and (" +
				qualified(pick()) + ")))"
		default:
			text = "coalesce((" + pick() + "), (" + pick() + ")) is not true"
		}
		t.Run(text, func(t *testing.T) {
			agree(t, c, scope, text)
		})
	}
}

// qualified keeps to expressions that mean the same inside another select.
func qualified(text string) string {
	if strings.Contains(text, "tickets.") || !strings.Contains(text, "select") {
		return "auth.uid() = inside.owner_id"
	}
	return "inside.is_open"
}

func agree(t *testing.T, c *pgx.Conn, scope expr.Scope, text string) {
	t.Helper()
	printed := reprint(t, c, text)
	wrote, err := expr.ParseIn(text, scope)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []expr.Scope{{}, scope} {
		prints, err := expr.ParseIn(printed, s)
		if err != nil {
			t.Fatalf("the server prints %s: %v", printed, err)
		}
		if !expr.Equal(wrote, prints) {
			t.Errorf("written %s\nprinted %s\n   %s\n   %s", text, printed, expr.String(wrote), expr.String(prints))
		}
		again, err := expr.ParseIn(expr.String(prints), s)
		if err != nil || !expr.Equal(prints, again) {
			t.Errorf("%s\nis read back as %s, %v", expr.String(prints), expr.String(again), err)
		}
	}
}

// TestServerAgreesOnViews holds queries against pg_get_viewdef.
func TestServerAgreesOnViews(t *testing.T) {
	c, scope := server(t)
	scope.Table = ""
	for _, text := range lines(t, "testdata/views.txt") {
		t.Run(text, func(t *testing.T) {
			exec(t, c, "set search_path = public; drop view if exists public.v; create view public.v as "+text)
			exec(t, c, "set search_path = ''")
			var printed string
			if err := c.QueryRow(context.Background(), "select pg_get_viewdef('public.v'::regclass)").Scan(&printed); err != nil {
				t.Fatal(err)
			}
			wrote, err := expr.ParseQueryIn(text, scope)
			if err != nil {
				t.Fatal(err)
			}
			prints, err := expr.ParseQueryIn(printed, scope)
			if err != nil {
				t.Fatal(err)
			}
			if !expr.Equal(wrote, prints) || expr.String(wrote) != expr.String(prints) {
				t.Errorf("printed %s\n   %s\n   %s", printed, expr.String(wrote), expr.String(prints))
			}
		})
	}
}
