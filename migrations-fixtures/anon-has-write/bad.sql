create table public.notes (id bigint primary key, text text, draft boolean not null default true);
alter table public.notes enable row level security;
create policy "drafts are seen" on public.notes for select using (draft);
create policy "drafts are changed" on public.notes -- want policy public.notes/drafts are changed
  for update using (draft) with check (draft);
