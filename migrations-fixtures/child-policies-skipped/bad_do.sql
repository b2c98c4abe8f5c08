create table public.events (id bigint, day date, org text) partition by range (day);
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
do $$
begin
  execute 'alter table public.events_2025 enable row level security';
  execute 'create policy "own org" on public.events_2025 to authenticated using (org = (select auth.jwt() ->> ''org''))'; -- want table public.events_2025
end
$$;
