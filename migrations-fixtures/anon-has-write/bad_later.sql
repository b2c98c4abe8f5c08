create table public.notes (id bigint primary key, owner_id uuid, draft boolean not null default true);
alter table public.notes enable row level security;
create index on public.notes (owner_id);
create policy "notes are removed" on public.notes for delete to authenticated using (owner_id = (select auth.uid()));
create policy "notes are seen" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
create policy "drafts are seen" on public.notes for select to anon using (draft);
alter policy "notes are removed" on public.notes -- want policy public.notes/notes are removed
  to anon using (draft);
