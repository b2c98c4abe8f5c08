// Package benchproject makes a project of migrations for benchmarks: ordinary
// statements in the mix in which applications have them, valid on a new
// Supabase project.
package benchproject

import (
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"
)

// New returns a project of so many files with so many statements together.
func New(files, statements int) fs.FS {
	out := fstest.MapFS{}
	w := writer{}
	for i := range files {
		until := statements * (i + 1) / files
		var b strings.Builder
		for w.written < until {
			b.WriteString(w.next())
		}
		out[fmt.Sprintf("%014d_step.sql", 20240101000000+i)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return out
}

// Text returns all files of a project as one text.
func Text(project fs.FS) string {
	names, _ := fs.Glob(project, "*.sql")
	var b strings.Builder
	for _, n := range names {
		text, _ := fs.ReadFile(project, n)
		b.Write(text)
	}
	return b.String()
}

type writer struct {
	written int // statements
	tables  int
	step    int
}

// steps are what is done for each table, one statement each; %[1]d is its
// number, %[2]d that of an earlier one.
var steps = []string{
	`create table public.item_%[1]d (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null references auth.users (id) on delete cascade,
  title text not null,
  body text,
  status text not null default 'open' check (status in ('open', 'closed')),
  created_at timestamptz not null default now(),
  updated_at timestamptz
);
`,
	"alter table public.item_%[1]d enable row level security;\n",
	`create policy "owners read" on public.item_%[1]d for select to authenticated
  using (owner_id = (select auth.uid()));
`,
	`create policy "agents read" on public.item_%[1]d for select to authenticated
  using ((select auth.jwt() -> 'app_metadata' ->> 'user_role') in ('agent', 'admin'));
`,
	`create policy "owners write" on public.item_%[1]d for insert to authenticated
  with check (owner_id = (select auth.uid()) and exists (select 1 from public.item_%[2]d o where o.owner_id = (select auth.uid())));
`,
	"create index item_%[1]d_owner on public.item_%[1]d (owner_id, created_at desc);\n",
	`-- what an agent may see
create or replace function public.item_%[1]d_visible(item uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from public.item_%[1]d i where i.id = item and i.status <> 'closed');
$$;
`,
	`create or replace function public.touch_%[1]d() returns trigger
language plpgsql
as $$
begin
  new.updated_at := now();
  if new.status is distinct from old.status then
    insert into public.item_%[2]d (owner_id, title) values (new.owner_id, new.title);
  end if;
  return new;
end;
$$;
`,
	"create trigger touch before update on public.item_%[1]d for each row execute function public.touch_%[1]d();\n",
	"alter publication supabase_realtime add table public.item_%[1]d;\n",
	"alter table public.item_%[1]d replica identity full;\n",
	"grant select, insert, update, delete on public.item_%[1]d to authenticated;\n",
	"alter table public.item_%[1]d add column if not exists priority integer not null default 0;\n",
	"comment on table public.item_%[1]d is 'What number %[1]d is about';\n",
	`do $$
begin
  if not exists (select 1 from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'item_%[1]d') then
    alter publication supabase_realtime add table public.item_%[1]d;
  end if;
end $$;
`,
	"insert into public.item_%[1]d (owner_id, title) select id, 'first' from auth.users limit 1;\n",
}

// next is the next statement.
func (w *writer) next() string {
	if w.step == 0 {
		w.tables++
	}
	text := fmt.Sprintf(steps[w.step]+"%[3]s", w.tables, max(1, w.tables-3), "")
	w.step = (w.step + 1) % len(steps)
	w.written++
	return text
}
