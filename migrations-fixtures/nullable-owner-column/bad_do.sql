create table public.members (team bigint, user_id uuid, primary key (team, user_id));
alter table public.members enable row level security;
create table public.notes (id bigint primary key);
alter table public.notes enable row level security;
do $$
begin
  execute 'alter table public.notes add column team bigint'; -- want table public.notes
  execute 'create policy "team" on public.notes to authenticated using (team in (select m.team from public.members m where m.user_id = (select auth.uid())))';
end
$$;
