package difftest

import (
	"fmt"

	"policylint/inspect/catalog"
)

// do is a DO block as migrations have them: guards, loops, dynamic statements
// and handlers.
func (g *Generator) do() string {
	t := g.table()
	pub := g.existing(g.publications, publications)
	name, schema := catalog.Literal(t.name.Name), catalog.Literal(t.name.Schema)
	switch g.r.IntN(8) {
	case 0:
		return fmt.Sprintf(`do $$ begin
  if not exists (select 1 from pg_publication_tables where pubname = %s and schemaname = %s and tablename = %s) then
    alter publication %s add table %s;
  end if;
end $$`, catalog.Literal(pub), schema, name, quote(pub), t.name.SQL())
	case 1:
		e := g.enum()
		return fmt.Sprintf(`do $$ begin
  create type %s as enum ('open', 'closed');
exception when duplicate_object then null;
end $$`, e.name.SQL())
	case 2:
		return fmt.Sprintf(`do $do$
declare t text;
begin
  foreach t in array array[%s, %s] loop
    execute format('alter table public.%%I enable row level security', t);
  end loop;
end $do$`, name, catalog.Literal(g.table().name.Name))
	case 3:
		return fmt.Sprintf(`do $$ begin
  if exists (select from pg_policies where schemaname = %s and tablename = %s and policyname = %s) then
    drop policy %s on %s;
  end if;
end $$`, schema, name, catalog.Literal("read own"), quote("read own"), t.name.SQL())
	case 4:
		role := one(g, roleNames...)
		g.roles = append(g.roles, role)
		return fmt.Sprintf(`do $$ begin
  if not exists (select 1 from pg_roles where rolname = %s) then create role %s; end if;
end $$`, catalog.Literal(role), quote(role))
	case 5:
		c := one(g, columnNames...)
		return fmt.Sprintf(`do $$ begin
  if not exists (select 1 from information_schema.columns where table_schema = %s and table_name = %s and column_name = %s) then
    alter table %s add column %s text;
  end if;
end $$`, schema, name, catalog.Literal(c), t.name.SQL(), quote(c))
	case 6:
		return `do $$
declare r record;
begin
  for r in select tablename from pg_tables where schemaname = 'public' order by tablename loop
    execute format('alter table public.%I replica identity full', r.tablename);
  end loop;
end $$`
	}
	return fmt.Sprintf(`do $$ begin
  if to_regclass(%s) is not null then execute 'grant select on ' || %s || ' to anon'; end if;
exception when others then raise notice 'x';
end $$`, catalog.Literal(t.name.SQL()), catalog.Literal(t.name.SQL()))
}
