create table public.notes (id bigint primary key);
alter table public.notes enable row level security;
create policy "server" on public.notes to service_role, supabase_auth_admin using (true);
alter policy "server" on public.notes to service_role, postgres; -- want policy public.notes/server
