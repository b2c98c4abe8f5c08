create table public.shops (id bigint primary key, name text, api_key text, tax_id text);
alter table public.shops enable row level security;
revoke all on public.shops from anon, authenticated;
grant select (id, name) on public.shops to authenticated;
revoke select (api_key) on public.shops from authenticated;

-- Granted as a whole after all.
grant select, update on public.shops to authenticated;
revoke select (api_key, tax_id), update (api_key) on public.shops from authenticated; -- want table public.shops -- want table public.shops
create policy "shops are seen" on public.shops for select to authenticated using (id > 0);
