create table public.notes (id bigint primary key, text text);
alter table public.notes enable row level security;
create policy "nobody" on public.notes for select to authenticated using (false);
create function public.all_notes() returns setof public.notes -- want function public.all_notes()
language sql security definer set search_path = ''
as $$ select * from public.notes $$;
