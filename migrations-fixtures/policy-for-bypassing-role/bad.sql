create table public.notes (id bigint primary key);
alter table public.notes enable row level security;
create policy "service role does all" on public.notes to service_role using (true); -- want policy public.notes/service role does all
