create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
do $$
declare
  name text;
begin
  foreach name in array array['own', 'own notes'] loop
    execute format('create policy %I on public.notes for delete to authenticated using (owner_id = (select auth.uid()))', name); -- want policy public.notes/own notes
  end loop;
end
$$;
