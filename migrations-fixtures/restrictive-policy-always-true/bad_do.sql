create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
do $$
begin
  execute 'create policy guard on public.notes as restrictive for insert to authenticated with check (1 = 1)'; -- want policy public.notes/guard
end
$$;
