create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
do $$
begin
  create policy "owners" on public.notes to authenticated using (owner_id = (select auth.uid())) with check (true); -- want policy public.notes/owners
end
$$;
