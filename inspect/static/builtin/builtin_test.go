package builtin_test

import (
	"context"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/static/builtin"
	"policylint/internal/pgtest"
)

// TestTablesHoldTheServer asks the server for what the tables list: each of
// its lines must be in them. With -update, missing ones are added.
var update = flag.Bool("update", false, "add what the server has to the tables")

func TestTablesHoldTheServer(t *testing.T) {
	c := pgtest.Conn(t)
	pgtest.Modelled(t, c)
	if _, err := c.Exec(context.Background(), "set search_path = ''"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"functions", "relations", "settings", "types", "casts", "operators", "opclasses", "volatility"} {
		query, err := os.ReadFile(name + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		rows, err := c.Query(context.Background(), string(query), pgx.QueryExecModeSimpleProtocol)
		if err != nil {
			t.Fatal(err)
		}
		server, err := pgx.CollectRows(rows, line)
		if err != nil {
			t.Fatal(err)
		}
		table, err := os.ReadFile(name + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(table), "\n"), "\n")
		known := map[string]bool{}
		for _, l := range lines {
			known[l] = true
		}
		missing := slices.DeleteFunc(server, func(l string) bool { return known[l] })
		if len(missing) == 0 {
			continue
		}
		if !*update {
			t.Errorf("%s.tsv lacks %d lines, such as %q; -update adds them", name, len(missing), missing[0])
			continue
		}
		lines = append(lines, missing...)
		slices.Sort(lines)
		if err := os.WriteFile(name+".tsv", []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func line(row pgx.CollectableRow) (string, error) {
	values, err := row.Values()
	out := make([]string, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case string:
			out[i] = v
		case bool:
			out[i] = map[bool]string{true: "t", false: "f"}[v]
		}
	}
	return strings.Join(out, "\t"), err
}

func TestFunctions(t *testing.T) {
	got := builtin.Functions("pg_catalog", "current_setting")
	if len(got) != 2 || got[0].Returns != "text" || got[0].Args[0] != "text" {
		t.Errorf("current_setting: %+v", got)
	}
	if got := builtin.Functions("pg_catalog", "gen_random_bytes"); len(got) != 0 {
		t.Errorf("gen_random_bytes is an extension's, not built in: %+v", got)
	}
	format := builtin.Functions("pg_catalog", "format")
	if !slices.ContainsFunc(format, func(f builtin.Function) bool { return f.Variadic }) {
		t.Errorf("format takes any number of arguments: %+v", format)
	}
}

func TestSettings(t *testing.T) {
	for name, context := range map[string]string{"search_path": "user", "TimeZone": "user", "log_statement": "superuser", "transaction_timeout": "user"} {
		if s, ok := builtin.SettingNamed(name); !ok || s.Context != context {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if _, ok := builtin.SettingNamed("nope"); ok {
		t.Error("nope is a setting")
	}
}
