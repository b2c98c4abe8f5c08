-- want(live) table public.notes: only a server has indexes whose building failed
create table public.notes (id bigint primary key, code text not null);
alter table public.notes enable row level security;
-- concurrently, but there are two notes of the same code
create unique index notes_code_key on public.notes (code);

/* live: admin
update pg_index set indisvalid = false where indexrelid = 'public.notes_code_key'::regclass;
*/
