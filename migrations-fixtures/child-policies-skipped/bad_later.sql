create table public.notes (id bigint primary key, org text);
alter table public.notes enable row level security;
create policy "notes" on public.notes for select to authenticated using (org = (select auth.jwt() ->> 'org'));
create table public.secret_notes (level int) inherits (public.notes);
alter table public.secret_notes enable row level security;
create policy "notes" on public.secret_notes for select to authenticated using (org = (select auth.jwt() ->> 'org'));
create policy "cleared" on public.secret_notes as restrictive for select to authenticated using (level <= 1); -- want table public.secret_notes
