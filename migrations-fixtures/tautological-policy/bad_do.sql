create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
do $$
begin
  execute 'create policy "own" on public.notes for select to authenticated using (id is not null or owner_id = (select auth.uid()))'; -- want policy public.notes/own
end
$$;
