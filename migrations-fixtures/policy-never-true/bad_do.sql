create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
do $$
begin
  execute 'create policy "added" on public.notes for insert to authenticated with check (deleted_at = null)'; -- want policy public.notes/added
end
$$;
