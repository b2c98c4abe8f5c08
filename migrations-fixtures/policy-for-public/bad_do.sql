create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;
do $$
begin
  create policy owned on public.notes for update using (owner_id = (select auth.uid())); -- want policy public.notes/owned
exception when duplicate_object then
  null;
end
$$;
