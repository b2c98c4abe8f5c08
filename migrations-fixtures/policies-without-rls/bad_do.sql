create table public.notes (id bigint primary key, owner_id uuid); -- want table public.notes
do $$
begin
  if not exists (select 1 from pg_policies where schemaname = 'public' and tablename = 'notes' and policyname = 'owned') then
    create policy owned on public.notes for select to authenticated using (owner_id = (select auth.uid()));
  end if;
end
$$;
