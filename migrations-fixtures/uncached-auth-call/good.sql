create table public.notes (id bigint primary key, user_id uuid not null, kind text not null);
create index notes_user_id_idx on public.notes (user_id);
create index notes_kind_idx on public.notes (kind);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select, insert, delete on public.notes to authenticated;

create policy "notes are read by their owner" on public.notes
  for select to authenticated using (user_id = (select auth.uid()));
-- The whole expression in the sub-select is cached as well.
create policy "notes are added by staff" on public.notes
  for insert to authenticated with check ((select auth.jwt() ->> 'user_role') in ('agent', 'admin'));
create policy "notes are deleted by staff" on public.notes
  for delete to authenticated using (((select auth.jwt()) ->> 'user_role') = 'admin' and kind = 'spam');
