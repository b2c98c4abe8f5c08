create table public.notes (id bigint primary key, owner_id uuid);
do $$
begin
  alter table public.notes enable row level security;
end
$$;
-- For a role that no subscriber has.
create policy "notes are read by the hook" on public.notes for select to supabase_auth_admin using (true);
alter publication supabase_realtime add table public.notes; -- want table public.notes
