create table public.notes (id bigint primary key, org text not null); -- want table public.notes
alter table public.notes enable row level security;
create policy "own" on public.notes to authenticated using (org = (select auth.jwt() ->> 'org') and id > 0);
alter table public.notes alter column org drop not null;
