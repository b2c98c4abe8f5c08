create table public.users (id uuid primary key, email text);
create table public.teams (id uuid primary key, email text);
alter table public.users enable row level security;
alter table public.teams enable row level security;
do $$
declare
  t text;
begin
  foreach t in array array['users', 'teams'] loop
    execute format('revoke select (email) on public.%I from anon, authenticated', t); -- want table public.users -- want table public.teams
  end loop;
end
$$;
create policy "users see themselves" on public.users for select to authenticated using (id = (select auth.uid()));
create policy "teams see themselves" on public.teams for select to authenticated using (id = (select auth.uid()));
