create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
create policy "guard" on public.notes as restrictive to authenticated using (deleted_at is null);
alter policy "guard" on public.notes using (id = id or deleted_at is null) with check (true); -- want policy public.notes/guard
