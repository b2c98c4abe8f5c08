create table public.profiles (id uuid primary key references auth.users (id) on delete cascade, role text);
create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;
do $$
begin
  execute 'create policy staff on public.notes for select to authenticated using (exists (select from auth.users where email like ''%@example.com''))'; -- want policy public.notes/staff
end
$$;
