create role app_owner login;
create table public.notes (id bigint primary key, tenant text);
alter table public.notes owner to app_owner;
alter table public.notes enable row level security; -- want table public.notes
create policy "own" on public.notes using (tenant = current_setting('app.tenant', true));
