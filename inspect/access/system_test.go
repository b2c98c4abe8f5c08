package access_test

import (
	"fmt"
	"strings"
	"testing"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
)

// TestSystemCatalog reads what every search_path finds first, and what nobody
// but a superuser may.
func TestSystemCatalog(t *testing.T) {
	const table = "create schema private; grant usage on schema private to authenticated; create table public.t (id bigint primary key, name text); alter table public.t enable row level security;\n"
	helper := func(path, from string) string {
		return fmt.Sprintf("create function private.f() returns boolean language plpgsql stable set search_path = %s as $$ begin return exists (select 1 from %s); end $$; create policy p on public.t for select using (private.f());", path, from)
	}
	for text, want := range map[string]string{
		helper("''", "pg_class where relname = 't'"):                                                                              "rows",
		helper("public", "pg_class where relname = 't'"):                                                                          "rows",
		helper("''", "pg_catalog.pg_class c where c.relname = 't'"):                                                               "rows",
		helper("''", "pg_nothing"):                                                                                                `relation "pg_nothing" does not exist`,
		"create policy p on public.t for select using (exists (select 1 from pg_roles where rolname = name));":                    "rows",
		"create policy p on public.t for select using (exists (select 1 from information_schema.tables));":                        "rows",
		"create policy p on public.t for select using (exists (select 1 from pg_authid where rolname = name));":                   "pg_catalog.pg_authid",
		"create table public.pg_mine (id bigint); create policy p on public.t for select using (exists (select 1 from pg_mine));": "rows",
	} {
		c := load(t, table+text)
		tab, _ := c.Tables.Get(catalog.ParseName("public.t"))
		cell := access.New(c, catalog.DefaultPublication).Cell(access.NewSubject("user", claims{"role": "authenticated"}), tab, catalog.ForSelect)
		if got := string(cell.Verdict) + " " + cell.Because; !strings.Contains(got, want) || strings.Contains(got, "public.pg_c") {
			t.Errorf("%s\nis %s, want %s", text, got, want)
		}
	}
}
