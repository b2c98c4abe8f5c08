create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
do $$
begin
  create policy "owners see" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
  create policy "owners change" on public.notes for update using (owner_id = (select auth.uid())); -- want policy public.notes/owners change
  drop policy "owners see" on public.notes;
end
$$;
