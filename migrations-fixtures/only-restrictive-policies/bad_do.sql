create table public.notes (id bigint primary key, owner_id uuid not null);
do $$
begin
  alter table public.notes enable row level security;
  create policy "only their own" on public.notes as restrictive for update using (owner_id = (select auth.uid())); -- want policy public.notes/only their own
end
$$;
