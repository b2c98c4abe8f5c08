create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
create index notes_owner on public.notes (owner_id);
do $$
begin
  create policy "owners see" on public.notes for select to authenticated using (owner_id = (select auth.uid())); -- want table public.notes
  drop index public.notes_owner;
end
$$;
